import { minorDigits } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";

/** No amount at a till has more. */
const MAX_DIGITS = 9;

function moreDigits(before: string, typed: string): string {
  return (before + typed.replace(/\D/g, "")).replace(/^0+/, "");
}

/** The digits after more keys; leading zeros do not count, and there are never more than `maxDigits`. */
export function typeDigits(before: string, typed: string, maxDigits = MAX_DIGITS): string {
  return moreDigits(before, typed).slice(0, maxDigits);
}

/** The digits of a number after more keys; those that would make it more than `most` are let go. */
export function typeNumber(before: string, typed: string, most: number): string {
  const digits = moreDigits(before, typed);
  return Number(digits) > most ? before : digits;
}

/** The key left of 0: a whole unit's zeros, where the currency has decimals. */
export function zerosKey(currency: Currency): string | null {
  return minorDigits(currency) === 0 ? null : "0".repeat(minorDigits(currency));
}
