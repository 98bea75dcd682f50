import type { Instant, PriceListId, ProductId, StoreId, VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { CatalogueFacet, CatalogueFilter, CatalogueSort } from "#protocol/hq/catalogue.ts";

/** Which products, as whom: `stores` are those whose pieces count; null: all. `list` is the price list that is looked at. */
export interface CatalogueWhich {
  readonly filter: Omit<CatalogueFilter, "list">;
  readonly list: PriceListId | null;
  readonly stores: readonly StoreId[] | null;
}

/** A product in the grid, by a number of its own that it keeps. */
export interface CatalogueProduct {
  readonly n: number;
  readonly product: Product;
  readonly onHand: number;
  /** When it was written last; null where that was before it was kept. */
  readonly changedAt: Instant | null;
}

export interface CatalogueReads {
  /** The numbers of all products in an order, ascending; by price only of those that have one on the list. */
  catalogueOrder(
    ask: Pick<CatalogueWhich, "list" | "stores"> & { readonly sort: CatalogueSort },
  ): Promise<readonly number[]>;
  /** The numbers of the products that fit, in no order. */
  catalogueMatches(which: CatalogueWhich): Promise<readonly number[]>;
  /** Grows with each product that is written. */
  catalogueChange(): Promise<number>;
  /** In the order in which they are asked for; one that is not there is left out. */
  catalogueProducts(ask: {
    readonly numbers: readonly number[];
    readonly stores: readonly StoreId[] | null;
  }): Promise<readonly CatalogueProduct[]>;
  /** In the same order. */
  catalogueIds(numbers: readonly number[]): Promise<readonly ProductId[]>;
  catalogueNumbers(products: readonly ProductId[]): Promise<readonly number[]>;
  /** The values of a field among the products that fit, with how many products have each; the most frequent first. */
  catalogueFacet(
    ask: CatalogueWhich & {
      readonly of: CatalogueFacet;
      readonly find: string;
      readonly limit: number;
    },
  ): Promise<readonly { readonly value: string; readonly products: number }[]>;
  pricesOfVariants(ask: {
    readonly variants: readonly VariantId[];
    readonly list: PriceListId;
  }): Promise<readonly Price[]>;
  costsOfVariants(variants: readonly VariantId[]): Promise<ReadonlyMap<VariantId, Money>>;
  /** Pieces of each in these stores together; null: in all. One that was never there is missing. */
  onHandOfVariants(ask: {
    readonly variants: readonly VariantId[];
    readonly stores: readonly StoreId[] | null;
  }): Promise<ReadonlyMap<VariantId, number>>;
  /** Until when the prices by which products of a list are ordered are those that stand; later than any moment where it has none. */
  cataloguePricesHoldUntil(list: PriceListId): Promise<Instant>;
}

export interface CatalogueWrites {
  /** Looks again at the prices of some products on a list of which what stands has changed; as many as `limit`. */
  freshenCataloguePrices(ask: {
    readonly list: PriceListId;
    readonly at: Instant;
    readonly limit: number;
  }): Promise<void>;
}
