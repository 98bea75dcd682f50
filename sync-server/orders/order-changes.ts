import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedByShop, returnsOf } from "#domain/orders/order-return.ts";
import type { OrderEventType } from "../events/order-events.ts";

/** What other programs are told when an order has become another: the events in the order in which they make sense. */
export function eventsBetween(before: Order | null, after: Order): readonly OrderEventType[] {
  if (before === null) return ["order.placed"];
  const became = (state: string): boolean =>
    after.fulfilments.some((each) => each.state === state && stateOf(before, each.id) !== state);
  const isCancelled = before.cancelledAt === null && after.cancelledAt !== null;
  const isExpired = became("expired");
  const events: readonly (readonly [OrderEventType, boolean])[] = [
    ["order.accepted", became("accepted") || skippedAccepting(before, after)],
    ["order.short", !isCancelled && !isExpired && after.givenUp.length > before.givenUp.length],
    ["order.rerouted", isRerouted(before, after)],
    ["order.ready", became("ready")],
    ["order.collected", handed(after, "pickup") > handed(before, "pickup")],
    ["order.shipped", handed(after, "ship") > handed(before, "ship")],
    ["order.expired", isExpired],
    ["order.cancelled", isCancelled],
    ["order.returned", returnsOf(after).length > returnsOf(before).length],
    ["order.refunded", refundedByShop(after).minor > refundedByShop(before).minor],
  ];
  return events.filter(([, happened]) => happened).map(([type]) => type);
}

function stateOf(order: Order, fulfilment: string): string | null {
  return order.fulfilments.find(({ id }) => id === fulfilment)?.state ?? null;
}

/** A store that begins to pick has taken the order on without saying so first. */
function skippedAccepting(before: Order, after: Order): boolean {
  const busy = ["picking", "ready", "short"];
  return after.fulfilments.some(
    ({ id, state }) => busy.includes(state) && stateOf(before, id) === "allocated",
  );
}

/** Given to a store after another one had it, or after none could take it at first. */
function isRerouted(before: Order, after: Order): boolean {
  return after.fulfilments.some(({ id }) => stateOf(before, id) === null);
}

function handed(order: Order, kind: "pickup" | "ship"): number {
  return handedOf({ fulfilments: order.fulfilments.filter((each) => each.kind === kind) });
}
