import type { PromotionId } from "../ids.ts";
import { hasEnded, type Promotion } from "../promotions/promotion.ts";
import type { PricingScene } from "../promotions/scene.ts";
import { type SceneRefusal, sceneRefusal } from "../promotions/why-not.ts";

/** What is known of a coupon that was given out as a code. */
export interface KnownCoupon {
  readonly promotion: PromotionId;
  /** For how many tickets or orders it holds. */
  readonly uses: number;
  /** With how many it was used; more than `uses` where tills that were cut off took it. */
  readonly used: number;
  readonly revoked: boolean;
}

/** Why a coupon is not good, in the order in which it is looked at. */
export const COUPON_REFUSALS = [
  "couponMistyped",
  "couponUnknown",
  "couponRevoked",
  "couponUsed",
  "couponExpired",
  "couponNotNow",
  "couponNotHere",
  "couponNotForCustomer",
  "couponSamePromotion",
] as const;
export type CouponRefusal = (typeof COUPON_REFUSALS)[number];

/** The promotion that a word is for, among those that there are: one that has not ended before one that has; null where none is. */
export function promotionOfWord(
  promotions: readonly Promotion[],
  { word, at }: { readonly word: string; readonly at: PricingScene["at"] },
): Promotion | null {
  const meant = promotions
    .filter(({ when }) => when?.coupon?.kind === "word" && when.coupon.word === word)
    .toSorted((a, b) => Number(hasEnded(a, at)) - Number(hasEnded(b, at)) || (a.id < b.id ? -1 : 1));
  return meant[0] ?? null;
}

/** Why a code does not hold by itself; null where it does. */
export function codeRefusal({ uses, used, revoked }: KnownCoupon): CouponRefusal | null {
  if (revoked) return "couponRevoked";
  return used >= uses ? "couponUsed" : null;
}

/**
 * Why a coupon's promotion is not for this place, moment or customer; null where the coupon is good, whether or not anything in the basket fits the promotion.
 * Null as `promotion`: there is none any more.
 */
export function couponRefusal(promotion: Promotion | null, scene: PricingScene): CouponRefusal | null {
  if (promotion === null) return "couponExpired";
  const refusal = sceneRefusal(promotion, scene);
  return refusal === null ? null : COUPON_REFUSAL_OF[refusal];
}

/** In these words where a coupon is shown: that it was shown is why it is asked. */
const COUPON_REFUSAL_OF: Readonly<Record<SceneRefusal, CouponRefusal | null>> = {
  ended: "couponExpired",
  notBegun: "couponNotNow",
  notNow: "couponNotNow",
  notHere: "couponNotHere",
  notForCustomer: "couponNotForCustomer",
  couponMissing: null,
};
