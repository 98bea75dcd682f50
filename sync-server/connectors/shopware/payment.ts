import { lesserMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { SeenOrder } from "../port.ts";
import { msOf, type ShopwareOrder, type Transaction } from "./payload.ts";

/** How an order is paid, as Shopware has it at one moment. */
export interface SeenPayment {
  readonly payment: { readonly kind: "paid" | "authorised" | "atPickup"; readonly paid: Money };
  readonly refunded: Money;
  readonly release: SeenOrder["release"];
  /** False where the message does not say how the payment that counts stands: then it is as little as can be, which takes nothing back that is known. */
  readonly isKnown: boolean;
}

type Method = "onHandOver" | "onInvoice" | "inAdvance";

/** Shopware's own methods, and one that a merchant made without a plugin, by the last part of their handler. */
const METHOD_BY_HANDLER: Readonly<Record<string, Method>> = {
  CashPayment: "onHandOver",
  DefaultPayment: "onHandOver",
  InvoicePayment: "onInvoice",
};
const METHOD_BY_NAME: Readonly<Record<string, Method>> = {
  payment_cashpayment: "onHandOver",
  payment_invoicepayment: "onInvoice",
};

const VOID: readonly string[] = ["cancelled", "failed"];
const SECURED: readonly string[] = ["paid", "authorized"];
const PAID: readonly string[] = ["paid", "refunded", "refunded_partially", "chargeback"];

/**
 * What the newest transaction that is not void says. Shopware tells how much was paid or refunded in part only where the payment's plugin books captures;
 * without them a part paid counts as nothing, and the order waits, and a part refunded as nothing.
 */
export function paymentOf(
  order: Pick<ShopwareOrder, "transactions" | "amountTotal">,
  { currency, isPickup }: { readonly currency: Currency; readonly isPickup: boolean },
): SeenPayment {
  const zero = zeroMoney(currency);
  const { amountTotal } = order;
  if (amountTotal.minor === 0)
    return { payment: { kind: "paid", paid: zero }, refunded: zero, release: "toDo", isKnown: true };
  const transaction = countingOf(order.transactions ?? []);
  const state = stateOf(transaction);
  if (transaction === null || state === null)
    return { ...unpaid({ method: "inAdvance", isPickup, paid: zero }), isKnown: transaction === null };
  if (PAID.includes(state)) {
    const refunded = state === "refunded" ? transaction.amount.totalPrice : refundsOf(transaction, currency);
    const paid = transaction.amount.totalPrice;
    const payment = { kind: "paid", paid } as const;
    return { payment, refunded: lesserMoney(refunded, paid), release: "toDo", isKnown: true };
  }
  if (state === "authorized")
    return { payment: { kind: "authorised", paid: zero }, refunded: zero, release: "toDo", isKnown: true };
  if (state === "paid_partially") {
    const paid = lesserMoney(capturesOf(transaction, currency), amountTotal);
    // Without the captures nobody knows what the customer still owes.
    const release = isPickup && paid.minor > 0 ? "toDo" : "waiting";
    return { payment: kindOf("onHandOver", { isPickup, paid }), refunded: zero, release, isKnown: true };
  }
  const isStarted = state === "open" || state === "reminded";
  return unpaid({ method: isStarted ? methodOf(transaction) : "inAdvance", isPickup, paid: zero });
}

function unpaid({
  method,
  isPickup,
  paid,
}: {
  readonly method: Method;
  readonly isPickup: boolean;
  readonly paid: Money;
}): SeenPayment {
  const release = method === "inAdvance" ? "waiting" : "toDo";
  const refunded = { ...paid, minor: 0 };
  return { payment: kindOf(method, { isPickup, paid }), refunded, release, isKnown: true };
}

/** What is paid to the carrier or by invoice is the shop's to collect: nothing is due when the goods change hands. */
function kindOf(
  method: Method,
  { isPickup, paid }: { readonly isPickup: boolean; readonly paid: Money },
): SeenPayment["payment"] {
  return { kind: isPickup && method !== "onInvoice" ? "atPickup" : "authorised", paid };
}

function methodOf({ paymentMethod }: Transaction): Method {
  const handler = paymentMethod?.handlerIdentifier?.split("\\").at(-1) ?? "";
  return METHOD_BY_NAME[paymentMethod?.technicalName ?? ""] ?? METHOD_BY_HANDLER[handler] ?? "inAdvance";
}

/**
 * The newest that is not void: a customer who pays another way leaves a transaction behind that is. One of which nothing is known may be void as well; the
 * money that an older one is known to have secured is there.
 */
function countingOf(transactions: readonly Transaction[]): Transaction | null {
  const byAge = transactions.toSorted((a, b) => msOf(a.createdAt) - msOf(b.createdAt));
  const newest = byAge.findLast((each) => !VOID.includes(stateOf(each) ?? "")) ?? byAge.at(-1) ?? null;
  if (stateOf(newest) !== null) return newest;
  return byAge.findLast((each) => SECURED.includes(stateOf(each) ?? "")) ?? newest;
}

/** Null where it is not known. */
function stateOf(transaction: Transaction | null): string | null {
  return transaction?.stateMachineState?.technicalName ?? null;
}

function capturesOf({ captures }: Transaction, currency: Currency): Money {
  const done = (captures ?? []).filter(isCompleted);
  return sumMoney(
    done.map(({ amount }) => amount.totalPrice),
    currency,
  );
}

function refundsOf({ captures }: Transaction, currency: Currency): Money {
  const done = (captures ?? []).flatMap(({ refunds }) => refunds ?? []).filter(isCompleted);
  return sumMoney(
    done.map(({ amount }) => amount.totalPrice),
    currency,
  );
}

function isCompleted({ stateMachineState }: Pick<Transaction, "stateMachineState">): boolean {
  return stateMachineState?.technicalName === "completed";
}
