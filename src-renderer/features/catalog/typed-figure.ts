import { MAX_GRAMS } from "#domain/pricing/weighed-price.ts";

const MAX_PRICE_DIGITS = 9;

function moreDigits(before: string, typed: string): string {
  return (before + typed.replace(/\D/g, "")).replace(/^0+/, "");
}

/** The grams typed so far after more keys; never more than a package weighs. */
export function typeGrams(before: string, typed: string): string {
  const digits = moreDigits(before, typed);
  return Number(digits) > MAX_GRAMS ? before : digits;
}

/** The digits of a price, in minor units, after more keys. */
export function typePrice(before: string, typed: string): string {
  return moreDigits(before, typed).slice(0, MAX_PRICE_DIGITS);
}
