import { z } from "zod";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { idSchema, instantSchema, moneySchema, receiptNumberSchema, textSchema } from "../scalars.ts";

export const receiptRowSchema: z.ZodType<ReceiptRow> = z.discriminatedUnion("kind", [
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
  z.strictObject({ kind: z.literal("qr"), text: z.string().max(4_000), label: z.string() }),
]);

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
