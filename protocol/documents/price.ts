import { z } from "zod";
import type { Price } from "#domain/product/product.ts";
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
});
export type PriceDocument = z.infer<typeof priceSchema>;
