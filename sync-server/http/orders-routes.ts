import type { FastifyInstance } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import { idOf } from "#domain/ids.ts";
import type { Actor, Order } from "#domain/orders/order.ts";
import type { OrderDetail } from "#protocol/hq/orders.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled, serve, storesAsked } from "./hq-call.ts";
import { cancelRefusal, editRefusal, noSuchOrder, rerouteRefusal } from "./order-refusals.ts";
import { orderDetailOf, orderRowOf } from "./order-rows.ts";
import { ORDER_CALLS } from "./orders-calls.ts";

/** What HQ sees of orders and does with them (protocol/hq/orders.ts). */
export function registerOrdersRoutes(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, ORDER_CALLS.orders, ({ query: { store: code, status = null, ...rest }, asker }) =>
    deps.storage.read(async (tx) => {
      const stores = await tx.stores();
      const found = await tx.orders({ ...rest, status, store: await storesAsked(tx, asker, code) });
      const orders = found.orders.map((order) => orderRowOf(order, { stores, reach: asker.stores }));
      return { orders, total: found.total };
    }),
  );
  serve(app, deps, ORDER_CALLS.order, async ({ params: { id }, asker }) =>
    detail(deps, asker, await ownOrder(deps, asker, id)),
  );
  serve(app, deps, ORDER_CALLS.cancelOrder, async ({ params: { id }, body: { reason }, asker }) => {
    const order = await wholeOrder(deps, asker, id);
    const cancelled = await deps.orders.cancel({ name: { id: order.id }, reason, by: actorOf(asker) });
    if (!cancelled.ok) throw cancelRefusal(cancelled.reason);
    return detail(deps, asker, cancelled.value);
  });
  serve(app, deps, ORDER_CALLS.editOrder, async ({ params: { id }, body, asker }) => {
    const order = await wholeOrder(deps, asker, id);
    const { contact = null, address = null, note = null, ...rest } = body;
    const edit = { ...rest, contact, address, note };
    const edited = await deps.orders.edit({ order: order.id, edit, by: actorOf(asker) });
    if (!edited.ok) throw editRefusal(edited.reason);
    return detail(deps, asker, edited.value);
  });
  serve(app, deps, ORDER_CALLS.refundOrder, async ({ params: { id }, body, asker }) => {
    const order = await ownOrder(deps, asker, id);
    const refunded = await deps.orders.refund({ ...body, order: order.id, by: actorOf(asker) });
    if (!refunded.ok) throw editRefusal(refunded.reason);
    return detail(deps, asker, refunded.value);
  });
  serve(app, deps, ORDER_CALLS.rerouteOrder, async ({ params, body, asker }) => {
    const { fulfilment, store: code, reason } = body;
    const order = await ownOrder(deps, asker, params.id);
    const store =
      code === null ? null : (await deps.storage.read((tx) => ownStoreCalled(tx, asker, code))).store;
    const part = order.fulfilments.find(({ id }) => id === fulfilment);
    if (asker.stores !== null && !reachesStore(asker.stores, part?.store ?? null))
      throw rerouteRefusal("noSuchFulfilment");
    const act = { order: order.id, fulfilment, store, reason, by: actorOf(asker) };
    const rerouted = await deps.orders.reroute(act);
    if (!rerouted.ok) throw rerouteRefusal(rerouted.reason);
    return detail(deps, asker, rerouted.value);
  });
}

/** An order that a store of whoever asks does a part of, or did until it declined. */
async function ownOrder(deps: ServerDeps, { stores }: Asker, id: string): Promise<Order> {
  const found = await deps.orders.find({ id: idOf<"Order">(id) });
  const isOwn =
    stores === null || found?.fulfilments.some(({ store }) => reachesStore(stores, store)) === true;
  if (found === null || !isOwn) throw noSuchOrder();
  return found;
}

/** An order that no store of others does a part of: what is done to it whole is theirs to do. */
async function wholeOrder(deps: ServerDeps, asker: Asker, id: string): Promise<Order> {
  const order = await ownOrder(deps, asker, id);
  if (partsOf(order).some(({ store }) => !reachesStore(asker.stores, store)))
    throw new Refusal("forbidden", "Another store does a part of this order. Ask HQ.");
  return order;
}

function partsOf({ fulfilments }: Order): Order["fulfilments"] {
  return fulfilments.filter(({ state }) => state !== "declined");
}

/** Whoever has a key is HQ: who it was is told by the person where it matters, in the reason. */
function actorOf(asker: Asker): Actor {
  return { kind: "hq", who: asker.kind === "user" ? asker.name : "HQ" };
}

function detail(deps: ServerDeps, { stores: reach }: Asker, order: Order): Promise<OrderDetail> {
  return deps.storage.read(async (tx) => {
    const stores = await tx.stores();
    const exceptions: string[] = [];
    for (const id of await tx.exceptionsOf(order.id)) {
      const exception = reach === null ? null : await tx.exception(id);
      if (reach === null || reachesStore(reach, exception?.store ?? null)) exceptions.push(id);
    }
    return orderDetailOf(order, {
      names: { stores, staff: await staffNames(tx, reach), reach },
      rules: (await tx.retailerRules()).attribution,
      exceptions,
    });
  });
}

/** The names of those who work in one of these stores. */
async function staffNames(tx: ReadTransaction, reach: Asker["stores"]): Promise<ReadonlyMap<string, string>> {
  if (reach === null) return tx.staffNames();
  const known = await tx.colleagues({ store: reach, active: null, search: "" });
  return new Map(known.map(({ member: { id, name } }) => [id, name]));
}
