import type { Sha256Hex } from "../journal/entry.ts";
import { ALPHABET, bareOf, checkCharacter } from "../value/credit-code.ts";

/** What every badge's code begins with, so that a scanner and a till know one from an article or a gift card. */
const PREFIX = "CREW";
const SECRET_CHARS = 19;
const GROUPS = /.{4}/g;
const BITS_PER_CHAR = 5n;
const CONTEXT = "onetill.badge.v1:";

/** Random bytes that one badge is made of: 95 of their 96 bits. */
export const BADGE_CODE_BYTES = 12;

/** A digest of a badge's code. Nobody finds the code by trying, so that none as slow as a PIN's is needed. */
export interface BadgeVerifier {
  readonly kind: "sha256";
  /** Lower-case hex. */
  readonly digest: string;
}

/** The code on a badge, e.g. `CREW-7Q2M-…`; its last character checks the others. `bytes` are `BADGE_CODE_BYTES` random ones; throws a RangeError on another number of them. */
export function badgeCodeOf(bytes: Uint8Array): string {
  if (bytes.length !== BADGE_CODE_BYTES)
    throw new RangeError(`a badge's code is made of ${BADGE_CODE_BYTES} bytes, not of ${bytes.length}`);
  let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let bare = PREFIX;
  for (let count = 0; count < SECRET_CHARS; count += 1) {
    bare += ALPHABET.charAt(Number(number % BigInt(ALPHABET.length)));
    number >>= BITS_PER_CHAR;
  }
  return grouped(bare + checkCharacter(bare));
}

/** What was scanned as a badge, as it is written; null when it is none or was misread: a short code that somebody could guess is never one. */
export function readBadgeCode(scanned: string): string | null {
  const bare = bareOf(scanned);
  if (!isLikeBadge(bare)) return null;
  return checkCharacter(bare.slice(0, -1)) === bare.slice(-1) ? grouped(bare) : null;
}

/** Whose badge it is, told from its digest alone. `code` is as `readBadgeCode` gives it. */
export function badgeVerifierOf(code: string, sha256Hex: Sha256Hex): BadgeVerifier {
  return { kind: "sha256", digest: sha256Hex(CONTEXT + code) };
}

function isLikeBadge(bare: string): boolean {
  const isAsLong = bare.length === PREFIX.length + SECRET_CHARS + 1;
  return isAsLong && bare.startsWith(PREFIX) && [...bare].every((each) => ALPHABET.includes(each));
}

function grouped(bare: string): string {
  return bare.match(GROUPS)?.join("-") ?? bare;
}
