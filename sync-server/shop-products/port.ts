import type { ChannelId, ProductId, StoreId, VariantId } from "#domain/ids.ts";

/** A product's place in the order of changes, and what became of it on a channel. */
export interface ProductChange {
  /** Another number, and a higher one, after each change. */
  readonly changed: number;
  readonly product: ProductId;
  /** False: the channel does not sell it, or it is no more. */
  readonly isSold: boolean;
  readonly variants: number;
}

export interface ShopProductReads {
  /** The products that changed after a number, those that were taken away too: the first `limit` in the order of their last changes. */
  productChanges(ask: {
    readonly channel: ChannelId;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly ProductChange[]>;
  /** What stores have of these variants; a store that never had any is left out. */
  shelvesOf(variants: readonly VariantId[]): Promise<
    readonly {
      readonly store: StoreId;
      readonly variant: VariantId;
      readonly onHand: number;
      readonly reserved: number;
    }[]
  >;
}
