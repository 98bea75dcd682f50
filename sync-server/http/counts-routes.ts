import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { reachesStore } from "#domain/access/roles.ts";
import type { CountId } from "#domain/ids.ts";
import { areasToldTwice, standingAreas } from "#domain/stock/count-result.ts";
import {
  bookCountRequestSchema,
  bookedAnswerSchema,
  type CountDetail,
  type CountRow,
  countDetailSchema,
  countRowSchema,
  countsAnswerSchema,
  countsQuerySchema,
  leaveOutRequestSchema,
  moveCountRequestSchema,
  planCountRequestSchema,
  type ResultRow,
  recountRequestSchema,
  resultsAnswerSchema,
  resultsQuerySchema,
} from "#protocol/hq/counts.ts";
import { idSchema } from "#protocol/scalars.ts";
import type { CountRefusal } from "../stock/counts.ts";
import type { CountRecord, LevelRecord, NamedResult } from "../stock/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Asker, calledAtHq } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";
import { seenCosts, worthIn } from "./stock-rows.ts";

const countParams = z.object({ id: idSchema<"Count">() });
const areaParams = z.object({ id: idSchema<"Count">(), area: idSchema<"AreaCount">() });

const COUNT_TRAIL = {
  subject: "count",
  id: ({ params }: { readonly params: { readonly id: CountId } }) => params.id,
  state: (tx: ReadTransaction, { params }: { readonly params: { readonly id: CountId } }) =>
    tx.count(params.id),
};

