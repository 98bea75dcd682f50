import { z } from "zod";
import { COUPON_REFUSALS } from "#domain/coupons/coupon.ts";
import { idSchema, textSchema } from "../scalars.ts";

/** Why a coupon was not put onto the basket. */
export const USE_COUPON_REFUSALS = [
  ...COUPON_REFUSALS,
  "couponHeldByAnother",
  "couponNeedsServer",
  "couponInAnotherBasket",
  "tooManyCoupons",
] as const;

/** A code or a word, scanned or typed, however it is spaced. */
export const couponArgs = z.strictObject({ code: z.string().min(1).max(200) });

/** A coupon of the basket in front. */
export const basketCouponSchema = z.strictObject({
  /** As it is written. */
  code: z.string(),
  promotion: idSchema<"Promotion">(),
  /** What the promotion is called; the code where it does not hold any more. */
  name: textSchema,
  /** Whether it takes money off what is in the basket. */
  used: z.boolean(),
});
export type BasketCoupon = z.infer<typeof basketCouponSchema>;
