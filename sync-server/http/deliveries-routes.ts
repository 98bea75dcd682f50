import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { reachesStore } from "#domain/access/roles.ts";
import { type BusinessDay, type DeliveryId, type Instant, idOf } from "#domain/ids.ts";
import { type Delivery, deliveryStores } from "#domain/stock/delivery.ts";
import {
  deliveriesAnswerSchema,
  deliveriesQuerySchema,
  deliveryActRequestSchema,
  deliveryRemovedSchema,
  editDeliverySchema,
  hqDeliverySchema,
  removeDeliveryQuerySchema,
  reservationsAnswerSchema,
  reservationsQuerySchema,
  wantDeliverySchema,
} from "#protocol/hq/deliveries.ts";
import { idSchema } from "#protocol/scalars.ts";
import type { ChangeRefusal } from "../deliveries/desk.ts";
import type { Asker } from "./asker.ts";
import { deliveryDetail, deliveryRow } from "./delivery-rows.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";
import { reservationsOf } from "./reservation-rows.ts";
import { seenCosts } from "./stock-rows.ts";
import { storeCalled } from "./store-called.ts";

const deliveryParams = z.object({ id: idSchema<"Delivery">() });

export const DELIVERY_CALLS = {
  deliveries: hqCall({
    method: "GET",
    path: "/hq/v1/deliveries",
    summary: "What suppliers are to bring and what moves between stores, the newest first",
    right: "stock.read",
    reach: "filtered",
    params: null,
    query: deliveriesQuerySchema,
    body: null,
    answer: deliveriesAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  delivery: hqCall({
    method: "GET",
    path: "/hq/v1/deliveries/:id",
    summary: "A delivery with its lines and all that happened to it",
    right: "stock.read",
    reach: "filtered",
    params: deliveryParams,
    query: null,
    body: null,
    answer: hqDeliverySchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  wantDelivery: hqCall({
    method: "POST",
    path: "/hq/v1/deliveries",
    summary: "Ask for a transfer, or say what a supplier is to bring",
    words:
      "Made once for each `reference` of a supplier, and for each `id`: the same delivery asked for again answers the one that is there, another one under its reference or id is a conflict.",
    right: "stock.edit",
    reach: "filtered",
    params: null,
    query: null,
    body: wantDeliverySchema,
    answer: hqDeliverySchema,
    status: 201,
    refusals: ["badRequest", "notFound", "conflict"],
    trail: { subject: "delivery", id: () => null },
  }),
  actOnDelivery: hqCall({
    method: "POST",
    path: "/hq/v1/deliveries/:id/acts",
    summary: "Confirm a draft, close a delivery short, or cancel it",
    right: "stock.edit",
    reach: "filtered",
    params: deliveryParams,
    query: null,
    body: deliveryActRequestSchema,
    answer: hqDeliverySchema,
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "delivery",
      id: ({ params }) => params.id,
      state: (tx, { params }) => tx.goodsDelivery(params.id),
    },
  }),
  editDelivery: hqCall({
    method: "PUT",
    path: "/hq/v1/deliveries/:id",
    summary: "Change a delivery that was not sent yet",
    words:
      "All of a draft but its kind; of a delivery that its stores know of, what is in it, its day, its note and whether they count it blind. Refused where it was changed since `version`.",
    right: "stock.edit",
    reach: "filtered",
    params: deliveryParams,
    query: null,
    body: editDeliverySchema,
    answer: hqDeliverySchema,
    refusals: ["badRequest", "notFound", "conflict"],
    trail: {
      subject: "delivery",
      id: ({ params }) => params.id,
      state: (tx, { params }) => tx.goodsDelivery(params.id),
    },
  }),
  removeDelivery: hqCall({
    method: "DELETE",
    path: "/hq/v1/deliveries/:id",
    summary: "Delete a draft, of which no store was ever told",
    right: "stock.edit",
    reach: "filtered",
    params: deliveryParams,
    query: removeDeliveryQuerySchema,
    body: null,
    answer: deliveryRemovedSchema,
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "delivery",
      id: ({ params }) => params.id,
      state: (tx, { params }) => tx.goodsDelivery(params.id),
    },
  }),
  reservations: hqCall({
    method: "GET",
    path: "/hq/v1/reservations",
    summary: "What is promised to orders, and why so many pieces of an article are available",
    right: "stock.read",
    reach: "filtered",
    params: null,
    query: reservationsQuerySchema,
    body: null,
    answer: reservationsAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
};

/** Goods that move into and between stores, and what orders wait for (protocol/hq/deliveries.ts). */
export function registerDeliveriesRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage } = deps;
  serve(app, deps, DELIVERY_CALLS.deliveries, ({ query: { store: code, kind = null, ...ask }, asker }) =>
    storage.read(async (tx) => {
      const today = dayOf(deps.now());
      const only = code === undefined ? null : [(await ownStoreCalled(tx, asker, code)).store];
      const found = await tx.goodsDeliveries({ ...ask, kind, today, stores: only ?? asker.stores });
      const stores = await tx.stores();
      return {
        deliveries: found.deliveries.map((each) => deliveryRow(each, { stores, today })),
        total: found.total,
      };
    }),
  );
  serve(app, deps, DELIVERY_CALLS.delivery, async ({ params: { id }, asker }) =>
    detail(deps, asker, await ownDelivery(deps, asker, id)),
  );
  serve(app, deps, DELIVERY_CALLS.wantDelivery, async ({ body, asker }) => {
    const { from: fromCode, to: toCode, reference = null, by, ...wanted } = body;
    const way = await wayOf(deps, asker, { from: fromCode, to: toCode });
    const done = await deps.deliveries.want({ ...wanted, ...way, reference, by: sayerOf(asker, by) });
    if (!done.ok) throw changeRefusal(done.reason);
    return detail(deps, asker, done.value);
  });
  serve(app, deps, DELIVERY_CALLS.actOnDelivery, async ({ params: { id }, body: { act, by }, asker }) => {
    const known = await ownDelivery(deps, asker, id);
    // Only whoever waits for goods can say that they will not come.
    if (act.kind === "closedShort" && !reachesStore(asker.stores, known.to)) throw noSuchDelivery();
    const done = await deps.deliveries.act({ id, act, by: sayerOf(asker, by) });
    if (!done.ok) {
      if (done.reason === "noSuchDelivery") throw noSuchDelivery();
      throw new Refusal("conflict", "The delivery has gone on since: look at it again.", [done.reason]);
    }
    return detail(deps, asker, done.value);
  });
  serve(app, deps, DELIVERY_CALLS.editDelivery, async ({ params: { id }, body, asker }) => {
    await ownDelivery(deps, asker, id);
    const way = await wayOf(deps, asker, body);
    const done = await deps.deliveries.edit({ ...body, ...way, id });
    if (!done.ok) throw changeRefusal(done.reason);
    return detail(deps, asker, done.value);
  });
  serve(app, deps, DELIVERY_CALLS.removeDelivery, async ({ params: { id }, query: { version }, asker }) => {
    await ownDelivery(deps, asker, id);
    const done = await deps.deliveries.remove({ id, version });
    if (!done.ok) throw changeRefusal(done.reason);
    return {};
  });
  serve(app, deps, DELIVERY_CALLS.reservations, ({ query, asker }) =>
    storage.read((tx) => reservationsOf(tx, asker, query)),
  );
}

/** A person acts under their own name, whatever they say; a program may say whom it acts for. */
function sayerOf({ kind, name }: Asker, said: string): string {
  return kind === "user" || said === "" ? name : said;
}

/** The stores of these codes, of which whoever asks must reach one. */
async function wayOf(
  { storage }: ServerDeps,
  asker: Pick<Asker, "stores">,
  codes: { readonly from: string | null; readonly to: string },
): Promise<Pick<Delivery, "from" | "to">> {
  const { from, to } = await storage.read(async (tx) => ({
    from: codes.from === null ? null : (await storeCalled(tx, codes.from)).store,
    to: (await storeCalled(tx, codes.to)).store,
  }));
  if (![from, to].some((each) => each !== null && reachesStore(asker.stores, each)))
    throw new Refusal("notFound", `There is no store ${codes.to}.`);
  return { from, to };
}

async function ownDelivery(
  { storage }: ServerDeps,
  asker: Pick<Asker, "stores">,
  id: DeliveryId,
): Promise<Delivery> {
  const found = await storage.read((tx) => tx.goodsDelivery(id));
  if (found === null || !deliveryStores(found).some((store) => reachesStore(asker.stores, store)))
    throw noSuchDelivery();
  return found;
}

function detail({ storage, now }: ServerDeps, asker: Asker, of: Delivery) {
  return storage.read(async (tx) => {
    const told = await deliveryDetail(tx, of, { stores: await tx.stores(), today: dayOf(now()) });
    const costs = await seenCosts(
      tx,
      asker,
      of.lines.map(({ variant }) => variant),
    );
    return costs === null ? told : { ...told, costs: Object.fromEntries(costs) };
  });
}

/** Late is told to the day; by the calendar of UTC, as a list is of stores in several time zones. */
function dayOf(at: Instant): BusinessDay {
  return idOf<"BusinessDay">(new Date(at).toISOString().slice(0, 10));
}

function noSuchDelivery(): Refusal {
  return new Refusal("notFound", "There is no such delivery.");
}

function changeRefusal(reason: ChangeRefusal): Refusal {
  switch (reason.why) {
    case "noSuchDelivery":
      return noSuchDelivery();
    case "changedMeanwhile":
      return new Refusal("conflict", "Somebody changed this delivery meanwhile. Look at it again.", [
        reason.why,
      ]);
    case "sentAlready":
      return new Refusal(
        "conflict",
        "The goods were sent, or the delivery is over: it stays as it is. Close it short where the rest will not come, or ask for another delivery.",
        [reason.why],
      );
    case "toldAlready":
      return new Refusal(
        "conflict",
        "The stores know of this delivery: its stores, its supplier and its reference stay. Cancel it and ask for another one.",
        [reason.why],
      );
    case "otherKind":
      return new Refusal(
        "badRequest",
        "A transfer stays a transfer and a supplier's delivery a supplier's. Delete this one and make another.",
        [reason.why],
      );
    case "sameStore":
      return new Refusal("badRequest", "A store sends nothing to itself. Choose another store.", [
        "sameStore",
      ]);
    case "otherUnderReference":
      return new Refusal("conflict", "There is another delivery under this reference.", [reason.why]);
    case "noSuchArticle":
      return new Refusal("badRequest", `Nobody knows these articles: ${reason.skus.join(", ")}.`, [
        ...reason.skus,
      ]);
  }
}
