import type { ProductId } from "#domain/ids.ts";
import { type ComeBackRefusal, comeBackRefusal } from "#domain/product/removed-product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { priceSchema } from "#protocol/documents/price.ts";
import { productSchema } from "#protocol/documents/product.ts";
import { productDetailsSchema } from "#protocol/hq/product.ts";
import { CATALOG_FEED } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import {
  catalogueProduct,
  type ProductAct,
  type SavedProduct,
  troublesOf,
  writeProduct,
} from "./save-product.ts";

export type RemoveRefusal = { readonly kind: "everSold" };
export type RestoreRefusal =
  | ComeBackRefusal
  /** It is in the catalogue, or it was deleted again since. */
  | { readonly kind: "backAlready" }
  /** It was deleted too long ago, or by a version that kept nothing of it. */
  | { readonly kind: "notKept" };

/**
 * Takes a product that was never sold out of the catalogue; what was sold is archived instead. All that goes with it is kept for a while, so that it can
 * come back; its pictures stay in use so long. Answers the feed of the catalogue.
 */
export async function removeProduct(
  publication: Publication,
  { id, by, cause }: ProductAct & { readonly id: ProductId },
): Promise<Result<number, { readonly kind: "unknownProduct" } | RemoveRefusal>> {
  const { tx, at } = publication;
  const known = await catalogueProduct(tx, id);
  if (known === null) return refused({ kind: "unknownProduct" });
  const { product } = known;
  const variants = product.variants.map((variant) => variant.id);
  if (await tx.wasEverSold(variants)) return refused({ kind: "everSold" });
  const prices = [];
  const costs = [];
  for (const variant of variants) {
    prices.push(...(await tx.pricesOf(variant)));
    const cost = await tx.costOf(variant);
    if (cost !== null) costs.push({ variant, cost });
  }
  await publication.forgetProduct(product);
  const changes = [{ field: "product", variant: null, from: { title: product.title }, to: null }];
  const cursor = await tx.logProduct({ product: id, at, by, cause, created: false, changes });
  const { kind, id: who, name } = by;
  await tx.keepRemovedProduct({ ...known, cursor, at, by: { kind, id: who, name }, prices, costs });
  return ok((await tx.feedHead(CATALOG_FEED)).head);
}

/** Brings back a product that was deleted, with all it had. Refused where another product has one of its codes by now. */
export async function restoreProduct(
  publication: Publication,
  { id, entry, ...act }: ProductAct & { readonly id: ProductId; readonly entry: number },
): Promise<Result<SavedProduct, RestoreRefusal>> {
  const { tx } = publication;
  if ((await tx.product(id)) !== null) return refused({ kind: "backAlready" });
  const kept = await tx.removedProduct(id);
  if (kept === null) return refused({ kind: "notKept" });
  if (kept.cursor !== entry) return refused({ kind: "backAlready" });
  const after = {
    product: productSchema.parse(kept.product),
    details: productDetailsSchema.parse(kept.details),
  };
  const refusal = comeBackRefusal(await troublesOf(tx, { before: null, after }));
  if (refusal !== null) return refused(refusal);
  const written = await writeProduct(publication, { ...act, before: null, after });
  for (const price of kept.prices) {
    const { id: _, ...known } = priceSchema.parse({ ...price, id: "price" });
    await publication.putPrice(known);
  }
  for (const { variant, cost } of kept.costs) await tx.putCost({ variant, cost });
  await tx.dropRemovedProduct(id);
  const version = (await tx.productVersion(id)) ?? "";
  return ok({ id, version, seq: (await tx.feedHead(CATALOG_FEED)).head, entry: written });
}
