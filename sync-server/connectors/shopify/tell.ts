import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { ok } from "#domain/result.ts";
import { later, type NotTold } from "../answers.ts";
import type { OrderNews, Told } from "../port.ts";
import { cancel, type Done, fulfil, giveBack, markPaid, markReady, writeNote } from "./do.ts";
import type { Ask } from "./graphql.ts";
import { type OrderThere, orderThere } from "./order-there.ts";
import { fulfilmentsDue, noteDue, readyToTell, refundDue } from "./plan.ts";

/** News after which nothing is to be done there: Shopify has no word for it. */
const NO_NEWS: readonly OrderNews["type"][] = [
  "order.placed",
  "order.accepted",
  "order.rerouted",
  "order.reminder",
];

const HELD: NotTold = {
  kind: "refused",
  failure:
    "Pieces were handed out that Shopify holds back (on hold, or with another service): fulfil them there.",
};

/** Cancelling is a job of Shopify's that takes a moment, and may fail: it is done once the order shows it. */
const NOT_CANCELLED_YET = later(
  "Shopify was asked to cancel the order, and it is not cancelled yet: if it stays so, cancel it there.",
  5_000,
);

/**
 * Makes the order there what it is here: looks it up, then does only what is missing. What Shopify refuses does not keep the rest from being
 * done, and is told in the end; what may work later stops it at once.
 */
export async function tellShopifyOrder(ask: Ask, news: OrderNews): Promise<Told> {
  if (NO_NEWS.includes(news.type)) return { kind: "told" };
  const found = await orderThere(ask, news.order.externalId);
  if (!found.ok) return found.reason;
  let refusal: NotTold | null = null;
  for (const step of stepsOf(ask, { there: found.value, news })) {
    const done = await step();
    if (done.ok) continue;
    if (done.reason.kind === "later") return done.reason;
    refusal ??= done.reason;
  }
  if (!isToCancel(news.order, found.value)) return refusal ?? { kind: "told" };
  const cancelled = await cancel(ask, found.value);
  if (!cancelled.ok && cancelled.reason.kind === "later") return cancelled.reason;
  // What was refused before goes first: once the order is cancelled there, it is left alone, and nobody would hear of it.
  return refusal ?? (cancelled.ok ? NOT_CANCELLED_YET : cancelled.reason);
}

function isToCancel(order: Order, there: OrderThere): boolean {
  return order.cancelledAt !== null && !there.isCancelled && handedOf(order) === 0;
}

function stepsOf(
  ask: Ask,
  { there, news }: { readonly there: OrderThere; readonly news: OrderNews },
): readonly (() => Promise<Done>)[] {
  const { order } = news;
  const { due, held } = fulfilmentsDue(order, there);
  const refund = refundDue(order, there);
  const note = noteDue(news, there);
  let areOnTheBill = false;
  const takeOff = async (): Promise<Done> => {
    if (refund === null) return ok(null);
    const done = await giveBack(ask, { there, due: refund, news });
    areOnTheBill = !done.ok && refund.pieces.length > 0;
    return done;
  };
  // Shopify books all that the bill still has as paid: with pieces on it that nobody got, that would be more than the till took.
  const pay = async (): Promise<Done> => (areOnTheBill ? ok(null) : markPaid(ask, there));
  return [
    ...readyToTell(order, there).map(
      ({ id }) =>
        () =>
          markReady(ask, id),
    ),
    ...due.map((each) => () => fulfil(ask, each)),
    ...(held ? [async (): Promise<Done> => ({ ok: false, reason: HELD })] : []),
    takeOff,
    ...(note === null ? [] : [() => writeNote(ask, there, note)]),
    ...(isPaidHere(order) && there.canMarkAsPaid ? [pay] : []),
  ];
}

/** Paid at the till, and nothing more to come: Shopify asks for no part of it. */
function isPaidHere({ payment, fulfilments, cancelledAt }: Order): boolean {
  return payment.state === "paid" && cancelledAt === null && fulfilments.every(({ state }) => !isOpen(state));
}
