/** A document of the shop as plain JSON, its name in `id`: what a browser's database is given. */
export interface ShopDocument {
  readonly id: string;
  readonly [field: string]: unknown;
}

export const SHOP_COLLECTIONS = ["products", "prices", "stock"] as const;
export type ShopCollection = (typeof SHOP_COLLECTIONS)[number];
