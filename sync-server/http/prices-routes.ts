import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { idOf, type PriceListId } from "#domain/ids.ts";
import { ok } from "#domain/result.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type {
  PriceChangesAnswer,
  PricesAnswer,
  priceChangesQuerySchema,
  pricesQuerySchema,
} from "#protocol/hq/prices.ts";
import { setPrice } from "../catalog/set-price.ts";
import { changeInBulk } from "../prices/bulk.ts";
import { nameOf, priceChanges } from "../prices/changes.ts";
import { type ExtrasTrouble, knownExtras, putExtras } from "../prices/extras.ts";
import { shelfLabels } from "../prices/labels.ts";
import { pricedRowOf } from "../prices/price-rows.ts";
import { type PriceTrouble, removePrice, savePrices, seqOfList } from "../prices/save-prices.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled, serve } from "./hq-call.ts";
import { PRICE_CALLS } from "./prices-calls.ts";
import { storeCalled } from "./store-called.ts";

/** Prices, what is planned of them, many changed by a rule, and the labels of what changed (protocol/hq/prices.ts). */
export function registerPricesRoutes(app: FastifyInstance, deps: ServerDeps): void {
  registerPrices(app, deps);
  registerExtras(app, deps);
  registerLabels(app, deps);
}

function registerPrices(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, PRICE_CALLS.prices, async ({ query, asker }) => {
    const page = await storage.read((tx) => pricesPage(tx, query, deps));
    if (hasRight(asker, "margins.read")) return page;
    const products = page.products.map(({ variants, ...product }) => ({
      ...product,
      variants: variants.map(withoutCost),
    }));
    return { ...page, products };
  });
  serve(app, deps, PRICE_CALLS.setPrice, async ({ body }) => {
    const changed = await setPrice(publisher, body);
    if (changed.ok) return changed.value;
    throw new Refusal(changed.reason === "unknownSku" ? "notFound" : "badRequest", TROUBLE[changed.reason]);
  });
  serve(app, deps, PRICE_CALLS.savePrices, async ({ body: { prices } }) => {
    const saved = await publisher.publish(async (publication) => {
      const done = await savePrices(publication, prices);
      if (done.ok) return { saved: done.value, lists: await seqsOf(publication.tx, prices) };
      const { trouble, sku, list } = done.reason;
      // Thrown, so that nothing of it is kept.
      throw new Refusal("badRequest", `${TROUBLE[trouble]} (${sku}, ${list})`);
    });
    return saved;
  });
  serve(app, deps, PRICE_CALLS.removePrice, async ({ body }) => {
    const removed = await publisher.publish(async (publication) => {
      const done = await removePrice(publication, body);
      return done.ok ? ok(await seqOfList(publication.tx, body.list)) : done;
    });
    if (removed.ok) return { seq: removed.value };
    throw removed.reason === "noSuchTime"
      ? new Refusal("badRequest", TROUBLE.noSuchTime)
      : new Refusal("notFound", "There is no such price.");
  });
  serve(app, deps, PRICE_CALLS.changePricesInBulk, async ({ body }) => {
    const done = await changeInBulk(body, deps);
    if (done.ok) return done.value;
    if (done.reason === "changedMeanwhile")
      throw new Refusal(
        "conflict",
        "These prices are not what they were when you looked: somebody changed some of them, or this was done already. Look again.",
        [done.reason],
      );
    throw new Refusal(
      "badRequest",
      done.reason === "otherCurrency" ? TROUBLE.wrongCurrency : TROUBLE[done.reason],
    );
  });
  serve(app, deps, PRICE_CALLS.priceChanges, ({ query }) => storage.read((tx) => changesPage(tx, query)));
}

function registerExtras(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, PRICE_CALLS.productExtras, async ({ params: { handle }, asker }) => {
    const known = await deps.storage.read((tx) => knownExtras(tx, handle));
    if (known === null) throw new Refusal("notFound", EXTRAS.unknownProduct);
    return hasRight(asker, "margins.read") ? known : { ...known, variants: known.variants.map(withoutCost) };
  });
  serve(app, deps, PRICE_CALLS.putProductExtras, async ({ params: { handle }, body: extras, asker: by }) => {
    const done = await deps.publisher.publish((publication) =>
      putExtras(publication, { handle, extras, by }),
    );
    if (done.ok) return {};
    throw new Refusal(done.reason === "unknownProduct" ? "notFound" : "badRequest", EXTRAS[done.reason]);
  });
}

