import { divideRounding } from "../money/divide.ts";
import { type Money, money } from "../money/money.ts";
import type { Content } from "../product/product.ts";

/** What a price is per, and how many of the content's own units that is (PAngV, § 5: kilogram, litre, metre, piece). */
const UNITS = {
  g: { per: "kg", units: 1_000 },
  ml: { per: "l", units: 1_000 },
  mm: { per: "m", units: 1_000 },
  piece: { per: "piece", units: 1 },
} as const satisfies Readonly<Record<Content["unit"], { readonly per: string; readonly units: number }>>;

export interface UnitPrice {
  readonly per: "kg" | "l" | "m" | "piece";
  readonly amount: Money;
}

/** What a kilogram, litre, metre or piece comes to, halves up; null where that is the price itself: then nothing need be said. */
export function unitPriceOf(amount: Money, content: Content): UnitPrice | null {
  const { per, units } = UNITS[content.unit];
  if (content.quantity === units) return null;
  const minor = divideRounding(BigInt(amount.minor) * BigInt(units), BigInt(content.quantity));
  return { per, amount: money(Number(minor), amount.currency) };
}
