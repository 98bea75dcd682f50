import type { ChannelId, ImageHash, Instant, ProductId, VariantId } from "../ids.ts";
import type { Product, ProductStatus } from "./product.ts";

/** A picture in the sizes that it is kept in; `alt` says what is on it to whoever cannot see it. */
export interface ProductPicture {
  /** At most 320 pixels a side, what tills show. */
  readonly till: ImageHash;
  /** At most 1024 pixels a side. */
  readonly detail: ImageHash;
  readonly alt: string;
}

/** What a retailer says of products besides what every product has: `Material`, `Weight` in kg. */
export interface Attribute {
  readonly id: string;
  readonly name: string;
  readonly kind: "text" | "number" | "choice" | "yesNo";
  /** Of a number; empty: it has none. */
  readonly unit: string;
  /** Of a choice. */
  readonly choices: readonly string[];
}

export type AttributeValue = string | number | boolean;

/** What a channel says and does otherwise; null: as the product itself. */
export interface ChannelTexts {
  readonly status: ProductStatus | null;
  readonly title: string | null;
  readonly description: string | null;
}

/** What HQ and web shops know of a product and tills do not need. */
export interface ProductDetails {
  readonly description: string;
  /** In the order in which they are shown; the first is the product's. */
  readonly pictures: readonly ProductPicture[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly channels: Readonly<Record<ChannelId, ChannelTexts>>;
}

/** All that HQ edits of a product. */
export interface CatalogueProduct {
  readonly product: Product;
  readonly details: ProductDetails;
}

export const NO_DETAILS: ProductDetails = { description: "", pictures: [], attributes: {}, channels: {} };

/** One field that became another. JSON values: null where there was nothing. */
export interface FieldChange {
  readonly field: string;
  /** The variant it is of; null: the product's. */
  readonly variant: VariantId | null;
  readonly from: unknown;
  readonly to: unknown;
}

/** One change of a product as its history keeps it. */
export interface ProductLogEntry {
  /** Ascending in the order in which they were made. */
  readonly cursor: number;
  readonly product: ProductId;
  readonly at: Instant;
  readonly by: { readonly kind: "user" | "key"; readonly id: string; readonly name: string };
  /** What it was part of: `edit`, `import:…`, `bulk:…`, `undo:…`. */
  readonly cause: string;
  /** The product was made by it: then `changes` are empty. */
  readonly created: boolean;
  readonly changes: readonly FieldChange[];
}
