import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  bulkRequestSchema,
  type KnownExtras,
  labelsRequestSchema,
  type PriceChangesAnswer,
  type PricesAnswer,
  priceChangesQuerySchema,
  pricesQuerySchema,
  productExtrasRequestSchema,
  removePriceRequestSchema,
  savePricesRequestSchema,
} from "#protocol/hq/prices.ts";
import { changeInBulk } from "../prices/bulk.ts";
import { nameOf, priceChanges } from "../prices/changes.ts";
import { type ExtrasTrouble, knownExtras, putExtras } from "../prices/extras.ts";
import { shelfLabels } from "../prices/labels.ts";
import { pricedRowOf } from "../prices/price-rows.ts";
import { type PriceTrouble, removePrice, savePrices } from "../prices/save-prices.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

const handleParams = z.object({ handle: z.string().min(1).max(255) });

/** Prices, what is planned of them, many changed by a rule, and the labels of what changed (protocol/hq/prices.ts). */
export function registerPricesRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher, now } = deps;
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/prices", async (request) => {
      const query = validated(pricesQuerySchema, request.query);
      return storage.read((tx) => pricesPage(tx, query, deps));
    });
    hq.post("/hq/v1/prices", async (request) => {
      const { prices } = validated(savePricesRequestSchema, request.body);
      const saved = await publisher.publish(async (publication) => {
        const done = await savePrices(publication, prices);
        if (done.ok) return done.value;
        const { trouble, sku, list } = done.reason;
        // Thrown, so that nothing of it is kept.
        throw new Refusal("badRequest", `${TROUBLE[trouble]} (${sku}, ${list})`);
      });
      return { saved };
    });
    hq.post("/hq/v1/prices/remove", async (request) => {
      const wanted = validated(removePriceRequestSchema, request.body);
      const removed = await publisher.publish((publication) => removePrice(publication, wanted));
      if (removed.ok) return {};
      throw removed.reason === "noSuchTime"
        ? new Refusal("badRequest", TROUBLE.noSuchTime)
        : new Refusal("notFound", "There is no such price.");
    });
    hq.post("/hq/v1/prices/bulk", async (request) => {
      const done = await changeInBulk(validated(bulkRequestSchema, request.body), deps);
      if (done.ok) return done.value;
      throw new Refusal(
        "badRequest",
        done.reason === "otherCurrency" ? TROUBLE.wrongCurrency : TROUBLE[done.reason],
      );
    });
    hq.get("/hq/v1/products/:handle/extras", async (request): Promise<KnownExtras> => {
      const { handle } = validated(handleParams, request.params);
      const known = await storage.read((tx) => knownExtras(tx, handle));
      if (known === null) throw new Refusal("notFound", EXTRAS.unknownProduct);
      return known;
    });
    hq.put("/hq/v1/products/:handle/extras", async (request) => {
      const { handle } = validated(handleParams, request.params);
      const extras = validated(productExtrasRequestSchema, request.body);
      const done = await publisher.publish((publication) => putExtras(publication, { handle, extras }));
      if (done.ok) return {};
      throw new Refusal(done.reason === "unknownProduct" ? "notFound" : "badRequest", EXTRAS[done.reason]);
    });
    hq.get("/hq/v1/price-changes", async (request) => {
      const query = validated(priceChangesQuerySchema, request.query);
      return storage.read((tx) => changesPage(tx, query));
    });
    hq.post("/hq/v1/labels", async (request, reply) => {
      const { store: code, at, skus, link } = validated(labelsRequestSchema, request.body);
      const { store, labels } = await storage.read(async (tx) => {
        const found = await storeCalled(tx, code);
        const moment = at === undefined ? now() : momentOf(at, found);
        return {
          store: found,
          labels: await shelfLabels(tx, { store: found, at: moment, skus, link: link ?? null }),
        };
      });
      if (labels.length === 0) throw new Refusal("notFound", "None of these articles has a price there.");
      const drawn = await deps.pdfs.draw({
        title: `${store.name}`,
        labels,
        language: store.locale,
        madeAt: now(),
      });
      if (!drawn.ok)
        throw new Refusal("tooManyRequests", "Too many documents are being made. Try again soon.");
      return reply.type("application/pdf").send(Buffer.from(drawn.value));
    });
  });
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
