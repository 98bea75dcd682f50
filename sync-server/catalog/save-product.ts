import type { ImageHash, ProductId, Sku } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import {
  type CatalogueProduct,
  NO_DETAILS,
  type ProductDetails,
  type ProductLogEntry,
} from "#domain/product/catalogue-product.ts";
import { type CheckContext, checkProduct, type ProductTrouble } from "#domain/product/check-product.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Product } from "#domain/product/product.ts";
import { changesOf } from "#domain/product/product-changes.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { CATALOG_FEED } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";

/** Who changes a product, and as part of what: `edit`, `import:…`, `bulk:…`, `undo:…`. */
export interface ProductAct {
  readonly by: ProductLogEntry["by"];
  readonly cause: string;
}

export interface SavedProduct {
  readonly id: ProductId;
  readonly version: string;
  /** The feed of the catalogue once it is saved: a till that has read so far has the change. */
  readonly seq: number;
  /** Its place in the history; null: nothing was changed. */
  readonly entry: number | null;
}

export type SaveRefusal =
  | { readonly kind: "unknownProduct" }
  /** Somebody changed it since the version that it was edited from. */
  | { readonly kind: "changedMeanwhile" }
  | { readonly kind: "faulty"; readonly troubles: readonly ProductTrouble[] };

/** All that HQ edits of a product as it is now; null where there is none. */
export async function catalogueProduct(tx: ReadTransaction, id: ProductId): Promise<CatalogueProduct | null> {
  const product = await tx.product(id);
  return product === null ? null : { product, details: await detailsOf(tx, product) };
}

/** Pictures of products that came with the data were never listed: they are those that the product and its variants show. */
async function detailsOf(tx: ReadTransaction, product: Product): Promise<ProductDetails> {
  const known = await tx.productDetails(product.id);
  if (known !== null) return known;
  const shown = [product.image, ...product.variants.map(({ image }) => image)].filter(
    (image) => image !== null,
  );
  return {
    ...NO_DETAILS,
    pictures: [...new Set(shown)].map((hash) => ({ till: hash, detail: hash, alt: "" })),
  };
}

/** Changes a product by what `edit` makes of it as it is now; what `edit` leaves alone stays. `base` null: whatever version it is of. */
export async function editProduct(
  publication: Publication,
  {
    id,
    base = null,
    edit,
    ...act
  }: ProductAct & {
    readonly id: ProductId;
    readonly base?: string | null;
    readonly edit: (now: CatalogueProduct) => CatalogueProduct;
  },
): Promise<Result<SavedProduct, SaveRefusal>> {
  const now = await catalogueProduct(publication.tx, id);
  if (now === null) return refused({ kind: "unknownProduct" });
  return saveProduct(publication, { ...act, base, wanted: edit(now) });
}

/**
 * The one way a product changes at HQ: checks it against the catalogue, writes it, shows it to the tills where they hold what changed, and keeps what
 * became of what in its history. The first of its pictures is the product's. What was at fault before and is left alone keeps nothing from being saved.
 */
export async function saveProduct(
  publication: Publication,
  {
    wanted,
    base,
    ...act
  }: ProductAct & {
    readonly wanted: CatalogueProduct;
    /** The version it was edited from; null: a new product, or whatever version it is of. */
    readonly base: string | null;
  },
): Promise<Result<SavedProduct, SaveRefusal>> {
  const { tx } = publication;
  const { id } = wanted.product;
  const before = await catalogueProduct(tx, id);
  if (base !== null && (await tx.productVersion(id)) !== base)
    return refused({ kind: before === null ? "unknownProduct" : "changedMeanwhile" });
  const image = wanted.details.pictures[0]?.till ?? null;
  const after = { ...wanted, product: { ...wanted.product, image } };
  const troubles = await troublesOf(tx, { before, after });
  if (troubles.length > 0) return refused({ kind: "faulty", troubles });
  const entry = await writeProduct(publication, { before, after, ...act });
  const version = (await tx.productVersion(id)) ?? "";
  return ok({ id, version, seq: (await tx.feedHead(CATALOG_FEED)).head, entry });
}

/** Writes a product that was checked already, with its history. Answers its place there; null where nothing was changed. */
export async function writeProduct(
  publication: Publication,
  {
    before,
    after,
    by,
    cause,
  }: ProductAct & { readonly before: CatalogueProduct | null; readonly after: CatalogueProduct },
): Promise<number | null> {
  const { tx, at } = publication;
  const { product, details } = after;
  const changes = before === null ? [] : changesOf(before, after);
  if (before !== null && changes.length === 0) return null;
  if (before === null || canonicalJson(before.product) !== canonicalJson(product))
    await publication.putProduct(product);
  if (before === null || canonicalJson(before.details) !== canonicalJson(details)) {
    await publication.putProductDetails(product.id, details);
    await tx.putPictureUses({ product: product.id, hashes: picturesOf(after), at });
  }
  return tx.logProduct({ product: product.id, at, by, cause, created: before === null, changes });
}

function picturesOf({ product, details }: CatalogueProduct): readonly ImageHash[] {
  const shown = [product.image, ...product.variants.map(({ image }) => image)].filter(
    (image) => image !== null,
  );
  return [...new Set([...shown, ...details.pictures.flatMap(({ till, detail }) => [till, detail])])];
}

/** What keeps a product from being written that nothing kept it from before. */
export async function troublesOf(
  tx: ReadTransaction,
  { before, after }: { readonly before: CatalogueProduct | null; readonly after: CatalogueProduct },
): Promise<readonly ProductTrouble[]> {
  const context = await contextOf(tx, after);
  const found = [...checkProduct(after, context), ...(await missingPictures(tx, after))];
  if (found.length === 0 || before === null) return found;
  const former = new Set(checkProduct(before, context).map((each) => canonicalJson(each)));
  return found.filter((trouble) => !former.has(canonicalJson(trouble)));
}

async function missingPictures(
  tx: ReadTransaction,
  { details }: CatalogueProduct,
): Promise<readonly ProductTrouble[]> {
  const missing: ProductTrouble[] = [];
  for (const [at, { till, detail }] of details.pictures.entries())
    if (!((await tx.hasPicture(till)) && (await tx.hasPicture(detail))))
      missing.push({ field: `pictures.${at}`, fault: "unknown", value: till });
  return missing;
}

async function contextOf(tx: ReadTransaction, { product }: CatalogueProduct): Promise<CheckContext> {
  const stores = await tx.stores();
  const [first] = stores;
  const takenSkus = new Set<Sku>();
  const takenGtins = new Set<string>();
  for (const { sku, gtins } of product.variants) {
    const owner = await tx.variantBySku(sku);
    if (owner !== null && owner.product !== product.id) takenSkus.add(sku);
    for (const gtin of gtins) {
      const holder = await tx.variantByGtin(gtin);
      if (holder !== null && holder.product !== product.id) takenGtins.add(gtinKey(gtin));
    }
  }
  const named = await tx.productByHandle(product.handle);
  return {
    taxClasses: (first?.tax.classes ?? [])
      .map(({ id }) => id)
      .filter((id) => stores.every(({ tax }) => tax.classes.some((each) => each.id === id))),
    attributes: await tx.productAttributes(),
    isHandleTaken: named !== null && named.id !== product.id,
    takenSkus,
    takenGtins,
  };
}
