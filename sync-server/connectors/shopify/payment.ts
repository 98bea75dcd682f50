import { addMoney, lesserMoney, subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { type Money, money } from "#domain/money/money.ts";
import { isPaidAtPickup, isPaidOnDelivery } from "../pay-words.ts";
import type { SeenOrder } from "../port.ts";
import { inShopMoney, type ShopifyOrder } from "./payload.ts";

type Priced = Pick<
  ShopifyOrder,
  "current_total_price" | "current_total_price_set" | "total_outstanding" | "financial_status"
>;

/**
 * What was taken for an order so far, whatever went back of it. Shopify says so nowhere by itself: `total_price` is what was ordered, also where
 * less was ever charged; `total_outstanding` is `current_total_price` (what edits and refunds left) less what was taken and kept, below zero where
 * more was kept than it costs. `givenBack` is refunds that are through: one that is pending may not be in what was kept yet, and rather too little
 * is said to be paid than too much, for what is paid too much is given back. Never more than was ordered: what was bought later is no part of it.
 */
function takenFor(
  order: Priced,
  { total, givenBack }: { readonly total: Money; readonly givenBack: Money },
): Money {
  const zero = zeroMoney(total.currency);
  // Payloads of old API versions have no current total.
  const current = inShopMoney(
    order.current_total_price_set,
    order.current_total_price,
    subtractMoney(total, givenBack),
  );
  const outstanding =
    order.total_outstanding ?? (order.financial_status === "partially_paid" ? current : zero);
  const taken = subtractMoney(addMoney(current, givenBack), outstanding);
  return lesserMoney(money(Math.max(0, taken.minor), total.currency), total);
}

/**
 * How an order stands to be paid and whether it may be done, of `financial_status`. What waits for money (a bank transfer, an online payment
 * that is pending, expired or voided) is held back; what is paid in the store or to the courier is not.
 */
export function paymentOf(
  order: Priced & Pick<ShopifyOrder, "payment_gateway_names">,
  {
    total,
    givenBack,
    isPickup,
  }: { readonly total: Money; readonly givenBack: Money; readonly isPickup: boolean },
): Pick<SeenOrder, "release"> & { readonly payment: SeenOrder["request"]["payment"] } {
  const zero = zeroMoney(total.currency);
  const taken = takenFor(order, { total, givenBack });
  switch (order.financial_status) {
    case "paid":
    case "partially_refunded":
    case "refunded":
      return { release: "toDo", payment: { kind: "paid", paid: taken } };
    case "authorized":
      return { release: "toDo", payment: { kind: "authorised", paid: zero } };
    case "pending":
    case "partially_paid": {
      const paid = order.financial_status === "pending" ? zero : taken;
      const methods = order.payment_gateway_names;
      if (isPickup && methods.some(isPaidAtPickup))
        return { release: "toDo", payment: { kind: "atPickup", paid } };
      const release = !isPickup && methods.some(isPaidOnDelivery) ? "toDo" : "waiting";
      return { release, payment: { kind: "authorised", paid } };
    }
    default:
      return { release: "waiting", payment: { kind: "authorised", paid: zero } };
  }
}
