import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type Instant, idOf, instant, type StoreId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { AdjustmentRefusal } from "#domain/stock/adjusting.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  adjustmentReasonsAnswerSchema,
  adjustRequestSchema,
  type LevelRow,
  levelRowSchema,
  levelsAnswerSchema,
  levelsFilterSchema,
  levelsQuerySchema,
  MAX_LEVELS_COUNTED,
  movementsAnswerSchema,
  movementsQuerySchema,
} from "#protocol/hq/stock.ts";
import { addedReasons, adjustAtHq, putReasons } from "../stock/adjust.ts";
import type { LevelRecord, LevelsAsk, MovementPlace } from "../stock/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Asker, calledAtHq, hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";
import { pagedCsv } from "./paged-csv.ts";
import { levelRowOf, movementRowsOf, seenCosts } from "./stock-rows.ts";

const DAY_MS = 86_400_000;
const EXPORTED_AT_ONCE = 2_000;
/** Beyond these the file ends: whoever wants more asks store by store. */
const MAX_EXPORTED = 250_000;
const levelParams = z.object({ code: z.string().min(1).max(16), variant: z.string().min(1).max(64) });

export const STOCK_CALLS = {
  levels: hqCall({
    method: "GET",
    path: "/hq/v1/stock",
    summary: "How much of each article there is in each store",
    right: "stock.read",
    reach: { code: "query" },
    params: null,
    query: levelsQuerySchema,
    body: null,
    answer: levelsAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  levelsCsv: hqCall({
    method: "GET",
    path: "/hq/v1/stock/csv",
    summary: "The same as a table to take away",
    words: `UTF-8, separated by commas, at most ${MAX_EXPORTED} levels.`,
    right: "stock.read",
    reach: { code: "query" },
    params: null,
    query: levelsFilterSchema,
    body: null,
    answer: { files: ["text/csv"] },
    refusals: ["notFound"],
    trail: "none",
  }),
  movements: hqCall({
    method: "GET",
    path: "/hq/v1/stores/:code/stock/:variant/movements",
    summary: "The movements that a level is made of, the newest first",
    right: "stock.read",
    reach: { code: "path" },
    params: levelParams,
    query: movementsQuerySchema,
    body: null,
    answer: movementsAnswerSchema,
    refusals: ["notFound", "badRequest"],
    trail: "none",
  }),
  adjustStock: hqCall({
    method: "POST",
    path: "/hq/v1/stores/:code/stock/:variant/adjust",
    summary: "Say that pieces are there or gone, and why",
    right: "stock.edit",
    reach: { code: "path" },
    params: levelParams,
    query: null,
    body: adjustRequestSchema,
    answer: levelRowSchema,
    refusals: ["notFound", "badRequest"],
    trail: {
      subject: "stock",
      id: ({ params }) => `${params.code} ${params.variant}`,
      state: async (tx, { params }) => {
        const store = await tx.storeByCode(params.code.toUpperCase());
        return store === null
          ? null
          : tx.level({ store: store.store, variant: idOf<"Variant">(params.variant) });
      },
    },
  }),
  adjustmentReasons: hqCall({
    method: "GET",
    path: "/hq/v1/adjustment-reasons",
    summary: "The reasons for adjustments that the retailer added to the usual ones",
    right: "stock.read",
    reach: "shared",
    params: null,
    query: null,
    body: null,
    answer: adjustmentReasonsAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  putAdjustmentReasons: hqCall({
    method: "PUT",
    path: "/hq/v1/adjustment-reasons",
    summary: "Decide which reasons there are besides the usual ones",
    right: "rules.edit",
    reach: "allStores",
    params: null,
    query: null,
    body: adjustmentReasonsAnswerSchema,
    answer: adjustmentReasonsAnswerSchema,
    refusals: [],
    trail: {
      subject: "adjustmentReasons",
      id: () => "retailer",
      state: async (tx) => (await tx.stores())[0]?.adjustmentReasons ?? [],
    },
  }),
};

/** What there is in the stores, what it is made of, and what people say is there or gone (protocol/hq/stock.ts). */
export function registerStockRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher, now } = deps;
  serve(app, deps, STOCK_CALLS.levels, async ({ query: { offset, limit, ...filter }, asker }) =>
    storage.read(async (tx) => {
      const ask = await askOf(tx, filter, { asker, now: now() });
      const stores = await storesById(tx);
      const levels = await tx.levels({ ...ask, offset, limit });
      const counted = await tx.levelCount({ ...ask, limit: MAX_LEVELS_COUNTED + 1 });
      const costs = await costsOfLevels(tx, asker, levels);
      return {
        levels: levels.map((level) => levelRowOf(level, stores, costs)),
        total: Math.min(counted, MAX_LEVELS_COUNTED),
        isMore: counted > MAX_LEVELS_COUNTED,
      };
    }),
  );
  serve(app, deps, STOCK_CALLS.levelsCsv, async ({ query, asker, reply }) => {
    const ask = await storage.read((tx) => askOf(tx, query, { asker, now: now() }));
    const stores = await storage.read(storesById);
    const lines = pagedCsv({
      columns: hasRight(asker, "margins.read") ? [...COLUMNS, ...COST_COLUMNS] : COLUMNS,
      cellsOf,
      page: (offset) =>
        storage.read(async (tx) => {
          const levels = await tx.levels({ ...ask, offset, limit: EXPORTED_AT_ONCE });
          const costs = await costsOfLevels(tx, asker, levels);
          return levels.map((level) => levelRowOf(level, stores, costs));
        }),
      atOnce: EXPORTED_AT_ONCE,
      most: MAX_EXPORTED,
    });
    return reply
      .header("cache-control", "no-store")
      .header("content-disposition", 'attachment; filename="stock.csv"')
      .type("text/csv; charset=utf-8")
      .send(Readable.from(lines));
  });
  serve(app, deps, STOCK_CALLS.movements, async ({ params: { code, variant: id }, query, asker }) =>
    storage.read(async (tx) => {
      const variant = idOf<"Variant">(id);
      const { store } = await ownStoreCalled(tx, asker, code);
      const level = await tx.level({ store, variant });
      if (level === null) throw nothingThere();
      const before = query.before === undefined ? null : placeOf(query.before);
      const found = await tx.movements({ store, variant, before, limit: query.limit + 1 });
      const shown = found.slice(0, query.limit);
      const [newest] = shown;
      const after = newest === undefined ? 0 : await tx.levelUpTo({ store, variant, upTo: newest });
      const oldest = found.length > query.limit ? shown.at(-1) : undefined;
      return {
        level: levelRowOf(level, await storesById(tx), await costsOfLevels(tx, asker, [level])),
        movements: await movementRowsOf(tx, shown, after),
        next: oldest === undefined ? null : placeText(oldest),
      };
    }),
  );
  serve(app, deps, STOCK_CALLS.adjustStock, async ({ params: { code, variant: of }, body, asker }) => {
    const variant = idOf<"Variant">(of);
    const { id: act, ...said } = body;
    return publisher.publish(async (publication) => {
      const { tx } = publication;
      const { store } = await ownStoreCalled(tx, asker, code);
      if ((await tx.productWith(variant)) === null) throw nothingThere();
      const done = await adjustAtHq(publication, { ...said, store, variant, act, by: calledAtHq(asker) });
      if (!done.ok) throw new Refusal("badRequest", ADJUSTMENT_REFUSALS[done.reason], [done.reason]);
      const level = await tx.level({ store, variant });
      if (level === null) throw nothingThere();
      return levelRowOf(level, await storesById(tx));
    });
  });
  serve(app, deps, STOCK_CALLS.adjustmentReasons, async () => ({ reasons: await addedReasons(storage) }));
  serve(app, deps, STOCK_CALLS.putAdjustmentReasons, async ({ body: { reasons } }) => {
    await putReasons(publisher, reasons);
    return { reasons };
  });
}

const ADJUSTMENT_REFUSALS: Readonly<Record<AdjustmentRefusal, string>> = {
  noSuchReason: "There is no such reason.",
  wrongDirection: "For this reason pieces go the other way.",
  noPieces: "Say how many pieces are there or gone.",
  tooMany: "No shelf holds so many pieces.",
};

function nothingThere(): Refusal {
  return new Refusal("notFound", "Nothing of this article ever was in this store.");
}

type Filter = z.output<typeof levelsFilterSchema>;

async function askOf(
  tx: ReadTransaction,
  { store: code, idleDays, ...filter }: Filter,
  { asker, now }: { readonly asker: Asker; readonly now: Instant },
): Promise<LevelsAsk> {
  const stores: readonly StoreId[] | null =
    code === undefined ? asker.stores : [(await ownStoreCalled(tx, asker, code)).store];
  return { ...filter, stores, idleSince: instant(Math.max(0, now - idleDays * DAY_MS)) };
}

async function storesById(tx: ReadTransaction): Promise<ReadonlyMap<string, StoreSettings>> {
  return new Map((await tx.stores()).map((store) => [store.store, store]));
}

const COLUMNS = [
  "store",
  "sku",
  "title",
  "options",
  "category",
  "on_hand",
  "reserved",
  "safety_stock",
  "available",
  "in_transit",
  "last_sold",
  "last_counted",
  "last_moved",
] as const;

/** For those who may see what goods cost. */
const COST_COLUMNS = ["cost", "value", "currency"] as const;

function costsOfLevels(tx: ReadTransaction, asker: Asker, levels: readonly LevelRecord[]) {
  return seenCosts(
    tx,
    asker,
    levels.map(({ variant }) => variant),
  );
}

function cellsOf(row: LevelRow) {
  const { cost, value } = row;
  return [
    row.store,
    row.sku,
    row.title,
    row.options.join(" / "),
    row.category,
    row.onHand,
    row.reserved,
    row.safetyStock,
    row.available,
    row.inTransit,
    dateOf(row.soldAt),
    dateOf(row.countedAt),
    dateOf(row.movedAt),
    ...(cost === undefined
      ? []
      : [
          cost === null ? null : decimalText(cost),
          value === null || value === undefined ? null : decimalText(value),
          cost?.currency ?? null,
        ]),
  ];
}

function dateOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

const PLACE = /^(\d{1,16}) (.+)$/s;

function placeText({ at, cause }: MovementPlace): string {
  return `${at} ${cause}`;
}

function placeOf(text: string): MovementPlace {
  const [, at, cause] = PLACE.exec(text) ?? [];
  if (at === undefined || cause === undefined)
    throw new Refusal("badRequest", "No page of movements begins there.");
  return { at: instant(Number(at)), cause };
}
