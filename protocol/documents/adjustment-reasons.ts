import { z } from "zod";
import { type AdjustmentReason, MAX_ADJUSTMENT_REASONS } from "#domain/stock/adjusting.ts";

/** Why stock was adjusted: one of the usual reasons, or one that the retailer named. */
export const adjustmentReasonSchema = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(40)
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/),
  name: z.string().trim().min(1).max(60),
  direction: z.enum(["out", "in", "both"]),
}) satisfies z.ZodType<AdjustmentReason>;

export const adjustmentReasonsSchema = z
  .array(adjustmentReasonSchema)
  .max(MAX_ADJUSTMENT_REASONS)
  .refine((reasons) => new Set(reasons.map(({ id }) => id)).size === reasons.length, "each id once");
