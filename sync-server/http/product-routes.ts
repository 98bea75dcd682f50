import type { FastifyInstance } from "fastify";
import { MAX_PICTURE_BYTES, type ProductChoices } from "#protocol/hq/product.ts";
import { keepPicture, type PictureRefusal } from "../catalog/pictures/keep-picture.ts";
import { removeProduct } from "../catalog/remove-product.ts";
import { catalogueProduct, type SaveRefusal, saveProduct } from "../catalog/save-product.ts";
import { type UndoRefusal, undoChange } from "../catalog/undo-change.ts";
import { channelsOfOrders } from "../prices/lists.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { PICTURE_TYPES, PRODUCT_CALLS } from "./product-calls.ts";

const EDIT = "edit";
const MAX_BRANDS = 1_000;
const MAX_REMOVED = 200;
/** As many of a product's as one can tell it by. */
const MAX_SKUS = 5;

/** One product: what it is, how it changes, what became of it, its pictures (protocol/hq/product.ts). */
export function registerProductRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, PRODUCT_CALLS.choices, () => storage.read(choicesOf));
  serve(app, deps, PRODUCT_CALLS.product, ({ params: { id } }) =>
    storage.read(async (tx) => {
      const found = await catalogueProduct(tx, id);
      const version = await tx.productVersion(id);
      if (found === null || version === null) throw refusalOf({ kind: "unknownProduct" });
      return { ...found, version };
    }),
  );
  serve(app, deps, PRODUCT_CALLS.makeProduct, async ({ body: { product, details }, asker: by }) => {
    const made = await publisher.publish(async (publication) => {
      if ((await publication.tx.product(product.id)) !== null)
        throw new Refusal("conflict", "There is a product of this id already.");
      return saveProduct(publication, { wanted: { product, details }, base: null, by, cause: EDIT });
    });
    if (!made.ok) throw refusalOf(made.reason);
    return made.value;
  });
  serve(app, deps, PRODUCT_CALLS.saveProduct, async ({ params: { id }, body, asker: by }) => {
    const { product, details, version: base } = body;
    if (product.id !== id) throw new Refusal("badRequest", "The product is another than the address says.");
    const saved = await publisher.publish(async (publication) => {
      if ((await publication.tx.product(id)) === null) throw refusalOf({ kind: "unknownProduct" });
      return saveProduct(publication, { wanted: { product, details }, base, by, cause: EDIT });
    });
    if (!saved.ok) throw refusalOf(saved.reason);
    return saved.value;
  });
  serve(app, deps, PRODUCT_CALLS.removedProducts, () =>
    storage.read(async (tx) => {
      const removed = await tx.removedProducts(MAX_REMOVED);
      return {
        products: removed.map(({ product: { id, title, brand, variants }, cursor, at, by }) => ({
          id,
          entry: cursor,
          title,
          brand,
          skus: variants.map(({ sku }) => sku).slice(0, MAX_SKUS),
          at,
          by,
        })),
      };
    }),
  );
  serve(app, deps, PRODUCT_CALLS.removeProduct, async ({ params: { id }, asker: by }) => {
    const removed = await publisher.publish((publication) =>
      removeProduct(publication, { id, by, cause: EDIT }),
    );
    if (!removed.ok) throw refusalOf(removed.reason);
    return { seq: removed.value };
  });
  serve(app, deps, PRODUCT_CALLS.history, ({ params: { id }, query: { before = null, limit } }) =>
    storage.read(async (tx) => {
      const entries = await tx.productLog({ product: id, before, limit });
      return { entries: entries.map(({ product: _, ...entry }) => entry) };
    }),
  );
  serve(app, deps, PRODUCT_CALLS.undo, async ({ params: { id, entry }, asker: by }) => {
    const undone = await publisher.publish((publication) =>
      undoChange(publication, { product: id, entry, by }),
    );
    if (!undone.ok) throw refusalOf(undone.reason);
    return undone.value;
  });
  serve(app, deps, PRODUCT_CALLS.attributes, async ({ body: { attributes } }) => {
    await storage.write((tx) => tx.putProductAttributes(attributes));
    return { attributes };
  });
  registerPictureUpload(app, deps);
}

