import { PICKUP_CODE_ALPHABET } from "#domain/orders/pickup-code.ts";

const GROUPS = 4;
const LETTERS_PER_GROUP = 4;

/** A new code of store credit, read and typed as easily as a pickup code and far beyond guessing, e.g. `K7DX-4MAC-9QRT-3EFG`. */
export function creditCode(randomBelow: (limit: number) => number): string {
  const letter = (): string => PICKUP_CODE_ALPHABET.charAt(randomBelow(PICKUP_CODE_ALPHABET.length));
  const group = (): string => Array.from({ length: LETTERS_PER_GROUP }, letter).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}
