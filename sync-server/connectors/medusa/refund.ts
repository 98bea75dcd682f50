import { lesserMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedByShop } from "#domain/orders/order-return.ts";
import { roundedMoney } from "./costs.ts";
import { sumOf } from "./fraction.ts";
import type { Call } from "./fulfil.ts";
import type { ShopOrder, ShopPayment } from "./shop-order.ts";

const BY_HAND = "pp_system_default";

/** The call by which the shop gives back, of one payment, what is still to be given back; null where nothing is, or where nothing is left that it took. */
export function nextRefund(
  order: Pick<Order, "payment" | "currency" | "returns">,
  { payment_collections: payments }: ShopOrder,
): Call | null {
  const { payment, currency } = order;
  if (payment.state !== "paid" && payment.state !== "refunded") return null;
  const given = sumMoney(
    payments.map((each) => refundedOf(each, currency)),
    currency,
  );
  const missing = subtractMoney(refundedByShop(order), given);
  if (missing.minor <= 0) return null;
  const source = payments.find((each) => leftOf(each, currency).minor > 0);
  // What was paid in a store is given back there.
  if (source === undefined) return null;
  const amount = lesserMoney(missing, leftOf(source, currency));
  return { path: `/admin/payments/${source.id}/refund`, body: { amount: Number(decimalText(amount)) } };
}

/** The call by which a payment that is taken by hand is booked once it was paid in a store. */
export function nextCapture(
  { payment, fulfilments }: Order,
  { payment_collections: payments }: ShopOrder,
): Call | null {
  if (payment.state !== "paid" || handedOf({ fulfilments }) === 0) return null;
  const open = payments.find(
    ({ provider_id, captures, canceled_at }) =>
      provider_id === BY_HAND && !canceled_at && (captures ?? []).length === 0,
  );
  return open === undefined ? null : { path: `/admin/payments/${open.id}/capture`, body: {} };
}

function leftOf(payment: ShopPayment, currency: Currency): Money {
  const captured = roundedMoney(sumOf((payment.captures ?? []).map(({ amount }) => amount)), currency);
  const left = subtractMoney(captured, refundedOf(payment, currency));
  return left.minor > 0 ? left : zeroMoney(currency);
}

function refundedOf({ refunds }: ShopPayment, currency: Currency): Money {
  return roundedMoney(sumOf((refunds ?? []).map(({ amount }) => amount)), currency);
}
