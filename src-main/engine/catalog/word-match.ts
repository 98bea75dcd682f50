import type { Buffer } from "node:buffer";

/** How well a word answers a word of the question; the higher the better. Never mixed with a field's weight of more than ten. */
export const QUALITY = { exact: 100, prefix: 70, infix: 40, oneTypo: 30, twoTypos: 15 } as const;

/** From this many bytes of UTF-8 on a word may also be found inside another ("jacke" in "regenjacke"). */
const MIN_INFIX_BYTES = 3;
/** From this many letters on one typing error is forgiven, and two. */
const ONE_TYPO_FROM_CHARS = 4;
const TWO_TYPOS_FROM_CHARS = 8;

/** Letters a to z have a bit each; everything else shares the six bits above. */
const LETTERS = 26;
const OTHER_BITS = 6;
const CODE_A = 97;
const CODE_Z = 122;

/** Which letters a word consists of, as 32 bits: a word that lacks a bit of the question's cannot contain it. */
export function maskOf(word: string): number {
  let mask = 0;
  for (let index = 0; index < word.length; index += 1) mask |= 1 << bitOf(word.charCodeAt(index));
  return mask >>> 0;
}

function bitOf(code: number): number {
  return code >= CODE_A && code <= CODE_Z ? code - CODE_A : LETTERS + (code % OTHER_BITS);
}

export function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Typing errors forgiven in a word: none in short words and in numbers, where another number is another article. */
export function forgivenTypos(word: string): number {
  if (/^\p{N}+$/u.test(word) || word.length < ONE_TYPO_FROM_CHARS) return 0;
  return word.length < TWO_TYPOS_FROM_CHARS ? 1 : 2;
}

/** UTF-8 of one word within a larger block. */
export interface WordBytes {
  readonly chunk: Buffer;
  readonly start: number;
  readonly length: number;
}

/** Quality of a word that holds the question's word (UTF-8) as it is; 0 when it does not. */
export function exactQuality(asked: Buffer, { chunk, start, length }: WordBytes): number {
  const last = asked.length >= MIN_INFIX_BYTES ? length - asked.length : 0;
  for (let at = 0; at <= last; at += 1) {
    if (!holdsAt(asked, chunk, start + at, start + length)) continue;
    if (at > 0) return QUALITY.infix;
    return length === asked.length ? QUALITY.exact : QUALITY.prefix;
  }
  return 0;
}

function holdsAt(asked: Buffer, chunk: Buffer, from: number, end: number): boolean {
  if (from + asked.length > end) return false;
  for (let index = 0; index < asked.length; index += 1) {
    if (chunk[from + index] !== asked[index]) return false;
  }
  return true;
}

/** Quality of a word that is the question's but for `allowed` typing errors at most; 0 when it is not. */
export function typoQuality({
  asked,
  word,
  allowed,
}: {
  readonly asked: string;
  readonly word: string;
  readonly allowed: number;
}): number {
  const errors = typosBetween({ a: asked, b: word, limit: allowed });
  if (errors > allowed) return 0;
  return errors <= 1 ? QUALITY.oneTypo : QUALITY.twoTypos;
}

/**
 * Letters added, dropped, mistaken or swapped with their neighbour between two words (optimal string alignment distance);
 * `limit` + 1 as soon as it is known to be more.
 */
export function typosBetween({
  a,
  b,
  limit,
}: {
  readonly a: string;
  readonly b: string;
  readonly limit: number;
}): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit && (limit === 0 || Math.min(...last) > limit)) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}
