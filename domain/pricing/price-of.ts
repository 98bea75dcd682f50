import type { Instant, PriceListId } from "../ids.ts";
import type { Price } from "../product/product.ts";

/**
 * The price of a variant at a moment: the first list, in the store's order, that has one valid then; within a list the
 * one that began last. `prices` are those of one variant. Null when it has none: then it cannot be sold.
 */
export function priceOf({
  prices,
  lists,
  at,
}: {
  readonly prices: readonly Price[];
  readonly lists: readonly PriceListId[];
  readonly at: Instant;
}): Price | null {
  for (const list of lists) {
    const valid = prices.filter((price) => price.list === list && isValid(price, at));
    const newest = valid.reduce<Price | null>(
      (best, price) => (best === null || (price.validFrom ?? -1) > (best.validFrom ?? -1) ? price : best),
      null,
    );
    if (newest !== null) return newest;
  }
  return null;
}

function isValid(price: Price, at: Instant): boolean {
  return (
    (price.validFrom === null || price.validFrom <= at) && (price.validTo === null || at < price.validTo)
  );
}
