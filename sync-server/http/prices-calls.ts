import { z } from "zod";
import { setPriceAnswerSchema, setPriceRequestSchema } from "#protocol/hq/console.ts";
import {
  bulkAnswerSchema,
  bulkRequestSchema,
  knownExtrasAnswerSchema,
  labelsRequestSchema,
  priceChangesAnswerSchema,
  priceChangesQuerySchema,
  pricesAnswerSchema,
  pricesQuerySchema,
  productExtrasAnswerSchema,
  productExtrasRequestSchema,
  removePriceAnswerSchema,
  removePriceRequestSchema,
  savePricesAnswerSchema,
  savePricesRequestSchema,
} from "#protocol/hq/prices.ts";
import type { skuSchema } from "#protocol/scalars.ts";
import { knownExtras } from "../prices/extras.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

type Sku = z.output<typeof skuSchema>;

const handleParams = z.object({ handle: z.string().min(1).max(255) });
/** Of so many articles the audit log keeps the prices before and after. */
const MAX_ARTICLES_KEPT = 50;

export const PRICE_CALLS = {
  prices: hqCall({
    ...LOOKS,
    path: "/hq/v1/prices",
    summary: "Products with all prices of their variants, planned ones too",
    words: "Costs are told to those alone who may read margins.",
    right: "prices.read",
    reach: "shared",
    query: pricesQuerySchema,
    answer: pricesAnswerSchema,
  }),
  setPrice: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/prices",
    summary: "Set the price of an article on a list, at once and on every till within seconds",
    right: "prices.edit",
    reach: "allStores",
    body: setPriceRequestSchema,
    example: { sku: "TEE-BLK-M", list: "retail", amount: { minor: 1_990, currency: "EUR" } },
    answer: setPriceAnswerSchema,
    refusals: ["notFound", "badRequest"],
    trail: {
      subject: "price",
      id: ({ body }) => body.sku,
      state: (tx, { body }) => pricesNow(tx, [body]),
    },
  }),
  savePrices: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/prices",
    summary: "Save prices, from a moment on where one is said: all of them or none",
    right: "prices.edit",
    reach: "allStores",
    body: savePricesRequestSchema,
    example: {
      prices: [
        {
          sku: "TEE-BLK-M",
          list: "retail",
          amount: { minor: 1_490, currency: "EUR" },
          validFrom: "2026-12-01T08:00",
          validTo: "2026-12-24T20:00",
        },
      ],
    },
    answer: savePricesAnswerSchema,
    refusals: ["badRequest"],
    trail: {
      subject: "price",
      id: ({ body: { prices } }) => [...new Set(prices.map(({ sku }) => sku))].slice(0, 3).join(" "),
      state: (tx, { body }) => pricesNow(tx, body.prices),
    },
  }),
  removePrice: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/prices/remove",
    summary: "Take a price away",
    right: "prices.edit",
    reach: "allStores",
    body: removePriceRequestSchema,
    answer: removePriceAnswerSchema,
    refusals: ["notFound", "badRequest"],
    trail: {
      subject: "price",
      id: ({ body }) => body.sku,
      state: (tx, { body }) => pricesNow(tx, [body]),
    },
  }),
  changePricesInBulk: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/prices/bulk",
    summary: "Change many prices by a rule; with `dryRun` only tell what would change",
    right: "prices.edit",
    reach: "allStores",
    body: bulkRequestSchema,
    answer: bulkAnswerSchema,
    refusals: ["badRequest", "conflict"],
    trail: {
      subject: "priceList",
      id: ({ body }) => body.to ?? body.from,
      onlyLooks: ({ body }) => body.dryRun,
    },
  }),
  productExtras: hqCall({
    ...LOOKS,
    path: "/hq/v1/products/:handle/extras",
    summary: "How a product is sold, what comes with it, what it holds and costs",
    words: "Costs are told to those alone who may read margins.",
    right: "catalogue.read",
    reach: "shared",
    params: handleParams,
    answer: knownExtrasAnswerSchema,
    refusals: ["notFound"],
  }),
  putProductExtras: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/products/:handle/extras",
    summary: "Change how a product is sold, what comes with it, what it holds and costs",
    words: "What is left out stays; null takes it away.",
    right: "catalogue.edit",
    reach: "allStores",
    params: handleParams,
    body: productExtrasRequestSchema,
    answer: productExtrasAnswerSchema,
    refusals: ["notFound", "badRequest"],
    trail: {
      subject: "product",
      id: ({ params }) => params.handle,
      state: (tx, { params }) => knownExtras(tx, params.handle),
    },
  }),
  priceChanges: hqCall({
    ...LOOKS,
    path: "/hq/v1/price-changes",
    summary: "Articles of which another price holds in a store at the end of a time than at its beginning",
    right: "prices.read",
    reach: { code: "query" },
    query: priceChangesQuerySchema,
    answer: priceChangesAnswerSchema,
    refusals: ["notFound", "badRequest"],
  }),
  labels: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/labels",
    summary: "A shelf label for each article, with the price that holds in a store at a moment",
    right: "prices.read",
    reach: "filtered",
    body: labelsRequestSchema,
    answer: { files: ["application/pdf"] },
    refusals: ["notFound", "badRequest", "tooManyRequests"],
    trail: "none",
  }),
};

/** Every price of these articles on these lists. */
async function pricesNow(
  tx: ReadTransaction,
  named: readonly { readonly sku: Sku; readonly list: string }[],
): Promise<unknown> {
  const lists = new Set(named.map(({ list }) => list));
  const found = [];
  for (const sku of [...new Set(named.map((each) => each.sku))].slice(0, MAX_ARTICLES_KEPT)) {
    const owner = await tx.variantBySku(sku);
    if (owner === null) continue;
    const prices = (await tx.pricesOf(owner.variant)).filter(({ list }) => lists.has(list));
    found.push({ sku, prices: prices.map(({ variant: _, ...price }) => price) });
  }
  return found;
}
