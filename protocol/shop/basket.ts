import { z } from "zod";
import { instantSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";

export const MAX_SHARED_BASKET_LINES = 200;
export const SHARED_BASKET_TTL_MS = 14 * 86_400_000;

const lines = z
  .array(z.strictObject({ sku: skuSchema, quantity: z.number().int().min(1).max(9_999) }))
  .min(1)
  .max(MAX_SHARED_BASKET_LINES);

/** `POST /shop/v1/baskets` by a shop, `POST /sync/v1/baskets` by a till: a basket to be finished on the other side. Prices are those of where it is finished. */
export const shareBasketRequestSchema = z.strictObject({
  lines,
  note: textSchema.default(""),
});
export const shareBasketAnswerSchema = z.strictObject({
  code: z.string(),
  /** What a QR of it holds. */
  qr: z.string(),
  /** Where the customer finishes it online; null where the retailer named no shop. */
  link: z.string().nullable(),
  expiresAt: instantSchema,
});
export type ShareBasketAnswer = z.infer<typeof shareBasketAnswerSchema>;

/** `GET /shop/v1/baskets/{code}`, `GET /sync/v1/baskets/{code}` */
export const sharedBasketSchema = z.strictObject({
  code: z.string(),
  from: z.enum(["shop", "till"]),
  lines: z.array(
    z.strictObject({
      sku: skuSchema,
      variant: z.string().nullable(),
      name: textSchema,
      quantity: z.number().int(),
      /** Today's price on the first price list; a hint for whoever shows it. */
      price: moneySchema.nullable(),
    }),
  ),
  expiresAt: instantSchema,
});
export type SharedBasket = z.infer<typeof sharedBasketSchema>;
