import type { Instant } from "../ids.ts";
import { isBeingPaid } from "../payments/card-request.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Basket } from "../ticket/basket.ts";
import type { UsedCoupon } from "../ticket/ticket.ts";

/** Coupons of one basket beyond these are no purchase. */
export const MAX_COUPONS_PER_BASKET = 20;

/** Puts a coupon that is good onto a basket; the same one twice is there once. Once payment has begun prices stand, so that it is too late. */
export function addCoupon({
  basket,
  coupon,
  at,
}: {
  readonly basket: Basket;
  readonly coupon: UsedCoupon;
  readonly at: Instant;
}): Result<Basket, "paymentStarted" | "couponSamePromotion" | "tooManyCoupons"> {
  const { coupons = [] } = basket;
  if (coupons.some(({ code }) => code === coupon.code)) return ok(basket);
  if (isBeingPaid(basket)) return refused("paymentStarted");
  if (coupons.some(({ promotion }) => promotion === coupon.promotion)) return refused("couponSamePromotion");
  if (coupons.length >= MAX_COUPONS_PER_BASKET) return refused("tooManyCoupons");
  return ok({ ...basket, coupons: [...coupons, coupon], updatedAt: at });
}

/** Takes a coupon off again; one that is not there is off already. */
export function removeCoupon({
  basket,
  code,
  at,
}: {
  readonly basket: Basket;
  readonly code: string;
  readonly at: Instant;
}): Result<Basket, "paymentStarted"> {
  const { coupons = [], ...without } = basket;
  const kept = coupons.filter((each) => each.code !== code);
  if (kept.length === coupons.length) return ok(basket);
  if (isBeingPaid(basket)) return refused("paymentStarted");
  return ok({ ...without, ...(kept.length === 0 ? {} : { coupons: kept }), updatedAt: at });
}
