import { hasEnded, type Promotion, type PromotionConditions } from "./promotion.ts";
import { type PricingScene, promotionsFor } from "./scene.ts";

/** Why a promotion does not hold in a scene, in the order in which it is looked at. */
export const SCENE_REFUSALS = [
  "ended",
  "notBegun",
  "notNow",
  "notHere",
  "notForCustomer",
  "couponMissing",
] as const;
export type SceneRefusal = (typeof SCENE_REFUSALS)[number];

/** Why it does not hold there; null where it does. */
export function sceneRefusal(promotion: Promotion, scene: PricingScene): SceneRefusal | null {
  const { validFrom, validUntil, when = {}, limits, ...plain } = promotion;
  if (hasEnded(promotion, scene.at)) return "ended";
  if (validFrom > scene.at) return "notBegun";
  const { channels, stores, days, hours, groups, firstPurchase, coupon } = when;
  const holds = (some: PromotionConditions, more: Pick<Promotion, "limits"> = {}): boolean =>
    promotionsFor([{ ...plain, ...more, validFrom, validUntil, when: some }], scene).length > 0;
  if (!holds({ ...(days && { days }), ...(hours && { hours }) })) return "notNow";
  if (!holds({ ...(channels && { channels }), ...(stores && { stores }) })) return "notHere";
  const isForThem = holds(
    { ...(groups && { groups }), ...(firstPurchase && { firstPurchase }) },
    limits === undefined ? {} : { limits },
  );
  if (!isForThem) return "notForCustomer";
  return holds({ ...(coupon && { coupon }) }) ? null : "couponMissing";
}
