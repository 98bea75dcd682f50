import { z } from "zod";
import type { InvoiceId } from "#domain/ids.ts";
import { emailSchema, idSchema, languageTagSchema } from "../scalars.ts";

/** What a mail brings: the receipt, or an invoice that the till issued over the same sale. */
export type MailDocument =
  | { readonly kind: "receipt" }
  | { readonly kind: "invoice"; readonly invoice: InvoiceId };

export const mailDocumentSchema: z.ZodType<MailDocument> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("receipt") }),
  z.strictObject({ kind: z.literal("invoice"), invoice: idSchema<"Invoice">() }),
]);

/**
 * `POST /sync/v1/receipt-mails`: the customer wants a receipt by e-mail. The address travels here and never in the journal. It may come before the sale has: the
 * mail waits for it. Asking twice with one `id` sends once.
 */
export const receiptMailRequestSchema = z.strictObject({
  id: idSchema<"Mail">(),
  ticket: idSchema<"Ticket">(),
  document: mailDocumentSchema,
  email: emailSchema,
  /** The customer's language; null: the store's. */
  language: languageTagSchema.nullable(),
  /** There is one on paper, or was sent before: this one is marked as a copy. */
  copy: z.boolean(),
});
export type ReceiptMailRequest = z.infer<typeof receiptMailRequestSchema>;

export const receiptMailAnswerSchema = z.strictObject({});
