import { z } from "zod";
import type { StockLevel } from "#domain/stock/stock.ts";
import { idSchema } from "../scalars.ts";

/** Replica collection `stock`: `id` is the variant's id (a store's feed holds only its own stock). */
export const stockSchema: z.ZodType<StockLevel & { readonly id: string }> = z.strictObject({
  id: z.string().min(1).max(64),
  store: idSchema<"Store">(),
  variant: idSchema<"Variant">(),
  onHand: z.number().int(),
  reserved: z.number().int().nonnegative().exactOptional(),
});
export type StockDocument = z.infer<typeof stockSchema>;
