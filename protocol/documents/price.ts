import { z } from "zod";
import type { Price } from "#domain/product/product.ts";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import { idSchema, instantSchema, moneySchema } from "../scalars.ts";

/** Replica collection `prices`: `id` is `{list}:{variant}` plus `:{validFrom}` where one is set. */
export const priceSchema: z.ZodType<Price & { readonly id: string }> = z.strictObject({
  id: z.string().min(3).max(160),
  list: idSchema<"PriceList">(),
  variant: idSchema<"Variant">(),
  amount: moneySchema,
  compareAt: moneySchema.nullable(),
  validFrom: instantSchema.nullable(),
  validTo: instantSchema.nullable(),
  tiers: z
    .array(z.strictObject({ from: z.number().int().min(2).max(MAX_QUANTITY_PER_LINE), amount: moneySchema }))
    .min(1)
    .max(20)
    .exactOptional(),
  lowest30: moneySchema.exactOptional(),
});
export type PriceDocument = z.infer<typeof priceSchema>;
