import { z } from "zod";
import { idSchema, instantSchema, moneySchema, receiptNumberSchema, textSchema } from "../scalars.ts";

/** A receipt as it is shown and printed: words already in the receipt's language, amounts already formatted. */
export const receiptRowSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("text"),
    text: z.string(),
    align: z.enum(["left", "center", "right"]),
    strong: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("pair"), left: z.string(), right: z.string(), strong: z.boolean() }),
  z.strictObject({ kind: z.literal("big"), left: z.string(), right: z.string() }),
  z.strictObject({ kind: z.literal("rule") }),
  z.strictObject({ kind: z.literal("barcode"), text: z.string() }),
  /** Digits or text that a till scans back: the receipt's own code. `label` says what it is for. */
  z.strictObject({ kind: z.literal("qr"), text: z.string().max(4_000), label: z.string() }),
]);
export type ReceiptRow = z.infer<typeof receiptRowSchema>;

export const receiptSchema = z.strictObject({
  ticket: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  copy: z.boolean(),
  rows: z.array(receiptRowSchema),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const ticketSummarySchema = z.strictObject({
  id: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  completedAt: instantSchema,
  staffName: textSchema,
  pieces: z.number().int(),
  total: moneySchema,
  /** Whether the server has acknowledged it. */
  sent: z.boolean(),
});
export type TicketSummary = z.infer<typeof ticketSummarySchema>;
