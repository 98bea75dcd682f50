import { z } from "zod";
import { MAX_ADDRESS_LINES, MAX_RECIPIENT_CHARS, MAX_VAT_ID_CHARS } from "#domain/invoice/recipient.ts";
import { emailSchema, idSchema, languageTagSchema } from "../scalars.ts";
import { mailDocumentSchema } from "../sync/receipt-mails.ts";
import { receiptSchema } from "./receipt.ts";

export const ticketArgs = z.strictObject({ ticket: idSchema<"Ticket">() });

/** As it was typed; blanks and empty lines are tidied away. */
const typedRecipientSchema = z.strictObject({
  name: z.string().max(MAX_RECIPIENT_CHARS),
  address: z.array(z.string().max(MAX_RECIPIENT_CHARS)).max(MAX_ADDRESS_LINES),
  vatId: z.string().max(2 * MAX_VAT_ID_CHARS),
});

/** What is known of whom a receipt may go to, to begin with. */
export const receiptContactSchema = z.strictObject({
  email: z.string(),
  /** Whom the last invoice over this sale was for, else what is known of the customer. */
  recipient: typedRecipientSchema,
});
export type ReceiptContact = z.infer<typeof receiptContactSchema>;

export const sendReceiptArgs = z.strictObject({
  ticket: idSchema<"Ticket">(),
  document: mailDocumentSchema,
  email: emailSchema,
  /** The customer's language; null: the store's. */
  language: languageTagSchema.nullable(),
});
/** `handedOver`: the server has it and sends it. `kept`: this till keeps it until the connection is back, also through a restart. */
export const sentReceiptSchema = z.strictObject({ state: z.enum(["handedOver", "kept"]) });
export const SENDING_REFUSALS = [
  "noSuchTicket",
  "noSuchInvoice",
  "notSignedIn",
  "notPermitted",
  "mailRefused",
  "storage",
] as const;

export const issueInvoiceArgs = z.strictObject({
  ticket: idSchema<"Ticket">(),
  recipient: typedRecipientSchema,
  language: languageTagSchema.nullable(),
});
/** The invoice's rows; `copy` when it was issued to this recipient before, and `printed` when a printer has them. */
export const issuedInvoiceSchema = z.strictObject({
  invoice: idSchema<"Invoice">(),
  paper: receiptSchema,
  printed: z.boolean(),
});
export type IssuedInvoice = z.infer<typeof issuedInvoiceSchema>;
export const INVOICE_REFUSALS = [
  "noSuchTicket",
  "notSignedIn",
  "notPermitted",
  "nothingSold",
  "recipientIncomplete",
  "vatIdNotValid",
  "storage",
] as const;

/** What a typed address must be. */
export function isEmail(text: string): boolean {
  return emailSchema.safeParse(text).success;
}
