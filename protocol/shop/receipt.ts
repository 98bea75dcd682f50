import { z } from "zod";
import { languageTagSchema } from "../scalars.ts";

/** `GET /shop/v1/receipts/:id`, `GET /hq/v1/tickets/:id/receipt`, `GET /hq/v1/tickets/:id/invoice` */
export const receiptQuerySchema = z.strictObject({
  format: z.enum(["html", "pdf"]).default("html"),
  /** The reader's language (BCP 47); absent: the store's. */
  language: languageTagSchema.optional(),
});
export type ReceiptQuery = z.output<typeof receiptQuerySchema>;
