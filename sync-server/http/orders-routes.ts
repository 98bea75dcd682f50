import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { idOf, type OrderId } from "#domain/ids.ts";
import type { Actor, Order } from "#domain/orders/order.ts";
import {
  hqCancelRequestSchema,
  type OrderDetail,
  type ordersAnswerSchema,
  ordersQuerySchema,
  rerouteRequestSchema,
} from "#protocol/hq/orders.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { cancelRefusal, noSuchOrder, rerouteRefusal } from "./order-refusals.ts";
import { orderDetailOf, orderRowOf } from "./order-rows.ts";
import { validated } from "./validate.ts";

type OrdersAnswer = z.infer<typeof ordersAnswerSchema>;

const orderParams = z.object({ id: z.string().min(1).max(64) });
/** Whoever has the key is HQ: who it was is told by the person where it matters, in the reason. */
const HQ: Actor = { kind: "hq", who: "HQ" };

/** What HQ sees of orders and does with them (protocol/hq/orders.ts). */
export function registerOrdersRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, deps.storage, ["hq"]));
    hq.get("/hq/v1/orders", (request) => orders(deps, request));
    hq.get("/hq/v1/orders/:id", async (request) => {
      const found = await deps.orders.find({ id: orderIdOf(request) });
      if (found === null) throw noSuchOrder();
      return detail(deps, found);
    });
    hq.post("/hq/v1/orders/:id/cancel", async (request) => {
      const { reason } = validated(hqCancelRequestSchema, request.body);
      const cancelled = await deps.orders.cancel({ name: { id: orderIdOf(request) }, reason, by: HQ });
      if (!cancelled.ok) throw cancelRefusal(cancelled.reason);
      return detail(deps, cancelled.value);
    });
    hq.post("/hq/v1/orders/:id/reroute", async (request) => {
      const { fulfilment, store: code, reason } = validated(rerouteRequestSchema, request.body);
      const store = code === null ? null : await deps.storage.read((tx) => tx.storeByCode(code));
      if (code !== null && store === null) throw new Refusal("notFound", `There is no store ${code}.`);
      const order = orderIdOf(request);
      const act = { order, fulfilment, store: store?.store ?? null, reason, by: HQ };
      const rerouted = await deps.orders.reroute(act);
      if (!rerouted.ok) throw rerouteRefusal(rerouted.reason);
      return detail(deps, rerouted.value);
    });
  });
}

async function orders(deps: ServerDeps, request: FastifyRequest): Promise<OrdersAnswer> {
  const { status, store: code, search, offset, limit } = validated(ordersQuerySchema, request.query);
  return deps.storage.read(async (tx) => {
    const stores = await tx.stores();
    const store = code === undefined ? null : await tx.storeByCode(code);
    if (code !== undefined && store === null) throw new Refusal("notFound", `There is no store ${code}.`);
    const ask = { status: status ?? null, store: store?.store ?? null, search, offset, limit };
    const found = await tx.orders(ask);
    return { orders: found.orders.map((order) => orderRowOf(order, { stores })), total: found.total };
  });
}

function detail(deps: ServerDeps, order: Order): Promise<OrderDetail> {
  return deps.storage.read(async (tx) => {
    const stores = await tx.stores();
    return orderDetailOf(order, {
      names: { stores, staff: await tx.staffNames() },
      rules: (await tx.retailerRules()).attribution,
      exceptions: await tx.exceptionsOf(order.id),
    });
  });
}

function orderIdOf(request: FastifyRequest): OrderId {
  return idOf<"Order">(validated(orderParams, request.params).id);
}
