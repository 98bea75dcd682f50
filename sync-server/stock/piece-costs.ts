import type { VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { pieceCost } from "#domain/stock/worth.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** What one piece of each costs today, without tax, as the value of a whole stock counts it; those of which nobody knows are left out. */
export async function pieceCosts(
  tx: ReadTransaction,
  variants: readonly VariantId[],
): Promise<ReadonlyMap<VariantId, Money>> {
  const costs = await tx.costsOfVariants([...new Set(variants)]);
  const found = new Map<VariantId, Money>();
  for (const variant of costs.keys()) {
    const cost = pieceCost((await tx.productWith(variant)) ?? {}, variant, costs);
    if (cost !== null) found.set(variant, cost);
  }
  return found;
}
