import { z } from "zod";
import { receiptDesignSchema } from "../documents/receipt-design.ts";
import { currencySchema, textSchema } from "../scalars.ts";

/** `PUT /hq/v1/stores/{code}/receipt` takes such a design, whole. */
export const receiptDesignRequestSchema = receiptDesignSchema;

/** What it and `GET` of the same answer. */
export const storeReceiptSchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  /** The store's own: receipts are in it where no customer's language is known. */
  locale: z.string(),
  /** What stands on every receipt besides. */
  retailer: textSchema,
  address: z.array(textSchema),
  vatId: textSchema,
  currency: currencySchema,
  timeZone: z.string(),
  /** Null: none was given yet; receipts have these lines then. */
  design: receiptDesignSchema.nullable(),
  withoutDesign: z.strictObject({ header: z.array(textSchema), footer: z.array(textSchema) }),
});
export type StoreReceipt = z.infer<typeof storeReceiptSchema>;
