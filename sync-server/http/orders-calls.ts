import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import {
  editOrderRequestSchema,
  hqCancelRequestSchema,
  orderDetailSchema,
  ordersAnswerSchema,
  ordersQuerySchema,
  refundOrderRequestSchema,
  rerouteRequestSchema,
} from "#protocol/hq/orders.ts";
import type { Trail } from "../access/trail.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

const orderParams = z.object({ id: z.string().min(1).max(64) });

/** Who ordered is in the order alone, which forgets them when they are erased. */
const trail: Trail<{ readonly params: z.output<typeof orderParams>; readonly body: unknown }> = {
  subject: "order",
  id: ({ params }) => params.id,
  state: async (tx, { params }) => {
    const order = await tx.order(idOf<"Order">(params.id));
    return order === null
      ? null
      : {
          number: order.number,
          cancelledAt: order.cancelledAt,
          payment: order.payment,
          fulfilments: order.fulfilments.map(({ id, store, state }) => ({ id, store, state })),
        };
  },
};

export const ORDER_CALLS = {
  orders: hqCall({
    ...LOOKS,
    path: "/hq/v1/orders",
    summary: "Orders, the newest first",
    words: "Of a part of the stores: those that one of them does a part of.",
    right: "orders.read",
    reach: "filtered",
    query: ordersQuerySchema,
    answer: ordersAnswerSchema,
    refusals: ["notFound"],
  }),
  order: hqCall({
    ...LOOKS,
    path: "/hq/v1/orders/:id",
    summary: "An order with its history, who is credited with it and what came back of it",
    right: "orders.read",
    reach: "filtered",
    params: orderParams,
    answer: orderDetailSchema,
    refusals: ["notFound"],
  }),
  cancelOrder: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/orders/:id/cancel",
    summary: "Cancel what was not handed over yet",
    words:
      "All of it, so whoever works for some stores cancels only orders of which no other store does a part.",
    right: "orders.act",
    reach: "filtered",
    params: orderParams,
    body: hqCancelRequestSchema,
    answer: orderDetailSchema,
    refusals: ["notFound", "forbidden", "conflict"],
    trail,
  }),
  editOrder: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/orders/:id",
    summary: "Change an order: contact, address, note, fewer pieces, how long parcels are kept",
    words:
      "What is left out stays as it is; an edit that does not fit where the order stands is refused whole. Whoever works for some stores changes only orders of which no other store does a part.",
    right: "orders.act",
    reach: "filtered",
    params: orderParams,
    body: editOrderRequestSchema,
    answer: orderDetailSchema,
    refusals: ["notFound", "forbidden", "conflict", "badRequest"],
    trail: { ...trail, secrets: ["contact", "address", "note"] },
  }),
  refundOrder: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/orders/:id/refund",
    summary: "Give money back besides goods",
    words: "The shop is told by `order.refunded` and gives it back to how the order was paid there.",
    right: "value.adjust",
    reach: "allStores",
    params: orderParams,
    body: refundOrderRequestSchema,
    answer: orderDetailSchema,
    refusals: ["notFound", "conflict", "badRequest"],
    trail,
  }),
  rerouteOrder: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/orders/:id/reroute",
    summary: "Take a part of an order to another store",
    words: "Without a part: what no store has; without a store: where the routing takes it.",
    right: "orders.act",
    reach: "filtered",
    params: orderParams,
    body: rerouteRequestSchema,
    example: { fulfilment: null, store: "HAM1", reason: "Berlin is closed today" },
    answer: orderDetailSchema,
    refusals: ["notFound", "conflict"],
    trail,
  }),
};
