import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { variantLabel } from "#domain/product/variant-label.ts";
import { checkReorderRule, type ReorderRefusal } from "#domain/stock/replenish.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  type Proposal,
  type PutReorderRule,
  proposalsAnswerSchema,
  proposalsFilterSchema,
  proposalsQuerySchema,
  putReorderRuleSchema,
  type ReorderRuleRow,
  reorderRulesAnswerSchema,
  reorderRulesQuerySchema,
} from "#protocol/hq/replenish.ts";
import { proposalsOf } from "../stock/replenish.ts";
import type { ReorderRuleKey, ReorderRuleRecord } from "../stock/replenish-port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { answeredAside, goneWith } from "./answered-aside.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ACTS, hqCall, LOOKS, ownStoreCalled, ownStores, serve, storesAsked } from "./hq-call.ts";
import { pagedCsv } from "./paged-csv.ts";

const EXPORTED_AT_ONCE = 5_000;
/** Beyond these the file ends: whoever wants more asks category by category. */
const MAX_EXPORTED = 100_000;

export const REPLENISH_CALLS = {
  proposals: hqCall({
    ...LOOKS,
    path: "/hq/v1/replenishment",
    summary: "What a store is to get of each article, and why",
    words:
      "Articles with a rule of which the store has, with what is on its way, no more than the reorder point: as many as are missing to the target, in whole packs. " +
      "They are had by asking for a delivery (`POST /hq/v1/deliveries`); what is on its way is not proposed again.",
    right: "stock.read",
    reach: { code: "query" },
    query: proposalsQuerySchema,
    answer: proposalsAnswerSchema,
    refusals: ["notFound", "tooManyRequests"],
  }),
  proposalsCsv: hqCall({
    ...LOOKS,
    path: "/hq/v1/replenishment/csv",
    summary: "The same as a table to take away",
    words: `UTF-8, separated by commas, at most ${MAX_EXPORTED} articles.`,
    right: "stock.read",
    reach: { code: "query" },
    query: proposalsFilterSchema,
    answer: { files: ["text/csv"] },
    refusals: ["notFound", "tooManyRequests"],
  }),
  reorderRules: hqCall({
    ...LOOKS,
    path: "/hq/v1/reorder-rules",
    summary: "When goods are ordered anew: reorder point, target and pack of categories and articles",
    right: "stock.read",
    reach: { code: "query" },
    query: reorderRulesQuerySchema,
    answer: reorderRulesAnswerSchema,
    refusals: ["notFound"],
  }),
  putReorderRule: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/reorder-rules",
    summary: "Decide when an article or a category is ordered anew, in one store or in all",
    words:
      "The narrowest rule holds: that of an article before that of its category, then that of a store before that for all stores. " +
      "Rules for all stores are for those who work for all stores.",
    right: "stock.edit",
    reach: "filtered",
    body: putReorderRuleSchema,
    answer: putReorderRuleSchema,
    refusals: ["badRequest", "forbidden", "notFound"],
    trail: {
      subject: "reorderRule",
      id: ({ body: { subject, store } }) =>
        [subject.kind === "article" ? subject.sku : subject.category, store ?? "all"].join(" "),
      state: async (tx, { body }) => {
        const key = await keyOf(tx, body);
        return key === null ? null : tx.reorderRule(key);
      },
    },
  }),
};

