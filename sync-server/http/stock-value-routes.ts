import type { FastifyInstance } from "fastify";
import { instant } from "#domain/ids.ts";
import { stockValueAnswerSchema, stockValueQuerySchema } from "#protocol/hq/stock-value.ts";
import { answeredAside, goneWith } from "./answered-aside.ts";
import type { ServerDeps } from "./deps.ts";
import { hqCall, LOOKS, serve, storesAsked } from "./hq-call.ts";

const DAY_MS = 86_400_000;

export const STOCK_VALUE_CALLS = {
  stockValue: hqCall({
    ...LOOKS,
    path: "/hq/v1/stock-value",
    summary: "What stock is worth at cost: on hand, in transit, and what adjustments and counts put right",
    words:
      "In each currency in which costs are known. Pieces of which nobody knows the cost stand in a row of their own, without an amount: " +
      "articles with no cost, and what is sold by weight.",
    right: "margins.read",
    reach: { code: "query" },
    query: stockValueQuerySchema,
    answer: stockValueAnswerSchema,
    refusals: ["notFound", "tooManyRequests"],
  }),
};

/** What stock is worth at cost (protocol/hq/stock-value.ts). */
export function registerStockValueRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage } = deps;
  serve(app, deps, STOCK_VALUE_CALLS.stockValue, async ({ query: { store: code, days }, asker, reply }) => {
    const asked = await storage.read((tx) => storesAsked(tx, asker, code));
    const stores = typeof asked === "string" ? [asked] : asked;
    const since = instant(Math.max(0, deps.now() - days * DAY_MS));
    return {
      rows: answeredAside(await storage.aside.read("stockValue", { stores, since }, goneWith(reply))),
    };
  });
}
