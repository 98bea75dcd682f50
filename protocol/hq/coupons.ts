import { z } from "zod";
import { MAX_COUPON_USES } from "../documents/balance.ts";
import { idSchema, instantSchema } from "../scalars.ts";

export const MAX_COUPONS_PER_SERIES = 100_000;

export const couponSeriesSchema = z.strictObject({
  id: idSchema<"CouponSeries">(),
  madeAt: instantSchema,
  /** How many codes were made, and for how many tickets or orders each holds. */
  count: z.number().int().positive(),
  uses: z.number().int().positive(),
  /** With how many tickets and orders codes of it were used. */
  used: z.number().int().nonnegative(),
  revokedAt: instantSchema.nullable(),
});
export type CouponSeries = z.infer<typeof couponSeriesSchema>;

/** `GET /hq/v1/promotions/{id}/coupons`: the newest series first. */
export const couponsAnswerSchema = z.strictObject({
  series: z.array(couponSeriesSchema),
  /** How often its word was used. */
  usedByWord: z.number().int().nonnegative(),
});
export type CouponsAnswer = z.infer<typeof couponsAnswerSchema>;

/** `POST /hq/v1/promotions/{id}/coupons`: makes codes. The promotion has to be one with a coupon of kind `codes`. */
export const makeCouponsSchema = z.strictObject({
  count: z.number().int().min(1).max(MAX_COUPONS_PER_SERIES),
  uses: z.number().int().min(1).max(MAX_COUPON_USES).default(1),
});

/** The codes are told this once: the server keeps digests alone. */
export const couponsMadeSchema = z.strictObject({ series: couponSeriesSchema, codes: z.array(z.string()) });

/** `POST /hq/v1/coupons/revoke`: a series, or one code. */
export const revokeCouponsSchema = z.union([
  z.strictObject({ series: idSchema<"CouponSeries">() }),
  z.strictObject({ code: z.string().min(1).max(60) }),
]);
export const couponsRevokedSchema = z.strictObject({});
