import type { Instant, PriceListId } from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import type { Price } from "../product/product.ts";

/** The lowest price that a piece of an article had on any of these lists between two moments, in whatever number; null: it had none in that currency. */
export function lowestPrice(
  prices: readonly Price[],
  {
    lists,
    from,
    to,
    currency,
  }: {
    readonly lists: readonly PriceListId[];
    readonly from: Instant;
    readonly to: Instant;
    readonly currency: Currency;
  },
): Money | null {
  const valid = prices.filter(
    ({ list, amount, validFrom, validTo }) =>
      lists.includes(list) &&
      amount.currency === currency &&
      (validFrom === null || validFrom <= to) &&
      (validTo === null || validTo > from),
  );
  return valid
    .flatMap(({ amount, tiers = [] }) => [amount, ...tiers.map((tier) => tier.amount)])
    .reduce<Money | null>(
      (lowest, amount) => (lowest === null || amount.minor < lowest.minor ? amount : lowest),
      null,
    );
}
