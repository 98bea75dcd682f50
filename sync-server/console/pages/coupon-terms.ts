import { readCouponWord } from "#domain/coupons/coupon-code.ts";
import type { PromotionConditions } from "#domain/promotions/promotion.ts";

type Coupon = PromotionConditions["coupon"];

/** A promotion's conditions with another coupon, or with none; undefined where nothing is left that it depends on. */
export function withCoupon(
  { coupon: _before, ...others }: PromotionConditions,
  coupon: Coupon,
): PromotionConditions | undefined {
  const when = coupon === undefined ? others : { ...others, coupon };
  return Object.keys(when).length === 0 ? undefined : when;
}

/** Whether a coupon, where it is a word, can be said and typed. */
export function isWordSayable(coupon: Coupon): boolean {
  return coupon?.kind !== "word" || readCouponWord(coupon.word) === coupon.word;
}
