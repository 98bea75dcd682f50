import { z } from "zod";
import { standingSchema } from "../documents/purchase.ts";
import { businessDaySchema, idSchema } from "../scalars.ts";
import { purchaseRefSchema } from "./ticket.ts";

export const MAX_PURCHASES_FOUND = 50;

/**
 * `POST /sync/v1/purchases`: finds what was bought anywhere in the chain. By `refs` themselves, as when a till is about to take goods back; or by what people
 * know of it: all that is named must fit. `text` is a receipt or order number, an approval code or a loyalty card.
 */
export const findPurchasesSchema = z.union([
  z.strictObject({ refs: z.array(purchaseRefSchema).min(1).max(MAX_PURCHASES_FOUND) }),
  z
    .strictObject({
      text: z.string().trim().min(1).max(200).exactOptional(),
      customer: idSchema<"Customer">().exactOptional(),
      variant: idSchema<"Variant">().exactOptional(),
      day: businessDaySchema.exactOptional(),
      /** What was paid, in minor units. */
      paidMinor: z.number().int().exactOptional(),
    })
    // Nobody reads through all that the chain has sold.
    .refine((known) => Object.keys(known).length > 0, "say something of the purchase"),
]);
export type FindPurchases = z.infer<typeof findPurchasesSchema>;

/** Newest first. */
export const foundPurchasesSchema = z.strictObject({
  standings: z.array(standingSchema).max(MAX_PURCHASES_FOUND),
});
export type FoundPurchases = z.infer<typeof foundPurchasesSchema>;
