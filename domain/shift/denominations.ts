import { minorDigits } from "../money/format.ts";
import type { Currency } from "../money/money.ts";

/** Coins and notes that are paid with, in minor units, largest first. */
const KNOWN: Readonly<Record<string, readonly number[]>> = {
  EUR: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
  GBP: [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  CHF: [100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  PLN: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  SEK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  NOK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100],
  DKK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  CZK: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  HUF: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  RON: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
  CAD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 25, 10, 5],
  AUD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  MXN: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
  JPY: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
  KRW: [50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10],
  AED: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100, 50, 25],
  SAR: [50_000, 20_000, 10_000, 5_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
  MAD: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
  KWD: [20_000, 10_000, 5_000, 1_000, 500, 250, 100, 50, 20, 10, 5],
  BHD: [20_000, 10_000, 5_000, 1_000, 500, 100, 50, 25, 10, 5],
  JOD: [50_000, 20_000, 10_000, 5_000, 1_000, 500, 250, 100, 50],
  TND: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
};
const STEPS = [5, 2, 1];
/** Units of the currency that its largest note is taken to be worth, as a power of ten. */
const LARGEST_POWER = 2;
const SMALLEST_PER_UNIT = 100;

/** Face values of a currency's coins and notes, minor units, largest first. Of a currency that we do not know: 5, 2 and 1 of each power of ten. */
export function denominationsOf(currency: Currency): readonly number[] {
  const known = KNOWN[currency];
  if (known !== undefined) return known;
  const powers = Array.from({ length: minorDigits(currency) + LARGEST_POWER + 1 }, (_, power) => power);
  return powers.reverse().flatMap((power) => STEPS.map((step) => step * 10 ** power));
}

/**
 * An amount that is about what people count small prices in, in minor units: a euro, a dollar, a hundred yen, a hundred forints, a hundred fils. A hundred of the
 * currency's smallest coin, as a power of ten.
 */
export function everydayUnit(currency: Currency): number {
  const smallest = denominationsOf(currency).at(-1) ?? 1;
  return SMALLEST_PER_UNIT * 10 ** Math.floor(Math.log10(smallest));
}

/** An amount in which limits are thought of, in minor units: a euro, a dollar, a hundred yen, a hundred forints. Never less than the currency's main unit, however small its coins are. */
export function limitUnit(currency: Currency): number {
  return Math.max(10 ** minorDigits(currency), everydayUnit(currency));
}
