import { compareMoney } from "#domain/money/arithmetic.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedByShop } from "#domain/orders/order-return.ts";
import { statusOf } from "#domain/orders/routing.ts";

/** Where the shop's order stands: a technical name for each of its state machines. */
export interface Standing {
  readonly order: string;
  /** Null where the order has no delivery. */
  readonly delivery: string | null;
  /** Of the payment that counts; null where there is none. */
  readonly transaction: string | null;
}

/** A transition of one of the order's state machines, by the name of its action. */
export interface Step {
  readonly machine: keyof Standing;
  readonly transition: string;
}

/** The way of each machine to where it is to be, from each state that it may be in; from any other nothing is done, and no state is taken back. */
const WAYS = {
  processing: { open: ["process"] },
  completed: { open: ["process", "complete"], in_progress: ["complete"] },
  cancelled: { open: ["cancel"], in_progress: ["cancel"] },
  deliveryCancelled: { open: ["cancel"] },
  shippedPartially: { open: ["ship_partially"] },
  shipped: { open: ["ship"], shipped_partially: ["ship"] },
  paid: { open: ["paid"], reminded: ["paid"], paid_partially: ["paid"] },
  refundedPartially: { paid: ["refund_partially"], paid_partially: ["refund_partially"] },
  refunded: { paid: ["refund"], paid_partially: ["refund"], refunded_partially: ["refund"] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What a transition was called before Shopware 6.7 from some states (`reminded`, `paid_partially`). */
export const FORMER_NAMES: Readonly<Record<string, string>> = { paid: "pay" };

/** What is to be done so that the shop's order is where ours is; nothing where it is already. */
export function stepsOf(order: Order, standing: Standing): readonly Step[] {
  return [
    ...along("delivery", standing, deliveryGoal(order)),
    ...along("transaction", standing, isPaidHere(order) ? "paid" : null),
    ...along("transaction", isPaidHere(order) ? paidOf(standing) : standing, refundGoal(order)),
    ...along("order", standing, orderGoal(order)),
  ];
}

function along(machine: keyof Standing, standing: Standing, goal: keyof typeof WAYS | null): readonly Step[] {
  const from = standing[machine];
  if (goal === null || from === null) return [];
  const ways: Readonly<Record<string, readonly string[]>> = WAYS[goal];
  return (ways[from] ?? []).map((transition) => ({ machine, transition }));
}

function paidOf(standing: Standing): Standing {
  const isLeft = along("transaction", standing, "paid").length > 0;
  return isLeft ? { ...standing, transaction: "paid" } : standing;
}

/** An order whose parcel nobody collected is not cancelled: people decide about it. */
function isCancelled(order: Order): boolean {
  return order.cancelledAt !== null && statusOf(order) === "cancelled";
}

function orderGoal(order: Order): keyof typeof WAYS | null {
  if (isCancelled(order)) return "cancelled";
  if (statusOf(order) === "completed") return "completed";
  const isBegun = order.fulfilments.some(({ state }) => state !== "allocated" && state !== "declined");
  return isBegun && order.cancelledAt === null ? "processing" : null;
}

function deliveryGoal(order: Order): keyof typeof WAYS | null {
  if (isCancelled(order)) return "deliveryCancelled";
  if (statusOf(order) === "completed") return "shipped";
  return isHandedInPart(order) ? "shippedPartially" : null;
}

function isHandedInPart(order: Order): boolean {
  return handedOf(order) > 0 || order.fulfilments.some(({ state }) => state === "shipped");
}

/** Paid in the store as it was collected: the shop's own payments are paid there already. */
function isPaidHere(order: Order): boolean {
  return order.payment.state === "paid" && isHandedInPart(order);
}

/** Only what the shop gives back: what a store gave back over its counter is nothing that its payment could do. */
function refundGoal(order: Order): keyof typeof WAYS | null {
  const { state, paid } = order.payment;
  const refunded = refundedByShop(order);
  if ((state !== "paid" && state !== "refunded") || refunded.minor === 0 || paid.minor === 0) return null;
  return compareMoney(refunded, paid) >= 0 ? "refunded" : "refundedPartially";
}