function registerLabels(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, now } = deps;
  serve(app, deps, PRICE_CALLS.labels, async ({ body, asker, reply }) => {
    const { store: code, at, skus, link = null } = body;
    const { store, labels } = await storage.read(async (tx) => {
      const found = await ownStoreCalled(tx, asker, code);
      const moment = at === undefined ? now() : momentOf(at, found);
      return { store: found, labels: await shelfLabels(tx, { store: found, at: moment, skus, link }) };
    });
    if (labels.length === 0) throw new Refusal("notFound", "None of these articles has a price there.");
    const drawn = await deps.pdfs.draw({
      title: `${store.name}`,
      labels,
      language: store.locale,
      madeAt: now(),
    });
    if (!drawn.ok) throw new Refusal("tooManyRequests", "Too many documents are being made. Try again soon.");
    return reply.type("application/pdf").send(Buffer.from(drawn.value));
  });
}

/** How far the feeds go that bring these prices to the tills. */
async function seqsOf(
  tx: ReadTransaction,
  prices: readonly { readonly list: PriceListId }[],
): Promise<{ readonly list: PriceListId; readonly seq: number }[]> {
  const seqs = [];
  for (const list of new Set(prices.map((price) => price.list)))
    seqs.push({ list, seq: await seqOfList(tx, list) });
  return seqs;
}

function withoutCost<V extends { readonly cost: unknown }>(variant: V): V & { readonly cost: null } {
  return { ...variant, cost: null };
}

const TROUBLE: Readonly<Record<PriceTrouble, string>> = {
  unknownSku: "No product has this SKU.",
  unknownList: "There is no such price list.",
  wrongCurrency: "The price list is kept in another currency.",
  negative: "A price is zero or more.",
  noSuchTime: "The clocks never show this time.",
  endsBeforeItBegins: "It ends before it begins.",
  alreadyOver: "It would be over already.",
  tiersOutOfOrder: "Prices for more pieces go from few to many, each number once.",
  twice: "The same list, article and beginning is there twice.",
};

const EXTRAS: Readonly<Record<ExtrasTrouble, string>> = {
  unknownProduct: "There is no such product.",
  unknownSku: "No article has this SKU.",
  unknownTaxClass: "Not every store knows this tax class.",
  linkedToItself: "A product cannot come with itself.",
  linkHasLinks: "What comes with a product brings nothing with it itself.",
  otherCurrency: "Costs are kept in the retailer's currency.",
};

async function pricesPage(
  tx: ReadTransaction,
  { search, list, planned, offset, limit }: z.output<typeof pricesQuerySchema>,
  { now }: ServerDeps,
): Promise<PricesAnswer> {
  const at = now();
  const stores = await tx.stores();
  const which = {
    text: search,
    ...(list === undefined ? {} : { list }),
    ...(planned ? { plannedAfter: at } : {}),
  };
  const { products, total } = await tx.findPriced({ which, offset, limit });
  return { products: products.map((each) => pricedRowOf(each, { stores, at })), total };
}

function momentOf(text: string, { timeZone }: StoreSettings) {
  const at = instantOfLocalTime({ text, timeZone });
  if (at === null) throw new Refusal("badRequest", TROUBLE.noSuchTime);
  return at;
}

async function changesPage(
  tx: ReadTransaction,
  { store: code, from, until, offset, limit }: z.output<typeof priceChangesQuerySchema>,
): Promise<PriceChangesAnswer> {
  const store = await storeCalled(tx, code);
  const between = { from: momentOf(from, store), until: momentOf(until, store) };
  if (between.until <= between.from) throw new Refusal("badRequest", TROUBLE.endsBeforeItBegins);
  const changed = await priceChanges(tx, { store, ...between });
  return {
    total: changed.length,
    changes: changed.slice(offset, offset + limit).map((each) => ({
      sku: idOf<"Sku">(each.variant.sku),
      name: nameOf(each),
      gtin: each.variant.gtins[0] ?? null,
      before: each.before?.amount ?? null,
      after: each.after.amount,
      compareAt: each.after.compareAt,
      lowest30: each.after.lowest30 ?? null,
    })),
  };
}
