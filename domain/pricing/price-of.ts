import type { Instant, PriceListId } from "../ids.ts";
import type { Currency } from "../money/money.ts";
import type { Price } from "../product/product.ts";

/**
 * The price of a variant at a moment: the first list, in the store's order, that has one valid then; within a list the
 * one that began last. `prices` are those of one variant. Null when it has none: then it cannot be sold. With a currency, lists that are kept in
 * another are passed over: a group of customers may have one for each.
 */
export function priceOf({
  prices,
  lists,
  at,
  currency,
}: {
  readonly prices: readonly Price[];
  readonly lists: readonly PriceListId[];
  readonly at: Instant;
  readonly currency?: Currency | undefined;
}): Price | null {
  const payable = prices.filter(({ amount }) => currency === undefined || amount.currency === currency);
  for (const list of lists) {
    const valid = payable.filter((price) => price.list === list && isValid(price, at));
    const newest = valid.reduce<Price | null>(
      (best, price) => (best === null || (price.validFrom ?? -1) > (best.validFrom ?? -1) ? price : best),
      null,
    );
    if (newest !== null) return newest;
  }
  return null;
}

/**
 * The price of a list that holds until another is set, an offer that ends by itself left aside: the one without an end that began last, else
 * the one since ever. Null: there is none. Who sets "the price" sets this one.
 */
export function standingPrice({
  prices,
  list,
  at,
}: {
  readonly prices: readonly Price[];
  readonly list: PriceListId;
  readonly at: Instant;
}): Price | null {
  const own = prices.filter((price) => price.list === list);
  const lasting = own.filter(({ validTo }) => validTo === null);
  return (
    priceOf({ prices: lasting, lists: [list], at }) ?? own.find(({ validFrom }) => validFrom === null) ?? null
  );
}

/** An end that is over says nothing of a price that is set now. */
export function stillAhead(end: Instant | null, at: Instant): Instant | null {
  return end !== null && end <= at ? null : end;
}

function isValid(price: Price, at: Instant): boolean {
  return (
    (price.validFrom === null || price.validFrom <= at) && (price.validTo === null || at < price.validTo)
  );
}
