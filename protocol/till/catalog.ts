import { z } from "zod";
import { idSchema, imageHashSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";

/** What a piece costs from so many on. */
export const quantityPriceSchema = z.strictObject({ from: z.number().int(), amount: moneySchema });
const soldBySchema = z.enum(["weight", "openPrice"]);

/** One sellable variant as found by scan or search, with the price and stock of this moment (overlay included). */
export const itemSchema = z.strictObject({
  variant: idSchema<"Variant">(),
  product: idSchema<"Product">(),
  sku: skuSchema,
  gtin: z.string().nullable(),
  name: textSchema,
  options: z.array(textSchema),
  brand: textSchema,
  category: textSchema,
  image: imageHashSchema.nullable(),
  /** Null: no valid price on any of the lists that hold; it cannot be sold until HQ sets one. Of what is sold by weight: per kilogram. */
  price: moneySchema.nullable(),
  compareAt: moneySchema.nullable(),
  /** Absent: by the piece, at its price. */
  soldBy: soldBySchema.exactOptional(),
  tiers: z.array(quantityPriceSchema).exactOptional(),
  /** The lowest price of the 30 days before it was reduced. */
  lowest30: moneySchema.exactOptional(),
  /** Pieces in this store; null when stock is not known. */
  onHand: z.number().int().nullable(),
});
export type Item = z.infer<typeof itemSchema>;

/** A tile of the grid: one product; `item` where it has a single variant, otherwise the sheet asks which. */
export const tileSchema = z.strictObject({
  product: idSchema<"Product">(),
  name: textSchema,
  brand: textSchema,
  category: textSchema,
  image: imageHashSchema.nullable(),
  priceFrom: moneySchema.nullable(),
  priceVaries: z.boolean(),
  soldBy: soldBySchema.exactOptional(),
  variants: z.number().int().positive(),
  item: itemSchema.nullable(),
  onHand: z.number().int().nullable(),
});
export type Tile = z.infer<typeof tileSchema>;

export const categorySchema = z.strictObject({ name: textSchema, products: z.number().int().positive() });

/** Changes whenever products, prices or stock on this till change; the grid asks anew then. */
export const catalogViewSchema = z.strictObject({
  revision: z.number().int().nonnegative(),
  products: z.number().int().nonnegative(),
  variants: z.number().int().nonnegative(),
  categories: z.array(categorySchema),
  /** `scan`: codes and plain search work; `full`: typo-tolerant search too. */
  searchReady: z.enum(["loading", "scan", "full"]),
});
export type CatalogView = z.infer<typeof catalogViewSchema>;
