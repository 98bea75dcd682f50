import { lesserMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { SeenOrder } from "../port.ts";
import type { ShopwareOrder, Transaction } from "./payload.ts";

/** How an order is paid, as Shopware has it at one moment. */
export interface SeenPayment {
  readonly payment: { readonly kind: "paid" | "authorised" | "atPickup"; readonly paid: Money };
  readonly refunded: Money;
  readonly release: SeenOrder["release"];
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
    return { payment: { kind: "paid", paid: zero }, refunded: zero, release: "toDo" };
  const transaction = newestOf(order.transactions ?? []);
  const state = stateOf(transaction);
  if (transaction === null) return unpaid({ method: "inAdvance", isPickup, paid: zero });
  if (PAID.includes(state)) {
    const refunded = state === "refunded" ? transaction.amount.totalPrice : refundsOf(transaction, currency);
    const paid = transaction.amount.totalPrice;
    return { payment: { kind: "paid", paid }, refunded: lesserMoney(refunded, paid), release: "toDo" };
  }
  if (state === "authorized")
    return { payment: { kind: "authorised", paid: zero }, refunded: zero, release: "toDo" };
  if (state === "paid_partially") {
    const paid = lesserMoney(capturesOf(transaction, currency), amountTotal);
    // Without the captures nobody knows what the customer still owes.
    const release = isPickup && paid.minor > 0 ? "toDo" : "waiting";
    return { payment: kindOf("onHandOver", { isPickup, paid }), refunded: zero, release };
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
  return { payment: kindOf(method, { isPickup, paid }), refunded: { ...paid, minor: 0 }, release };
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

/** A customer who pays another way leaves a transaction behind that is void. */
function newestOf(transactions: readonly Transaction[]): Transaction | null {
  const byAge = transactions.toSorted((a, b) => msOf(a.createdAt) - msOf(b.createdAt));
  return byAge.findLast((each) => !VOID.includes(stateOf(each))) ?? byAge.at(-1) ?? null;
}

function msOf(moment: string | null | undefined): number {
  return moment ? Date.parse(moment) : 0;
}

function stateOf(transaction: Transaction | null): string {
  return transaction?.stateMachineState?.technicalName ?? "open";
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