export const COUNT_CALLS = {
  counts: hqCall({
    method: "GET",
    path: "/hq/v1/counts",
    summary: "Counts that stores were asked for, the newest first",
    right: "stock.read",
    reach: { code: "query" },
    params: null,
    query: countsQuerySchema,
    body: null,
    answer: countsAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  planCount: hqCall({
    method: "POST",
    path: "/hq/v1/counts",
    summary: "Ask a store to count",
    right: "stock.edit",
    reach: "filtered",
    params: null,
    query: null,
    body: planCountRequestSchema,
    answer: countRowSchema,
    status: 201,
    refusals: ["notFound", "badRequest"],
    trail: { subject: "count", id: () => null },
  }),
  count: hqCall({
    method: "GET",
    path: "/hq/v1/counts/:id",
    summary: "A count and the areas that were told of",
    right: "stock.read",
    reach: "filtered",
    params: countParams,
    query: null,
    body: null,
    answer: countDetailSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  countResults: hqCall({
    method: "GET",
    path: "/hq/v1/counts/:id/results",
    summary: "What a count found, what is furthest off first",
    right: "stock.read",
    reach: "filtered",
    params: countParams,
    query: resultsQuerySchema,
    body: null,
    answer: resultsAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  moveCount: hqCall({
    method: "POST",
    path: "/hq/v1/counts/:id/state",
    summary: "Say that a store is done counting, that nobody is to count, or that HQ is done with it",
    right: "stock.edit",
    reach: "filtered",
    params: countParams,
    query: null,
    body: moveCountRequestSchema,
    answer: countRowSchema,
    refusals: ["notFound", "conflict"],
    trail: COUNT_TRAIL,
  }),
  leaveOutArea: hqCall({
    method: "POST",
    path: "/hq/v1/counts/:id/areas/:area",
    summary: "Leave the figures of an area out, or take them in again",
    right: "stock.edit",
    reach: "filtered",
    params: areaParams,
    query: null,
    body: leaveOutRequestSchema,
    answer: countDetailSchema,
    refusals: ["notFound"],
    trail: COUNT_TRAIL,
  }),
  bookCount: hqCall({
    method: "POST",
    path: "/hq/v1/counts/:id/book",
    summary: "Bring the books to what was found",
    words: "Each article by the books of the moment it was counted at: what was sold since stays sold.",
    right: "stock.edit",
    reach: "filtered",
    params: countParams,
    query: null,
    body: bookCountRequestSchema,
    answer: bookedAnswerSchema,
    refusals: ["notFound", "conflict"],
    trail: COUNT_TRAIL,
  }),
  recount: hqCall({
    method: "POST",
    path: "/hq/v1/counts/:id/again",
    summary: "Have some articles of a count counted anew",
    right: "stock.edit",
    reach: "filtered",
    params: countParams,
    query: null,
    body: recountRequestSchema,
    answer: countRowSchema,
    status: 201,
    refusals: ["notFound", "conflict"],
    trail: COUNT_TRAIL,
  }),
};

/** Counts that HQ plans, what stores found, and what is booked of it (protocol/hq/counts.ts). */
export function registerCountsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, counts } = deps;
  serve(app, deps, COUNT_CALLS.counts, ({ query: { store: code, limit }, asker }) =>
    storage.read(async (tx) => {
      const stores = code === undefined ? asker.stores : [(await ownStoreCalled(tx, asker, code)).store];
      const found = await tx.counts({ stores, limit });
      return { counts: await Promise.all(found.map((count) => countRowOf(tx, count))) };
    }),
  );
  serve(app, deps, COUNT_CALLS.planCount, async ({ body, asker }) => {
    const { store } = await storage.read((tx) => ownStoreCalled(tx, asker, body.store));
    const planned = await counts.plan({ ...body, store, by: calledAtHq(asker) });
    if (planned.ok) return storage.read((tx) => countRowOf(tx, planned.value));
    if (typeof planned.reason === "object")
      throw new Refusal("badRequest", `No article has the SKU ${planned.reason.unknownSku}.`, ["unknownSku"]);
    throw refusal(planned.reason);
  });
  serve(app, deps, COUNT_CALLS.count, ({ params: { id }, asker }) =>
    storage.read(async (tx) => countDetailOf(tx, await ownCount(tx, asker, id))),
  );
  serve(app, deps, COUNT_CALLS.countResults, ({ params: { id }, query: { show, ...page }, asker }) =>
    storage.read(async (tx) => {
      const count = await ownCount(tx, asker, id);
      const rows =
        show === "uncounted"
          ? (await tx.uncounted({ count, ...page })).map(uncountedRowOf)
          : (await tx.countResults({ count: id, off: show === "off", ...page })).map(resultRowOf);
      const costs = await seenCosts(
        tx,
        asker,
        rows.map(({ variant }) => variant),
      );
      return {
        results: rows.map((row) => ({
          ...row,
          ...worthIn(costs, { variant: row.variant, pieces: row.difference }),
        })),
      };
    }),
  );
  registerActs(app, deps);
}

function registerActs(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, counts } = deps;
  const mine = (asker: Asker, id: CountId) => storage.read((tx) => ownCount(tx, asker, id));
  serve(app, deps, COUNT_CALLS.moveCount, async ({ params: { id }, body: { state }, asker }) => {
    await mine(asker, id);
    const moved = await counts.moveTo(id, { state, by: calledAtHq(asker) });
    if (!moved.ok) throw refusal(moved.reason);
    return storage.read((tx) => countRowOf(tx, moved.value));
  });
  serve(app, deps, COUNT_CALLS.leaveOutArea, async ({ params: { id, area }, body: { leftOut }, asker }) => {
    const count = await mine(asker, id);
    const done = await counts.leaveOut(id, { area, leftOut });
    if (!done.ok) throw refusal(done.reason);
    return storage.read((tx) => countDetailOf(tx, count));
  });
  serve(app, deps, COUNT_CALLS.bookCount, async ({ params: { id }, body, asker }) => {
    const count = await mine(asker, id);
    const done = await counts.book(id, { ...body, by: calledAtHq(asker) });
    if (!done.ok) throw refusal(done.reason);
    return { booked: done.value, count: await storage.read((tx) => countRowOf(tx, count)) };
  });
  serve(app, deps, COUNT_CALLS.recount, async ({ params: { id }, body, asker }) => {
    await mine(asker, id);
    const planned = await counts.again(id, { ...body, by: calledAtHq(asker) });
    if (!planned.ok) throw refusal(planned.reason);
    return storage.read((tx) => countRowOf(tx, planned.value));
  });
}

const REFUSALS: Readonly<Record<CountRefusal, readonly ["notFound" | "conflict" | "badRequest", string]>> = {
  noSuchCount: ["notFound", "There is no such count."],
  nothingToCount: ["badRequest", "There is nothing to count."],
  tooMany: ["badRequest", "So many articles are too many for one list."],
  toldTwice: ["conflict", "An area was told twice. Leave one of its figures out first."],
  notNow: ["conflict", "The count is not at the point where this can be done."],
};

function refusal(reason: CountRefusal): Refusal {
  const [as, words] = REFUSALS[reason];
  return new Refusal(as, words, [reason]);
}

async function ownCount(tx: ReadTransaction, asker: Asker, id: CountId): Promise<CountRecord> {
  const count = await tx.count(id);
  if (count === null || !reachesStore(asker.stores, count.store)) throw refusal("noSuchCount");
  return count;
}

async function countRowOf(tx: ReadTransaction, count: CountRecord): Promise<CountRow> {
  const store = await tx.store(count.store);
  const { finished, ...plan } = count;
  return {
    ...plan,
    store: store?.code ?? count.store,
    storeName: store?.name ?? "",
    finishedAt: finished?.at ?? null,
    finishedBy: finished?.by ?? "",
    ...(await tx.countTotals(count.id)),
  };
}

async function countDetailOf(tx: ReadTransaction, count: CountRecord): Promise<CountDetail> {
  const areas = await tx.countAreas(count.id);
  const standing = new Set(standingAreas(areas).map(({ id }) => id));
  const twice = new Set(areasToldTwice(areas).map(({ id }) => id));
  return {
    count: await countRowOf(tx, count),
    areas: areas.map(({ id, area, register, staff, at, articles, pieces, leftOut }) => ({
      id,
      area,
      register,
      staff,
      at,
      articles,
      pieces,
      leftOut,
      replaced: !leftOut && !standing.has(id),
      toldTwice: twice.has(id),
    })),
    uncounted: await tx.uncountedTotal(count),
  };
}

function resultRowOf(result: NamedResult): ResultRow {
  const { variant, sku, title, options, category, counted, lastAt, expected, between, booked, again } =
    result;
  return {
    variant,
    sku,
    title,
    options: [...options],
    category,
    counted,
    countedAt: lastAt,
    expected,
    difference: booked ?? counted - expected,
    between,
    booked: booked !== null,
    again,
  };
}

function uncountedRowOf({ variant, sku, title, options, category, onHand }: LevelRecord): ResultRow {
  return {
    variant,
    sku,
    title,
    options: [...options],
    category,
    counted: null,
    countedAt: null,
    expected: onHand,
    difference: -onHand,
    between: 0,
    booked: false,
    again: false,
  };
}
