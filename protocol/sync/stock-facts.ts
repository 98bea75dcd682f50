import { z } from "zod";
import { MAX_ADJUSTED } from "#domain/stock/adjusting.ts";
import { MAX_AREA_LINES, MAX_AREA_NAME_CHARS } from "#domain/stock/count-plan.ts";
import { MAX_COUNTED } from "#domain/stock/stock.ts";
import { idSchema, instantSchema } from "../scalars.ts";

export const areaNameSchema = z.string().trim().min(1).max(MAX_AREA_NAME_CHARS);
export const adjustedPiecesSchema = z
  .number()
  .int()
  .min(-MAX_ADJUSTED)
  .max(MAX_ADJUSTED)
  .refine((pieces) => pieces !== 0, "pieces that are there or gone");
export const adjustmentWhySchema = z.string().min(1).max(40);
export const adjustmentNoteSchema = z.string().trim().max(300);

/** What tills tell of counts that HQ planned, and of pieces that are there or gone. */
export const STOCK_FACT_SCHEMAS = [
  z.strictObject({
    type: z.literal("stock.areaCounted"),
    id: idSchema<"AreaCount">(),
    count: idSchema<"Count">(),
    area: areaNameSchema,
    lines: z
      .array(
        z.strictObject({
          variant: idSchema<"Variant">(),
          counted: z.number().int().min(0).max(MAX_COUNTED),
          at: instantSchema,
        }),
      )
      .max(MAX_AREA_LINES),
    replaces: z.array(idSchema<"AreaCount">()).max(50),
  }),
  z.strictObject({ type: z.literal("stock.countFinished"), count: idSchema<"Count">() }),
  z.strictObject({
    type: z.literal("stock.adjusted"),
    id: idSchema<"Adjustment">(),
    variant: idSchema<"Variant">(),
    quantity: adjustedPiecesSchema,
    why: adjustmentWhySchema,
    note: adjustmentNoteSchema,
  }),
] as const;
