import { z } from "zod";
import { currencySchema, moneySchema, textSchema } from "../scalars.ts";

/** `PUT /hq/v1/stores/{code}/offline-limits`: what a store's tills do on their own word while the server is out of reach. */
export const offlineLimitsSchema = z.strictObject({
  /** The most that is given back. */
  maxRefund: moneySchema,
  /** The most that is taken of one store credit or gift card. */
  maxCredit: moneySchema,
  /** The most that is taken of one customer's points, as money; null: as much as of a credit. */
  maxPoints: moneySchema.nullable(),
  /** Whether coupon codes are taken: two tills may then take the same one. */
  couponCodes: z.boolean(),
});
export type OfflineLimits = z.infer<typeof offlineLimitsSchema>;

export const storeOfflineLimitsSchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  currency: currencySchema,
  limits: offlineLimitsSchema,
});
export type StoreOfflineLimits = z.infer<typeof storeOfflineLimitsSchema>;

/** `GET /hq/v1/offline-limits`: those of each store. */
export const offlineLimitsAnswerSchema = z.strictObject({ stores: z.array(storeOfflineLimitsSchema) });
