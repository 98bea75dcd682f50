import { type FulfilmentId, instant } from "#domain/ids.ts";
import { type ActContext, type FulfilmentAct, takesGoodsAway } from "#domain/orders/act.ts";
import { withSuperfluousCalledOff } from "#domain/orders/called-off.ts";
import { giveUp } from "#domain/orders/giving-up.ts";
import { allThatIsDue } from "#domain/orders/goods.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import { actOnOrder, openNeeds, withPaidPart } from "#domain/orders/routing.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveOrder } from "./ledger.ts";
import { raiseNoStore } from "./order-exceptions.ts";
import { route, type Wish } from "./route.ts";

/** One act on one fulfilment of an order. `ticket`: what was paid with it. */
export interface Performed {
  readonly order: Order;
  readonly fulfilment: FulfilmentId;
  readonly act: FulfilmentAct;
  readonly context: ActContext;
  readonly ticket?: Ticket | null;
}

/** Does an act and all that follows from it: what was declined or not found goes to another store, what expired is given back, what has left elsewhere is called off. */
export async function perform(
  publication: Publication,
  done: Performed,
  newId: () => string,
): Promise<Order> {
  const acted = afterAct(done, publication);
  let after = acted;
  if (wantsAnotherStore(done.act) && openNeeds(acted).length > 0) {
    const routed = await route(publication, { order: acted, wish: automaticWish(acted), newId });
    if (routed.ok) after = routed.value;
    else await raiseNoStore(publication, acted);
  }
  await saveOrder(publication, { before: done.order, after, newId });
  return after;
}

/** An order after an act, what it makes superfluous, pays and leaves undone; nothing of it is written. An act on a fulfilment that the order has not leaves it as it is. */
export function afterAct(
  { order, fulfilment: id, act, context, ticket = null }: Performed,
  { at }: Pick<Publication, "at">,
): Order {
  const before = partOf(order, id);
  if (before === undefined) return order;
  const done = actOnOrder({ order, fulfilment: before, act, context });
  const acted = takesGoodsAway(act.type) ? withSuperfluousCalledOff(done, byServer(context)) : done;
  const paid = withPaidPart(acted, before, ticket);
  const changed = partOf(paid, id);
  if (changed === undefined) return paid;
  if (act.type === "picked" && changed.state === "ready" && before.state !== "ready") {
    if (allThatIsDue(changed).length === 0) return cancelledEmpty(paid, changed, context);
    // The customer hears of it now, however long the till was offline: from now on it is kept.
    return replaced(paid, { ...changed, collectBy: instant(at + context.keepReadyMs) });
  }
  if (act.type === "expired" && changed.state === "expired")
    return giveUp(
      paid,
      allThatIsDue(changed).map(({ line, quantity }) => ({ line, quantity })),
    );
  return paid;
}

/** A part of which nothing was found is over: nobody comes for it. */
function cancelledEmpty(order: Order, fulfilment: Fulfilment, context: ActContext): Order {
  const act = { type: "cancelled", reason: "Nothing of it was found" } as const;
  return actOnOrder({ order, fulfilment, act, context: byServer(context) });
}

function byServer({ at, keepReadyMs }: ActContext): ActContext {
  return { at, by: { kind: "server" }, keepReadyMs };
}

function replaced(order: Order, fulfilment: Fulfilment): Order {
  const fulfilments = order.fulfilments.map((each) => (each.id === fulfilment.id ? fulfilment : each));
  return { ...order, fulfilments };
}

export function partOf(order: Order, id: FulfilmentId): Fulfilment | undefined {
  return order.fulfilments.find((each) => each.id === id);
}

function wantsAnotherStore(act: FulfilmentAct): boolean {
  return act.type === "declined" || (act.type === "picked" && act.rest === "rerouteRest");
}

/** Where goods are collected only the customer can change: an order that this store declined is moved by people alone. */
export function automaticWish({ delivery, declinedBy }: Order): Wish {
  if (delivery.kind === "ship") return "byRules";
  return declinedBy.includes(delivery.store) ? "nobody" : { store: delivery.store };
}