/** When stores need more of an article, and how much (protocol/hq/replenish.ts). */
export function registerReplenishRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage } = deps;
  serve(app, deps, REPLENISH_CALLS.proposals, async ({ query: { store: code, ...ask }, asker, reply }) => {
    const stores = await storage.read((tx) => storesOf(tx, asker, code));
    return answeredAside(
      await proposalsOf({ storage, now: deps.now() }, { ...ask, ...stores }, goneWith(reply)),
    );
  });
  serve(app, deps, REPLENISH_CALLS.proposalsCsv, async ({ query: { store: code, ...ask }, asker, reply }) => {
    const { store } = await storage.read((tx) => storesOf(tx, asker, code));
    const page = async (offset: number) =>
      answeredAside(
        await proposalsOf(
          { storage, now: deps.now() },
          { ...ask, store, givers: [], offset, limit: EXPORTED_AT_ONCE },
        ),
      ).proposals;
    // Asked for before the answer begins, so that a refusal is one.
    const first = await page(0);
    const lines = pagedCsv({
      columns: COLUMNS,
      cellsOf: (row: Proposal) => cellsOf(store, row),
      page: async (offset) => (offset === 0 ? first : page(offset)),
      atOnce: EXPORTED_AT_ONCE,
      most: MAX_EXPORTED,
    });
    return reply
      .header("cache-control", "no-store")
      .header("content-disposition", 'attachment; filename="replenishment.csv"')
      .type("text/csv; charset=utf-8")
      .send(Readable.from(lines));
  });
  serve(app, deps, REPLENISH_CALLS.reorderRules, ({ query: { store: code, ...ask }, asker }) =>
    storage.read(async (tx) => {
      const asked = await storesAsked(tx, asker, code);
      const stores = typeof asked === "string" ? [asked] : asked;
      const { rules, total } = await tx.reorderRules({ ...ask, stores });
      const codes = new Map((await tx.stores()).map((each) => [each.store, each.code]));
      return { rules: rules.map((rule) => rowOf(rule, codes)), total };
    }),
  );
  serve(app, deps, REPLENISH_CALLS.putReorderRule, async ({ body, asker }) => {
    if (body.rule !== null) {
      const checked = checkReorderRule(body.rule);
      if (!checked.ok) throw new Refusal("badRequest", REFUSALS[checked.reason], [checked.reason]);
    }
    return storage.write(async (tx) => {
      if (body.store !== null) await ownStoreCalled(tx, asker, body.store);
      else if (asker.stores !== null)
        throw new Refusal("forbidden", "Only those who work for all stores decide for all stores.");
      const key = await keyOf(tx, body);
      if (key === null) throw new Refusal("notFound", "Nobody knows this article.");
      await tx.putReorderRule(key, body.rule);
      return body;
    });
  });
}

const REFUSALS: Readonly<Record<ReorderRefusal, string>> = {
  notAbovePoint: "The target has to be above the reorder point.",
  outOfRange: "Say whole pieces, not below zero.",
};

/** The store that is asked of, and those that could send it some. */
async function storesOf(tx: ReadTransaction, asker: Asker, code: string) {
  const store = await ownStoreCalled(tx, asker, code);
  const givers = ownStores(asker, await tx.stores()).filter((each) => each.store !== store.store);
  return { store, givers };
}

/** Null where nobody knows the article or the store. */
async function keyOf(
  tx: Pick<ReadTransaction, "variantBySku" | "storeByCode">,
  { subject, store: code }: Pick<PutReorderRule, "subject" | "store">,
): Promise<ReorderRuleKey | null> {
  const settings = code === null ? null : await tx.storeByCode(code.toUpperCase());
  if (code !== null && settings === null) return null;
  const store = settings?.store ?? null;
  if (subject.kind === "category") return { of: subject, store };
  const owner = await tx.variantBySku(subject.sku);
  return owner === null ? null : { of: { kind: "article", variant: owner.variant }, store };
}

function rowOf(
  { of, store, reorderPoint, target, pack }: ReorderRuleRecord,
  codes: ReadonlyMap<StoreSettings["store"], string>,
): ReorderRuleRow {
  const figures = { store: store === null ? null : (codes.get(store) ?? store), reorderPoint, target, pack };
  if (of.kind === "category") return { subject: of, name: of.category, ...figures };
  const name = [of.title, variantLabel(of.options)].filter((word) => word !== "").join(" · ");
  return { subject: { kind: "article", sku: of.sku }, name, ...figures };
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
  "incoming",
  "sold_per_week",
  "reorder_point",
  "target",
  "pack",
  "proposed",
] as const;

function cellsOf({ code }: StoreSettings, row: Proposal): readonly (string | number)[] {
  return [
    code,
    row.sku,
    row.title,
    row.options.join(" / "),
    row.category,
    row.onHand,
    row.reserved,
    row.safetyStock,
    row.free,
    row.incoming,
    row.soldPerWeek,
    row.reorderPoint,
    row.target,
    row.pack,
    row.proposed,
  ];
}
