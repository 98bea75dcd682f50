import type { Instant } from "../ids.ts";
import type { Price } from "../product/product.ts";

/** That a price was set or taken away at a moment: what was written last for a beginning counts. */
export interface PriceWrite {
  readonly at: Instant;
  /** Names the price among those of its list and variant. */
  readonly validFrom: Instant | null;
  /** Null: it was taken away. */
  readonly price: Price | null;
}
