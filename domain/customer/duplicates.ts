import { wordsOf } from "../text/fold.ts";
import { cardKey } from "./card.ts";
import type { Customer } from "./customer.ts";
import { emailKey } from "./email.ts";
import { isSamePhone, phoneTail } from "./phone.ts";

/** Why two profiles may be one person. */
export const DUPLICATE_REASONS = [
  "sameEmail",
  "samePhone",
  "sameCard",
  "sameName",
  "similarName",
  "sameAddress",
  "similarAddress",
] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];

export interface Likeness {
  /** From 0 to 100: how sure it is that both are one person. */
  readonly score: number;
  /** The strongest first; never none. */
  readonly reasons: readonly DuplicateReason[];
}

const WEIGHTS: Readonly<Record<DuplicateReason, number>> = {
  sameEmail: 70,
  sameCard: 70,
  samePhone: 45,
  sameName: 30,
  sameAddress: 30,
  similarName: 25,
  similarAddress: 25,
};
/** What tells two people of one household apart. An address of their own is theirs alone all the same, and people look at it. */
const CONTRADICTION = 20;
/** Below it two profiles have in common what strangers have. */
const LEAST_SCORE = 50;
/** Letters in which a word that somebody mistyped may differ: one in five, of words that are long enough to be told apart. */
const LETTERS_PER_TYPO = 5;
const MIN_TYPO_LETTERS = 4;
/** What a name is looked for by: the beginnings of its words. */
const BLOCK_LETTERS = 3;

/** How much two profiles look like one person; null where they do not. It is the same whichever comes first. */
export function likenessOf(one: Customer, other: Customer): Likeness | null {
  const reasons = DUPLICATE_REASONS.filter((reason) => isTrue(reason, one, other)).toSorted(
    (a, b) => WEIGHTS[b] - WEIGHTS[a],
  );
  const sum = reasons.reduce((total, reason) => total + WEIGHTS[reason], 0);
  const score = Math.min(100, doNamesContradict(one.name, other.name) ? sum - CONTRADICTION : sum);
  return score < LEAST_SCORE ? null : { score, reasons };
}

/**
 * Whether the two are one person without anybody's word: the same e-mail address, and names that say nothing against it. Couples share an address and their
 * names may differ by a letter, so a typing mistake is left to people here.
 */
export function isSurelySame(one: Customer, other: Customer): boolean {
  return (
    isSame(emailKey(one.email), emailKey(other.email)) && isPartOf(one.name, other.name, isSameOrInitial)
  );
}

/** Whether two names are of two people: neither holds all the words of the other, also with initials and a typing mistake. */
function doNamesContradict(one: string, other: string): boolean {
  return !isPartOf(one, other, isAlikeWord);
}

/** Whether one name has every word of the other, whichever is the longer. */
function isPartOf(one: string, other: string, isAlike: (a: string, b: string) => boolean): boolean {
  const [few, many] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.length - b.length);
  return few === undefined || many === undefined || pairsUp(few, many, isAlike);
}

/**
 * Keys of which two profiles that may be one person share at least one, so that among many thousands only few are compared: address, number, card, and
 * the beginnings of the name with the postcode, or with each other.
 */
export function blockingKeys(customer: Customer): readonly string[] {
  const begun = [...new Set(wordsOf(customer.name).map((word) => word.slice(0, BLOCK_LETTERS)))].toSorted();
  const postcodes = (customer.addresses ?? [])
    .map(({ postcode }) => plain(postcode))
    .filter((code) => code !== "");
  const keys = [
    keyed("e", emailKey(customer.email)),
    keyed("p", phoneTail(customer.phone)),
    keyed("c", cardKey(customer.cardNumber)),
    ...postcodes.flatMap((code) => begun.map((word) => `a:${code} ${word}`)),
  ];
  return [...new Set(keys.filter((key) => key !== null))];
}

function keyed(kind: string, value: string | null): string | null {
  return value === null ? null : `${kind}:${value}`;
}

function isTrue(reason: DuplicateReason, one: Customer, other: Customer): boolean {
  switch (reason) {
    case "sameEmail":
      return isSame(emailKey(one.email), emailKey(other.email));
    case "samePhone":
      return one.phone !== null && other.phone !== null && isSamePhone(one.phone, other.phone);
    case "sameCard":
      return isSame(cardKey(one.cardNumber), cardKey(other.cardNumber));
    case "sameName":
      return hasSameName(one, other);
    case "similarName":
      return !hasSameName(one, other) && hasSimilarName(one, other);
    case "sameAddress":
      return hasAddress(one, other, (a, b) => a.join(" ") === b.join(" "));
    case "similarAddress":
      return !isTrue("sameAddress", one, other) && hasAddress(one, other, areAlike);
  }
}

function hasSameName(one: Customer, other: Customer): boolean {
  const [a, b] = [one, other].map(({ name }) => wordsOf(name).toSorted().join(" "));
  return a !== "" && a === b;
}

function hasSimilarName(one: Customer, other: Customer): boolean {
  const [a, b] = [wordsOf(one.name), wordsOf(other.name)];
  return areAlike(a, b) || (Math.min(a.length, b.length) >= 2 && !doNamesContradict(one.name, other.name));
}

type Words = readonly string[];

function hasAddress(one: Customer, other: Customer, isAlike: (a: Words, b: Words) => boolean): boolean {
  return (one.addresses ?? []).some((a) =>
    (other.addresses ?? []).some(
      (b) =>
        a.country === b.country &&
        isSame(plain(a.postcode), plain(b.postcode)) &&
        wordsOf(a.lines.join(" ")).length > 0 &&
        isAlike(streetWords(a.lines), streetWords(b.lines)),
    ),
  );
}

/** `Hauptstraße 5`, `Hauptstr. 5` and `Haupt Strasse 5` are one street. */
function streetWords(lines: readonly string[]): Words {
  return wordsOf(lines.join(" ").replaceAll(/stra(ß|ss)e\b|str(\.|\b)/gi, " str ")).toSorted();
}

/** As many words, each alike to one of the other's. A number that differs is another house. */
function areAlike(one: Words, other: Words): boolean {
  return one.length > 0 && one.length === other.length && pairsUp(one, other, isAlikeWord);
}

/** Whether each of the few words is one of the many, and no word counts twice. Words are so few that each takes the first that fits best. */
function pairsUp(few: Words, many: Words, isAlike: (a: string, b: string) => boolean): boolean {
  const left = [...many];
  const waiting: string[] = [];
  for (const word of few) {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    else waiting.push(word);
  }
  // Longer words first: an initial fits many.
  return waiting
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .every((word) => {
      const at = left.findIndex((each) => isAlike(word, each));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
}

function isAlikeWord(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (/\d/.test(short + long)) return false;
  if (short.length === 1) return isSameOrInitial(one, other);
  const allowed = Math.floor(long.length / LETTERS_PER_TYPO) + (long.length >= MIN_TYPO_LETTERS ? 1 : 0);
  return allowed > 0 && long.length - short.length <= allowed && typosBetween(short, long) <= allowed;
}

function isSameOrInitial(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short === long || (short.length === 1 && long.startsWith(short));
}

/** Letters that were changed, left out, put in or swapped with the next one (optimal string alignment). */
function typosBetween(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSameLetter = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + (isSameLetter ? 0 : 1),
          swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = row;
  }
  return last[other.length] ?? 0;
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && one !== "" && one === other;
}

function plain(text: string): string {
  return wordsOf(text).join("");
}
