import { subtractMoney, sumMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import type { BasketLineView, BasketView } from "#protocol/till/basket.ts";
import { t } from "../../i18n/translate.ts";

type Reduced = Pick<BasketLineView, "discount" | "promotions" | "discounted">;

/** Money off and why. */
interface Reduction {
  readonly name: string;
  readonly amount: Money;
}

/** Above so many, what the smaller ones saved is one sum: the total has to stay in sight. */
const MAX_PROMOTIONS_SHOWN = 3;

/** Why a line costs less, each cent of it: the promotions, then what a colleague gave on it or on the whole basket. */
export function lineReductions(
  line: Reduced,
  { discount, customer = null }: Pick<BasketView, "discount"> & Partial<Pick<BasketView, "customer">>,
): readonly Reduction[] {
  const rest = restOf(line);
  const taxOff = customer?.taxExemption === undefined ? undefined : t("customer.taxOff");
  const reasons = [line.discount?.reason, discount?.reason, taxOff].filter((reason) => reason !== undefined);
  return [
    ...line.promotions,
    ...(rest.minor === 0 ? [] : [{ name: [...new Set(reasons)].join(", "), amount: rest }]),
  ];
}

/** What is off the whole basket: by each promotion, and by hand. */
export function basketReductions(
  basket: Pick<BasketView, "discount" | "discounted" | "promotions"> &
    Partial<Pick<BasketView, "customer">> & { readonly lines: readonly Reduced[] },
): readonly Reduction[] {
  const rest = restOf(basket);
  const byAmount = basket.promotions.toSorted((a, b) => b.amount.minor - a.amount.minor);
  const isMany = byAmount.length > MAX_PROMOTIONS_SHOWN;
  const shown = isMany ? byAmount.slice(0, MAX_PROMOTIONS_SHOWN - 1) : byAmount;
  const others = byAmount.slice(shown.length);
  return [
    ...shown,
    ...(others.length === 0
      ? []
      : [
          {
            name: t("basket.morePromotions", { count: others.length }),
            amount: sumMoney(
              others.map(({ amount }) => amount),
              basket.discounted.currency,
            ),
          },
        ]),
    ...(rest.minor === 0 ? [] : [{ name: discountLabel(basket), amount: rest }]),
  ];
}

function restOf({ discounted, promotions }: Pick<Reduced, "discounted" | "promotions">): Money {
  return subtractMoney(
    discounted,
    sumMoney(
      promotions.map(({ amount }) => amount),
      discounted.currency,
    ),
  );
}

/** What the sum of discounts by hand is called: the basket's discount by its reason only when nothing else is in that sum. */
function discountLabel({
  discount,
  customer = null,
  lines,
}: {
  readonly discount: BasketView["discount"];
  readonly customer?: BasketView["customer"];
  readonly lines: readonly Pick<Reduced, "discount">[];
}): string {
  if (customer?.taxExemption !== undefined) {
    const byHand = discount !== null || lines.some((line) => line.discount !== null);
    return byHand ? t("basket.discounts") : t("customer.taxOff");
  }
  if (discount === null) return t("basket.discount");
  if (lines.some((line) => line.discount !== null)) return t("basket.discounts");
  return t("basket.discountOnAll", { reason: discount.reason });
}
