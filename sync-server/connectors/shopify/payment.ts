import { lesserMoney, subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { isPaidAtPickup, isPaidOnDelivery } from "../pay-words.ts";
import type { SeenOrder } from "../port.ts";
import type { ShopifyOrder } from "./payload.ts";

/**
 * How an order stands to be paid and whether it may be done, of `financial_status`. What waits for money (a bank transfer, an online payment
 * that is pending, expired or voided) is held back; what is paid in the store or to the courier is not.
 */
export function paymentOf(
  order: Pick<ShopifyOrder, "financial_status" | "payment_gateway_names" | "total_outstanding">,
  { total, isPickup }: { readonly total: Money; readonly isPickup: boolean },
): Pick<SeenOrder, "release"> & { readonly payment: SeenOrder["request"]["payment"] } {
  const zero = zeroMoney(total.currency);
  const outstanding = order.total_outstanding ?? total;
  const sofar = subtractMoney(total, lesserMoney(total, outstanding));
  switch (order.financial_status) {
    case "paid":
    case "partially_refunded":
    case "refunded":
      return { release: "toDo", payment: { kind: "paid", paid: total } };
    case "authorized":
      return { release: "toDo", payment: { kind: "authorised", paid: zero } };
    case "pending":
    case "partially_paid": {
      const paid = order.financial_status === "pending" ? zero : sofar;
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
