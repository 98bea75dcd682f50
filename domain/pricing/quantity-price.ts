import type { VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { BasketLine, PriceTiers } from "../ticket/basket.ts";

/** What each piece costs where there are so many of the variant: the price of the highest tier that is reached, else the single one. */
export function pieceAt({ single, tiers }: PriceTiers, pieces: number): Money {
  return tiers.reduce<{ readonly from: number; readonly amount: Money }>(
    (best, tier) => (tier.from <= pieces && tier.from > best.from ? tier : best),
    { from: 0, amount: single },
  ).amount;
}

/** What one piece of a line costs alone. */
export function singlePrice({ unitPrice, tiers }: Pick<BasketLine, "unitPrice" | "tiers">): Money {
  return tiers?.single ?? unitPrice;
}

/**
 * Lines at the price for the pieces of their variant over all lines. What was ordered before and what is charged with another line does not count: its price stands
 * for itself.
 */
export function atQuantityPrices(lines: readonly BasketLine[]): readonly BasketLine[] {
  if (lines.every(({ tiers }) => tiers === undefined)) return lines;
  const pieces = new Map<VariantId, number>();
  for (const { variant, quantity, order, linked } of lines)
    if (order === undefined && linked === undefined)
      pieces.set(variant, (pieces.get(variant) ?? 0) + quantity);
  return lines.map((line) =>
    line.tiers === undefined
      ? line
      : { ...line, unitPrice: pieceAt(line.tiers, pieces.get(line.variant) ?? line.quantity) },
  );
}
