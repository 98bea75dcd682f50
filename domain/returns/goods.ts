/** Why goods come back, as the customer says. */
export const RETURN_REASONS = [
  "changedMind",
  "wrongSize",
  "defective",
  "notAsDescribed",
  "wrongItem",
  "gift",
  "other",
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** The state that the goods are in, as the colleague sees it. */
export const GOODS_CONDITIONS = ["asNew", "opened", "used", "damaged"] as const;
export type GoodsCondition = (typeof GOODS_CONDITIONS)[number];

/** What becomes of the goods. Only `stock` puts them on sale again. */
export const DISPOSITIONS = ["stock", "outlet", "repair", "destroyed", "supplier"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** What usually becomes of goods in that state. */
export function usualDisposition(condition: GoodsCondition): Disposition {
  switch (condition) {
    case "asNew":
      return "stock";
    case "opened":
    case "used":
      return "outlet";
    case "damaged":
      return "supplier";
  }
}
