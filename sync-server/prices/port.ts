import type { ChannelId, Instant, PriceListId, ProductId, VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { PriceRules } from "#domain/pricing/contradictions.ts";
import type { PriceWrite } from "#domain/pricing/price-history.ts";
import type { PriceList } from "#domain/pricing/price-list.ts";
import type { Price, Product } from "#domain/product/product.ts";

/** What a variant costs the retailer itself, without tax; per kilogram where it is sold by weight. Never told to a till. */
export interface Cost {
  readonly variant: VariantId;
  readonly cost: Money;
}

/** A product with everything that is known of its prices. */
export interface PricedProduct {
  readonly product: Product;
  readonly prices: readonly Price[];
  readonly costs: readonly Cost[];
}

export interface ChannelLists {
  readonly channel: ChannelId;
  readonly lists: readonly PriceListId[];
}

/** Which price: there is one of a list and variant for each beginning. */
export interface PriceKey {
  readonly list: PriceListId;
  readonly variant: VariantId;
  readonly validFrom: Instant | null;
}

/** Each that is there has to fit. */
export interface WhichProducts {
  /** One of these. */
  readonly ids?: readonly ProductId[];
  /** Found by what HQ finds products by. */
  readonly text?: string;
  readonly category?: string;
  /** There is a price on this list. */
  readonly list?: PriceListId;
  /** There is a price that begins after this moment. */
  readonly plannedAfter?: Instant;
}

export interface PriceReads {
  /** Those that HQ has named, by their ids. */
  priceLists(): Promise<readonly PriceList[]>;
  /** How many prices are on each list; lists without any are missing. */
  priceCounts(): Promise<ReadonlyMap<PriceListId, number>>;
  /** Web channels that ask price lists of their own. */
  channelLists(): Promise<readonly ChannelLists[]>;
  costOf(variant: VariantId): Promise<Money | null>;
  /** Everything that was written of a variant's prices on a list, in the order in which it happened. */
  priceWrites(of: {
    readonly list: PriceListId;
    readonly variant: VariantId;
  }): Promise<readonly PriceWrite[]>;
  /** Products in the order of their ids, after one of them: the first `limit`. */
  pricedProducts(ask: {
    readonly after: ProductId | null;
    readonly which: WhichProducts;
    readonly limit: number;
  }): Promise<readonly PricedProduct[]>;
  pricedProduct(id: ProductId): Promise<PricedProduct | null>;
  /** Grows when a cost is set or taken away. */
  costsVersion(): Promise<number>;
  /** In the order of their titles. */
  findPriced(ask: {
    readonly which: WhichProducts;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly products: readonly PricedProduct[]; readonly total: number }>;
  /** Variants of which a price on one of these lists was written, began or ended after `from`, up to `until`. */
  variantsRepriced(ask: {
    readonly lists: readonly PriceListId[];
    readonly from: Instant;
    readonly until: Instant;
  }): Promise<readonly VariantId[]>;
  priceRules(): Promise<PriceRules>;
}

export interface PriceWrites {
  putPriceList(list: PriceList): Promise<void>;
  /** Null: the channel has none of its own any more. */
  putChannelLists(channel: ChannelId, lists: readonly PriceListId[] | null): Promise<void>;
  /** Null: it is not known any more. */
  putCost(of: { readonly variant: VariantId; readonly cost: Money | null }): Promise<void>;
  putPriceRules(rules: PriceRules): Promise<void>;
  removePrice(key: PriceKey): Promise<void>;
  /**
   * Forgets what was written before and is of no use any more: what a later write before then took the place of, and what was over by then. What
   * held then stays, and so does all of an article that is reduced on that list a month after: what was lowest is asked of before its first step.
   */
  purgePriceLog(before: Instant): Promise<void>;
  /** Keeps that a price was set, or (null) taken away. */
  logPrice(key: PriceKey, write: Pick<PriceWrite, "at" | "price">): Promise<void>;
}
