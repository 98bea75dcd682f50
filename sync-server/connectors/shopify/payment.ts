import { lesserMoney, subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import type { SeenOrder } from "../port.ts";
import type { ShopifyOrder } from "./payload.ts";

/** The courier takes the money: the shop wants it sent unpaid. Manual methods are free text, so the words are those that shops use. */
const ON_DELIVERY =
  /\bcod\b|on delivery|nachnahme|contre[ -]remboursement|contra ?reembolso|contrassegno|rembours/i;
/** The store takes the money. Shopify calls every manual method that has no name of its own `manual`. */
const IN_STORE =
  /^manual$|\bcash\b|\bbar(zahlung)?\b|in[ -]?store|at (the )?(store|till|counter)|pick[ -]?up|collect|abhol|laden|filiale|\bkasse\b|magasin|retrait|esp[eè]ces|tienda|recogida|efectivo|negozio|ritiro|contanti|winkel|afhal/i;

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
      const by = (words: RegExp) => order.payment_gateway_names.some((name) => words.test(name));
      if (isPickup && (by(IN_STORE) || by(ON_DELIVERY)))
        return { release: "toDo", payment: { kind: "atPickup", paid } };
      const release = !isPickup && by(ON_DELIVERY) ? "toDo" : "waiting";
      return { release, payment: { kind: "authorised", paid } };
    }
    default:
      return { release: "waiting", payment: { kind: "authorised", paid: zero } };
  }
}
