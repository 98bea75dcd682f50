import { sumMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { roundedMoney } from "./costs.ts";
import { sumOf, ZERO } from "./fraction.ts";
import type { MedusaOrder, PaymentCollection } from "./payload.ts";

/**
 * An order's payment status in Medusa's words. It is computed by the workflows behind its APIs and is no field of an order, so a subscriber's query does not have it: then it
 * is told by the payment collections, by the rule of Medusa's `getLastPaymentStatus`, but that what was refunded while a part is still to be captured is not taken for paid.
 */
export function paymentStatusOf(
  { payment_status, payment_collections }: Pick<MedusaOrder, "payment_status" | "payment_collections">,
  currency: Currency,
): string {
  if (payment_status) return payment_status;
  if (payment_collections.length === 0) return "not_paid";
  const open = payment_collections.filter((each) => !isCancelled(each));
  if (open.length === 0) return "canceled";
  const captured = total(open, capturedOf, currency);
  if (open.every((each) => isCaptured(each, currency))) {
    const refunded = total(open, refundedOf, currency);
    if (refunded.minor <= 0) return "captured";
    return refunded.minor >= captured.minor ? "refunded" : "partially_refunded";
  }
  if (captured.minor > 0) return "partially_captured";
  if (open.every(({ status }) => status === "authorized")) return "authorized";
  if (open.some(({ status }) => status === "authorized" || status === "partially_authorized"))
    return "partially_authorized";
  return open.some(({ status }) => status === "awaiting") ? "awaiting" : "not_paid";
}

/** A collection keeps saying that it is authorised after its payments were cancelled. */
function isCancelled({ status, payments }: PaymentCollection): boolean {
  if (status === "canceled") return true;
  return (payments ?? []).length > 0 && (payments ?? []).every(({ canceled_at }) => canceled_at);
}

function isCaptured(collection: PaymentCollection, currency: Currency): boolean {
  const { amount, raw_amount, status } = collection;
  const due = raw_amount?.value ?? amount;
  if (!due) return status === "completed";
  return capturedOf(collection, currency).minor >= roundedMoney(due, currency).minor;
}

type Sum = (collection: PaymentCollection, currency: Currency) => Money;

function total(collections: readonly PaymentCollection[], sum: Sum, currency: Currency): Money {
  return sumMoney(
    collections.map((each) => sum(each, currency)),
    currency,
  );
}

function capturedOf({ captured_amount, payments }: PaymentCollection, currency: Currency): Money {
  return roundedMoney(captured_amount ?? booked(payments, "captures"), currency);
}

function refundedOf({ refunded_amount, payments }: PaymentCollection, currency: Currency): Money {
  return roundedMoney(refunded_amount ?? booked(payments, "refunds"), currency);
}

function booked(payments: PaymentCollection["payments"], what: "captures" | "refunds") {
  return sumOf((payments ?? []).flatMap((each) => each[what] ?? []).map(({ amount }) => amount ?? ZERO));
}
