import type { BasketLineView, BasketView } from "#protocol/till/basket.ts";
import { t } from "../../i18n/translate.ts";

type Reduced = Pick<BasketLineView, "discount" | "promotion">;

/** Why a line costs less: its own discount or a promotion, its share of the basket's discount, or both. */
export function lineReasons(line: Reduced, { discount }: Pick<BasketView, "discount">): string {
  const reasons = [line.discount?.reason, line.promotion, discount?.reason].filter(
    (reason) => reason != null,
  );
  return [...new Set(reasons)].join(", ");
}

/** What the sum of all discounts is called: the basket's discount by its reason only when nothing else is in that sum. */
export function discountLabel({
  discount,
  lines,
}: {
  readonly discount: BasketView["discount"];
  readonly lines: readonly Reduced[];
}): string {
  if (discount === null) return t("basket.discount");
  if (lines.some((line) => line.discount !== null || line.promotion !== null)) return t("basket.discounts");
  return t("basket.discountOnAll", { reason: discount.reason });
}
