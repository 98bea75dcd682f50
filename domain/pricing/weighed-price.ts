import { divideRounding } from "../money/divide.ts";
import { type Money, money } from "../money/money.ts";

/** The most that one package weighs. */
export const MAX_GRAMS = 10_000_000;
const GRAMS_PER_KILO = 1_000n;

/** What a package costs by its weight: price per kilogram x grams / 1000, halves up. */
export function weighedPrice({ perKilo, grams }: { readonly perKilo: Money; readonly grams: number }): Money {
  const minor = divideRounding(BigInt(perKilo.minor) * BigInt(grams), GRAMS_PER_KILO);
  return money(Number(minor), perKilo.currency);
}

/** The weight that a price on a label comes from, to the gram; null where a kilogram costs nothing or no such package can be. */
export function gramsFor({
  price,
  perKilo,
}: {
  readonly price: Money;
  readonly perKilo: Money;
}): number | null {
  if (perKilo.minor <= 0 || perKilo.currency !== price.currency) return null;
  const grams = Number(divideRounding(BigInt(price.minor) * GRAMS_PER_KILO, BigInt(perKilo.minor)));
  return grams >= 1 && grams <= MAX_GRAMS ? grams : null;
}

export function isGrams(grams: number): boolean {
  return Number.isSafeInteger(grams) && grams >= 1 && grams <= MAX_GRAMS;
}
