import { zeroMoney } from "#domain/money/arithmetic.ts";
import { isPaidAtPickup } from "../pay-words.ts";
import type { SeenOrder } from "../port.ts";
import type { WooOrder } from "./payload.ts";

/** Statuses in which WooCommerce waits for money. */
const UNPAID = ["pending", "on-hold", "failed"];
/** Statuses in which nothing is delivered any more. */
const OVER: Readonly<Record<string, string>> = {
  cancelled: "Cancelled in WooCommerce",
  refunded: "Refunded in WooCommerce",
  trash: "Deleted in WooCommerce",
};

/** Baskets that WooCommerce keeps as orders. */
export function isDraft(status: string): boolean {
  return ["checkout-draft", "auto-draft", "draft", "new"].includes(status);
}

/** Why an order is over before it was delivered; null when it is not. */
export function cancellationOf(status: string): SeenOrder["cancelled"] {
  const reason = OVER[status];
  return reason === undefined ? null : { reason };
}

/**
 * How an order stands to be paid, and whether it may be done. Paid in the store: it may, though nothing is paid. Cash on delivery that is sent: it
 * may, the courier takes the money. A status of a plugin's own (`ready`, `packing`) is past payment, like `processing`. All of it is paid where
 * WooCommerce says when, and never for its status alone: an order that was never paid is `cancelled` too.
 */
export function paymentOf(
  order: Pick<
    WooOrder,
    "status" | "date_paid_gmt" | "payment_method" | "payment_method_title" | "transaction_id" | "total"
  >,
  { isPickup }: { readonly isPickup: boolean },
): Pick<SeenOrder, "release"> & { readonly payment: SeenOrder["request"]["payment"] } {
  const { status, total } = order;
  const nothing = zeroMoney(total.currency);
  const isPaid = order.date_paid_gmt !== null && order.date_paid_gmt !== undefined;
  const names = [order.payment_method, order.payment_method_title];
  if (isPaid && !["pending", "failed"].includes(status) && !(isPickup && isTakenByTill(order)))
    return { release: "toDo", payment: { kind: "paid", paid: total } };
  if (isPickup && names.some(isPaidAtPickup) && status !== "failed")
    return { release: "toDo", payment: { kind: "atPickup", paid: nothing } };
  const release = UNPAID.includes(status) ? "waiting" : "toDo";
  return { release, payment: { kind: "authorised", paid: nothing } };
}

/**
 * Whether the till takes the money, and so alone knows how much it was: WooCommerce sets the date of payment by itself when such an order is completed
 * (some plugins', when it is placed), which is when we say that it was collected, and its total stays what was ordered. What was paid online has a number.
 */
function isTakenByTill({
  payment_method,
  transaction_id,
}: Pick<WooOrder, "payment_method" | "transaction_id">): boolean {
  return isPaidAtPickup(payment_method) && (transaction_id ?? "").trim() === "";
}
