import type { Id } from "../ids.ts";

/** ISO 4217 code, three capitals. */
export type Currency = Id<"Currency">;

/** An amount in whole minor units of one currency (cents of a euro; yen themselves). Never a fraction. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}

/**
 * Builds an amount. Throws a RangeError when `minor` is not a safe integer: an amount that large or fractional is
 * a programming error, never user input (schemas at the boundary refuse it first).
 */
export function money(minor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not whole minor units: ${minor}`);
  return { minor: minor === 0 ? 0 : minor, currency };
}