function registerPictureUpload(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.removeAllContentTypeParsers();
    hq.addContentTypeParser(
      PICTURE_TYPES,
      { parseAs: "buffer", bodyLimit: MAX_PICTURE_BYTES },
      (_request, body, done) => done(null, body),
    );
    serve(hq, deps, PRODUCT_CALLS.addPicture, async ({ request }) => {
      if (!Buffer.isBuffer(request.body)) throw pictureRefusal("notAPicture");
      const kept = await keepPicture(request.body, deps);
      if (!kept.ok) throw pictureRefusal(kept.reason);
      return kept.value;
    });
  });
}

async function choicesOf(tx: ReadTransaction): Promise<ProductChoices> {
  const stores = await tx.stores();
  const classes = (stores[0]?.tax.classes ?? []).filter(({ id }) =>
    stores.every(({ tax }) => tax.classes.some((each) => each.id === id)),
  );
  const channels = [
    ...(await channelsOfOrders(tx)),
    ...(await tx.channelLists()).map(({ channel }) => channel),
  ];
  return {
    taxClasses: classes.map(({ id, name }) => ({ id, name })),
    attributes: [...(await tx.productAttributes())],
    channels: [...new Set(channels)].map((id) => ({ id, name: id })),
    categories: [...(await tx.categories())],
    brands: [...(await tx.brands(MAX_BRANDS))],
  };
}

function refusalOf(refusal: SaveRefusal | UndoRefusal): Refusal {
  switch (refusal.kind) {
    case "unknownProduct":
      return new Refusal("notFound", "There is no such product.");
    case "unknownEntry":
      return new Refusal("notFound", "There is no such change of this product.");
    case "changedMeanwhile":
      return new Refusal("conflict", "Somebody has changed this product meanwhile. Look at it again.", [
        "changedMeanwhile",
      ]);
    case "faulty":
      return new Refusal(
        "badRequest",
        "The product cannot be saved so.",
        refusal.troubles.map(({ field, fault, value }) => `${field} ${fault} ${value}`.trim()),
      );
    case "overtaken":
      return new Refusal(
        "conflict",
        "It was changed again since, so it is not taken back.",
        refusal.fields.map(({ field, variant }) => (variant === null ? field : `${field} ${variant}`)),
      );
    case "everSold":
      return new Refusal("conflict", "It was sold, counted or promised to an order. Archive it instead.");
    case "codesTaken":
      return new Refusal(
        "conflict",
        `Another product was given ${refusal.codes.slice(0, MAX_SKUS).join(", ")} meanwhile. Change it there, then take this back again.`,
        [...refusal.codes],
      );
    case "taxClassGone":
      return new Refusal(
        "conflict",
        `Not every store knows its tax class ${refusal.taxClass} any more. Set the class up again, then take this back.`,
        [`taxClass unknown ${refusal.taxClass}`],
      );
    case "backAlready":
      return new Refusal(
        "conflict",
        "The product has come back or was deleted again since. Look at it again.",
      );
    case "notKept":
      return new Refusal(
        "conflict",
        "It was deleted more than 90 days ago, so nothing is kept of it any more. Make it anew or import it.",
      );
    case "changedSince":
      return new Refusal(
        "conflict",
        "The product was changed since it was made. Archive or delete it instead.",
      );
  }
}

function pictureRefusal(reason: PictureRefusal): Refusal {
  switch (reason) {
    case "notAPicture":
      return new Refusal("badRequest", "This is no PNG, JPEG or WebP.");
    case "tooManyPixels":
      return new Refusal("badRequest", "The picture has more than 40 million pixels. Make it smaller first.");
    case "unreadable":
      return new Refusal("badRequest", "The picture is damaged: it cannot be drawn.");
    case "busy":
      return new Refusal("tooManyRequests", "Many pictures are being drawn just now. Try again in a minute.");
  }
}
