import { minorDigits } from "#domain/money/format.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";

const MAX_DIGITS = 9;

/** An amount typed digit by digit, as on a cash register: the digits are minor units. Null is nothing typed yet. */
export function amountOfDigits(digits: string, currency: Currency): Money | null {
  return digits === "" ? null : money(Number(digits), currency);
}

/** The digits after another key; leading zeros do not count, and it never grows beyond what a till takes. */
export function typeDigits(before: string, typed: string): string {
  return (before + typed.replace(/\D/g, "")).replace(/^0+/, "").slice(0, MAX_DIGITS);
}

/** The key left of 0: a whole unit's zeros, where the currency has decimals. */
export function zerosKey(currency: Currency): string | null {
  return minorDigits(currency) === 0 ? null : "0".repeat(minorDigits(currency));
}
