import { z } from "zod";
import type { ProductId, TaxClassId, VariantId } from "#domain/ids.ts";
import type { Product, Variant } from "#domain/product/product.ts";
import { gtinSchema, idSchema, imageHashSchema, skuSchema, textSchema } from "../scalars.ts";

export const MAX_VARIANTS_PER_PRODUCT = 2_000;

export const variantSchema: z.ZodType<Variant> = z.strictObject({
  id: idSchema<"Variant">() satisfies z.ZodType<VariantId>,
  sku: skuSchema,
  gtins: z.array(gtinSchema).max(20),
  options: z.array(textSchema).max(3),
  image: imageHashSchema.nullable(),
  content: z
    .strictObject({
      quantity: z.number().int().min(1).max(1_000_000_000),
      unit: z.enum(["g", "ml", "mm", "piece"]),
    })
    .exactOptional(),
});

/** Replica collection `products`: one document per product, its variants inside. */
export const productSchema: z.ZodType<Product> = z.strictObject({
  id: idSchema<"Product">() satisfies z.ZodType<ProductId>,
  handle: z.string().min(1).max(255),
  title: textSchema,
  brand: textSchema,
  category: textSchema,
  tags: z.array(textSchema).max(250),
  taxClass: idSchema<"TaxClass">() satisfies z.ZodType<TaxClassId>,
  status: z.enum(["active", "draft", "archived"]),
  optionNames: z.array(textSchema).max(3),
  variants: z.array(variantSchema).max(MAX_VARIANTS_PER_PRODUCT),
  image: imageHashSchema.nullable(),
  soldBy: z.enum(["weight", "openPrice"]).exactOptional(),
  links: z
    .array(z.strictObject({ variant: idSchema<"Variant">(), kind: z.enum(["deposit", "levy", "bag"]) }))
    .max(10)
    .exactOptional(),
});
