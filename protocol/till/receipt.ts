import { z } from "zod";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { MAX_LOGO_BASE64 } from "../documents/receipt-design.ts";
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
  z.strictObject({ kind: z.literal("language"), tag: z.string().min(2).max(85) }),
  z.strictObject({ kind: z.literal("image"), png: z.base64().max(MAX_LOGO_BASE64), label: z.string() }),
]);

export const receiptSchema = z.strictObject({
  ticket: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  copy: z.boolean(),
  /** Store credit was given out, or a gift card sold with it: its slip can be printed alone. */
  hasCreditSlip: z.literal(true).exactOptional(),
  rows: z.array(receiptRowSchema),
  /** The slips of the gift cards that were sold with it. */
  giftCards: z.array(receiptRowSchema).exactOptional(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** What can be printed of a sale that is over: the receipt again, marked as a copy, one without prices for whoever is given the goods, or the slip of a store credit alone. */
export const REPRINT_KINDS = ["copy", "gift", "credit"] as const;

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
