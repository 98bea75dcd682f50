import type { FastifyInstance } from "fastify";
import {
  type BulkEditAnswer,
  bulkEditAnswerSchema,
  bulkEditParamsSchema,
  bulkEditRequestSchema,
  bulkEditsAnswerSchema,
  type CatalogueAnswer,
  type CatalogueFilter,
  catalogueAnswerSchema,
  catalogueQuerySchema,
  catalogueVariantsAnswerSchema,
  catalogueVariantsQuerySchema,
  editProductsAnswerSchema,
  editProductsRequestSchema,
  type FacetsAnswer,
  facetsAnswerSchema,
  facetsQuerySchema,
  MAX_FACET_VALUES,
} from "#protocol/hq/catalogue.ts";
import type { BulkEditRecord } from "../catalog/act-port.ts";
import { createBulkEdits } from "../catalog/bulk-edit.ts";
import type { BulkTrouble } from "../catalog/bulk-slice.ts";
import { saveEdits } from "../catalog/edit-products.ts";
import { catalogueRows, type Looking, listLookedAt, variantRows } from "../catalog/grid.ts";
import { createCatalogueOrders } from "../catalog/grid-order.ts";
import type { CatalogueWhich } from "../catalog/grid-port.ts";
import { CATALOG_FEED } from "../sync/feeds.ts";
import { type Asker, hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";
import { undoAnswer } from "./undo-answer.ts";

const READ = { method: "GET", right: "catalogue.read", reach: "filtered", params: null, body: null } as const;

export const CATALOGUE_CALLS = {
  catalogue: hqCall({
    ...READ,
    path: "/hq/v1/catalogue",
    summary: "The products that fit, in an order: a window of at most 200",
    words:
      "Give the `order` of the first answer with the next windows: they keep to it, whatever is changed meanwhile. Pieces are those of the stores that one sees.",
    query: catalogueQuerySchema,
    answer: catalogueAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  catalogueVariants: hqCall({
    ...READ,
    path: "/hq/v1/catalogue/variants",
    summary: "The variants of one product",
    query: catalogueVariantsQuerySchema,
    answer: catalogueVariantsAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  catalogueFacets: hqCall({
    ...READ,
    path: "/hq/v1/catalogue/facets",
    summary: "How many of the products that fit have which value of a field",
    query: facetsQuerySchema,
    answer: facetsAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  editProducts: hqCall({
    method: "POST",
    path: "/hq/v1/catalogue/edit",
    summary: "Change some fields of some products, all of it or nothing",
    right: "catalogue.edit",
    reach: "allStores",
    params: null,
    query: null,
    body: editProductsRequestSchema,
    answer: editProductsAnswerSchema,
    refusals: ["notFound"],
    trail: {
      subject: "product",
      id: ({ body: { edits } }) => (edits.length === 1 ? (edits[0]?.product ?? null) : null),
      state: async (tx, { body }) => {
        const products = [];
        for (const { product } of body.edits) products.push(await tx.product(product));
        return products;
      },
    },
  }),
  bulkEdit: hqCall({
    method: "POST",
    path: "/hq/v1/catalogue/bulk",
    summary: "Change many products alike, or look what would be changed",
    words:
      "Answers at once and goes on by itself in short transactions; ask how far it is by its `id`. The same `id` asked again is the same change. Changing prices takes the right to prices as well.",
    right: "catalogue.edit",
    reach: "allStores",
    params: null,
    query: null,
    body: bulkEditRequestSchema,
    answer: bulkEditAnswerSchema,
    refusals: ["forbidden", "tooManyRequests"],
    trail: { subject: "bulkEdit", id: () => null },
  }),
  bulkEditProgress: hqCall({
    method: "GET",
    path: "/hq/v1/catalogue/bulk/:id",
    summary: "How far a change of many products is",
    right: "catalogue.edit",
    reach: "allStores",
    params: bulkEditParamsSchema,
    query: null,
    body: null,
    answer: bulkEditAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  bulkEdits: hqCall({
    method: "GET",
    path: "/hq/v1/catalogue/bulk",
    summary: "The newest changes of many products",
    right: "catalogue.edit",
    reach: "allStores",
    params: null,
    query: null,
    body: null,
    answer: bulkEditsAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  undoBulkEdit: hqCall({
    method: "POST",
    path: "/hq/v1/catalogue/bulk/:id/undo",
    summary: "Take a change of many products back, where nobody has changed the same since",
    words: "It goes on by itself; what stays is told. Taking prices back takes the right to prices as well.",
    right: "catalogue.edit",
    reach: "allStores",
    params: bulkEditParamsSchema,
    query: null,
    body: null,
    answer: bulkEditAnswerSchema,
    refusals: ["forbidden", "notFound", "conflict"],
    trail: { subject: "bulkEdit", id: ({ params }) => params.id },
  }),
  stopBulkEdit: hqCall({
    method: "POST",
    path: "/hq/v1/catalogue/bulk/:id/stop",
    summary: "Stop a change of many products: what was done stays",
    right: "catalogue.edit",
    reach: "allStores",
    params: bulkEditParamsSchema,
    query: null,
    body: null,
    answer: bulkEditAnswerSchema,
    refusals: ["notFound"],
    trail: { subject: "bulkEdit", id: ({ params }) => params.id },
  }),
};

const TROUBLE: Readonly<Record<BulkTrouble, string>> = {
  unknownProduct: "There is no such product.",
  untitled: "A product has a title.",
  unknownTaxClass: "Not every store knows this tax class.",
  unknownList: "There is no such price list.",
  otherCurrency: "The price list is kept in another currency.",
  noSuchTime: "The clocks never show this time.",
  endsBeforeItBegins: "It ends before it begins.",
  alreadyOver: "It would be over already.",
};

/** The catalogue as a grid: windows, filters, edits of one product and of many (protocol/hq/catalogue.ts). */
export function registerCatalogueRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher, now } = deps;
  const orders = createCatalogueOrders(deps);
  const looking = async (asker: Asker, list: CatalogueFilter["list"]): Promise<Looking> => ({
    list: await storage.read((tx) => listLookedAt(tx, list)),
    stores: asker.stores,
    at: now(),
    seesCosts: hasRight(asker, "margins.read"),
  });
  serve(app, deps, CATALOGUE_CALLS.catalogue, async ({ query, asker }): Promise<CatalogueAnswer> => {
    const { sort, down, offset, limit, order: before, ...filter } = query;
    const look = await looking(asker, filter.list);
    const ask = { ...whichOf(filter, look), sort, down };
    const { order, numbers } = await orders.ordered(ask, before);
    const window = numbers.slice(offset, offset + limit);
    const rows = await storage.read((tx) => catalogueRows(tx, window, look));
    return { rows, total: numbers.length, order, list: look.list };
  });
  serve(app, deps, CATALOGUE_CALLS.catalogueVariants, async ({ query: { product, list }, asker }) => {
    const look = await looking(asker, list);
    const variants = await storage.read((tx) => variantRows(tx, product, look));
    if (variants === null) throw new Refusal("notFound", TROUBLE.unknownProduct);
    return { variants };
  });
  serve(app, deps, CATALOGUE_CALLS.catalogueFacets, async ({ query, asker }): Promise<FacetsAnswer> => {
    const { of, find, ...filter } = query;
    const which = whichOf(filter, await looking(asker, filter.list));
    const values = await storage.read((tx) =>
      tx.catalogueFacet({ ...which, of, find, limit: MAX_FACET_VALUES + 1 }),
    );
    return { values: values.slice(0, MAX_FACET_VALUES), more: values.length > MAX_FACET_VALUES };
  });
  serve(app, deps, CATALOGUE_CALLS.editProducts, async ({ body: { edits }, asker: by }) => {
    return publisher.publish(async (publication) => {
      const saved = await saveEdits(publication, edits, { by, cause: "edit" });
      if (saved.ok) return { changed: saved.value, seq: (await publication.tx.feedHead(CATALOG_FEED)).head };
      const { trouble } = saved.reason;
      // Thrown, so that nothing of it is kept.
      throw new Refusal(trouble === "unknownProduct" ? "notFound" : "badRequest", TROUBLE[trouble]);
    });
  });
  registerBulkEdit(app, deps, async (filter, asker) => {
    const which = whichOf(filter, await looking(asker, filter.list));
    return (await orders.ordered({ ...which, sort: "title", down: false })).numbers;
  });
}

const RESUME_EVERY_MS = 10_000;

function registerBulkEdit(
  app: FastifyInstance,
  deps: ServerDeps,
  matches: (filter: CatalogueFilter, asker: Asker) => Promise<readonly number[]>,
): void {
  const { storage } = deps;
  const bulk = createBulkEdits({ ...deps, words: (trouble) => TROUBLE[trouble] });
  app.addHook("onReady", () => bulk.resume());
  // What a server that fell had begun is taken up by another.
  const endTurns = deps.every(RESUME_EVERY_MS, () => {
    bulk
      .resume()
      .catch((error: unknown) => app.log.error({ err: error }, "a change of many products was not taken up"));
  });
  app.addHook("onClose", () => {
    endTurns();
    return bulk.close();
  });
  const known = (edit: BulkEditRecord | null): BulkEditAnswer => {
    if (edit === null) throw new Refusal("notFound", UNKNOWN_EDIT);
    return editAnswer(edit);
  };
  serve(app, deps, CATALOGUE_CALLS.bulkEdit, async ({ body: { id, which, change, dryRun }, asker }) => {
    needsPrices(change, asker);
    const numbers =
      which.kind === "filter"
        ? await matches(which.filter, asker)
        : await storage.read((tx) => tx.catalogueNumbers([...new Set(which.products)]));
    const without = new Set(which.kind === "filter" ? which.without : []);
    const products = (await storage.read((tx) => tx.catalogueIds(numbers))).filter((id) => !without.has(id));
    const started = await bulk.start({ id, products, change, dryRun, by: asker });
    if (!started.ok)
      throw new Refusal("tooManyRequests", "Several changes are being made. Wait for one to end.");
    return editAnswer(started.value);
  });
  serve(app, deps, CATALOGUE_CALLS.bulkEdits, async () => ({
    edits: (await bulk.newest()).map((edit) => {
      const { examples: _, ...rest } = editAnswer(edit);
      return { ...rest, change: edit.change };
    }),
  }));
  serve(app, deps, CATALOGUE_CALLS.bulkEditProgress, async ({ params }) =>
    known(await bulk.progress(params.id)),
  );
  serve(app, deps, CATALOGUE_CALLS.stopBulkEdit, async ({ params }) => known(await bulk.stop(params.id)));
  serve(app, deps, CATALOGUE_CALLS.undoBulkEdit, async ({ params: { id }, asker }) => {
    const edit = await bulk.progress(id);
    if (edit !== null) needsPrices(edit.change, asker);
    const undone = await bulk.undo(id, asker);
    if (undone.ok) return editAnswer(undone.value);
    if (undone.reason === "unknown") return known(null);
    throw new Refusal("conflict", "Only a change that has ended can be taken back.");
  });
}

const UNKNOWN_EDIT = "Nothing is known of this change any more.";

function needsPrices({ kind }: BulkEditRecord["change"], asker: Asker): void {
  if (kind === "price" && !hasRight(asker, "prices.edit"))
    throw new Refusal("forbidden", "Your role does not allow this. Ask an admin.", ["prices.edit"]);
}

function editAnswer({
  change: _,
  workedAt: __,
  by,
  undo,
  examples,
  ...edit
}: BulkEditRecord): BulkEditAnswer {
  return {
    ...edit,
    by: by.name,
    examples: [...examples],
    undo: undo === null ? null : undoAnswer(undo),
  };
}

function whichOf({ list: _, ...filter }: CatalogueFilter, { list, stores }: Looking): CatalogueWhich {
  return { filter, list, stores };
}
