import type { Instant, Sku } from "#domain/ids.ts";

export interface SharedBasketRecord {
  readonly code: string;
  readonly from: "shop" | "till";
  readonly lines: readonly { readonly sku: Sku; readonly quantity: number }[];
  readonly note: string;
  readonly expiresAt: Instant;
}

export interface BasketReads {
  sharedBasket(code: string): Promise<SharedBasketRecord | null>;
}

export interface BasketWrites {
  /** Throws when the code is taken. */
  putSharedBasket(basket: SharedBasketRecord): Promise<void>;
  /** Forgets baskets that expired before then. */
  purgeSharedBaskets(before: Instant): Promise<void>;
}
