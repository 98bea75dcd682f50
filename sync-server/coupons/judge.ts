import { type CouponRefusal, codeRefusal, couponRefusal, promotionOfWord } from "#domain/coupons/coupon.ts";
import { isLikeCouponCode, readCouponCode, readCouponWord } from "#domain/coupons/coupon-code.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import type { PricingScene } from "#domain/promotions/scene.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { couponAtServer } from "./known-coupon.ts";

/** A coupon as it was typed: as it is written, what it is for, and why it is not good; null where it is. */
export interface JudgedCoupon {
  readonly code: string;
  readonly promotion: Promotion | null;
  readonly refusal: CouponRefusal | null;
}

/** Judges what a customer typed, in that order: of two for one promotion the first counts. */
export async function judgedCoupons(
  tx: ReadTransaction,
  {
    typed,
    promotions,
    scene,
  }: {
    readonly typed: readonly string[];
    readonly promotions: readonly Promotion[];
    readonly scene: PricingScene;
  },
): Promise<readonly JudgedCoupon[]> {
  const judged: JudgedCoupon[] = [];
  for (const each of typed) {
    const found = await judgedCoupon(tx, { typed: each, promotions, scene });
    const isSecond =
      found.refusal === null &&
      judged.some(({ refusal, promotion }) => refusal === null && promotion?.id === found.promotion?.id);
    judged.push(isSecond ? { ...found, refusal: "couponSamePromotion" } : found);
  }
  return judged;
}

async function judgedCoupon(
  tx: ReadTransaction,
  {
    typed,
    promotions,
    scene,
  }: {
    readonly typed: string;
    readonly promotions: readonly Promotion[];
    readonly scene: PricingScene;
  },
): Promise<JudgedCoupon> {
  const code = readCouponCode(typed);
  if (code === null) return judgedWord(typed, promotions, scene);
  const known = await couponAtServer(tx, code);
  if (known === null) return { code: code.code, promotion: null, refusal: "couponUnknown" };
  const promotion = promotions.find(({ id }) => id === known.promotion) ?? null;
  return {
    code: code.code,
    promotion,
    refusal: codeRefusal(known) ?? couponRefusal(promotion, scene),
  };
}

function judgedWord(typed: string, promotions: readonly Promotion[], scene: PricingScene): JudgedCoupon {
  const word = readCouponWord(typed);
  const promotion = word === null ? null : promotionOfWord(promotions, { word, at: scene.at });
  if (word !== null && promotion !== null)
    return { code: word, promotion, refusal: couponRefusal(promotion, scene) };
  const refusal = isLikeCouponCode(typed) ? "couponMistyped" : "couponUnknown";
  return { code: word ?? typed.trim(), promotion: null, refusal };
}
