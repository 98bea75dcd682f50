import { divideRounding } from "./divide.ts";
import { type Money, money } from "./money.ts";

/** Parts per million in a whole. */
export const PPM = 1_000_000;

/** A share of an amount, `ppm` in parts per million (10 % is 100000); halves round away from zero. */
export function shareMoney({ amount, ppm }: { readonly amount: Money; readonly ppm: number }): Money {
  return money(Number(divideRounding(BigInt(amount.minor) * BigInt(ppm), BigInt(PPM))), amount.currency);
}
