import { divideRounding } from "../money/divide.ts";
import { type Money, money } from "../money/money.ts";
import type { CashRounding } from "./tax.ts";

/** The nearest amount that coins can pay; halves away from zero (Swiss five-centime rounding). Null rounds nothing. */
export function roundCash({
  amount,
  rounding,
}: {
  readonly amount: Money;
  readonly rounding: CashRounding | null;
}): Money {
  if (rounding === null) return amount;
  const step = BigInt(rounding.incrementMinor);
  return money(Number(divideRounding(BigInt(amount.minor), step) * step), amount.currency);
}
