import { divideRounding } from "../money/divide.ts";
import type { Money } from "../money/money.ts";
import { PPM } from "../money/share.ts";
import { netPrice, type PricePlace } from "./price-place.ts";

/**
 * What is earned with goods, without tax, in parts per million of their price without tax; below zero where they cost more. Null where it cannot
 * be told: nothing is charged, or the cost is in another currency.
 */
export function marginPpm({
  price,
  cost,
  place,
  taxPpm,
}: {
  readonly price: Money;
  readonly cost: Money;
  readonly place: PricePlace;
  readonly taxPpm: number;
}): number | null {
  const net = netPrice(price, place, taxPpm).minor;
  if (net <= 0 || cost.currency !== price.currency) return null;
  return Number(divideRounding(BigInt(net - cost.minor) * BigInt(PPM), BigInt(net)));
}
