import { z } from "zod";
import {
  type InvoiceRecipient,
  MAX_ADDRESS_LINES,
  MAX_RECIPIENT_CHARS,
  MAX_VAT_ID_CHARS,
} from "#domain/invoice/recipient.ts";
import { idSchema } from "../scalars.ts";

/** One line of an address: a line break in it would be a line of its own. */
const lineSchema = z
  .string()
  .max(MAX_RECIPIENT_CHARS)
  .regex(/^[^\p{Cc}]*$/u);

/** For whom an invoice is made out. */
export const invoiceRecipientSchema: z.ZodType<InvoiceRecipient> = z.strictObject({
  name: lineSchema.min(1),
  address: z.array(lineSchema.min(1)).min(1).max(MAX_ADDRESS_LINES),
  vatId: z
    .string()
    .max(MAX_VAT_ID_CHARS)
    .regex(/^[0-9A-Z+*]*$/),
});

/** What the journal says of an invoice. */
export const invoiceShape = {
  id: idSchema<"Invoice">(),
  ticket: idSchema<"Ticket">(),
  recipient: invoiceRecipientSchema,
};
