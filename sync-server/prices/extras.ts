import type { Sku, VariantId } from "#domain/ids.ts";
import type { Product, ProductLink, Variant } from "#domain/product/product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { KnownExtras, ProductExtrasRequest } from "#protocol/hq/prices.ts";
import { catalogueProduct, type ProductAct, writeProduct } from "../catalog/save-product.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";

export type ExtrasTrouble =
  | "unknownProduct"
  | "unknownSku"
  | "unknownTaxClass"
  | "linkedToItself"
  | "linkHasLinks"
  | "otherCurrency";

/** How a product is sold now; null where there is none. */
export async function knownExtras(tx: ReadTransaction, handle: string): Promise<KnownExtras | null> {
  const product = await tx.productByHandle(handle);
  const [first] = await tx.stores();
  if (product === null || first === undefined) return null;
  const links: KnownExtras["links"] = [];
  for (const { variant: id, kind } of product.links ?? []) {
    const linked = (await tx.productWith(id))?.variants.find((each) => each.id === id);
    if (linked !== undefined) links.push({ sku: linked.sku, kind });
  }
  const variants: KnownExtras["variants"] = [];
  for (const { id, sku, content = null } of product.variants)
    variants.push({ sku, content, cost: await tx.costOf(id) });
  return {
    soldBy: product.soldBy ?? null,
    taxClass: product.taxClass,
    taxClasses: first.tax.classes.map(({ id, name }) => ({ id, name })),
    currency: first.currency,
    links,
    variants,
  };
}

/** Changes how a product is sold, what comes with it, what its packages hold and cost. What the request does not name stays. */
export async function putExtras(
  publication: Publication,
  {
    handle,
    extras,
    by,
  }: {
    readonly handle: string;
    readonly extras: ProductExtrasRequest;
    /** Who is in the history of the product. */
    readonly by: ProductAct["by"];
  },
): Promise<Result<null, ExtrasTrouble>> {
  const { tx } = publication;
  const product = await tx.productByHandle(handle);
  if (product === null) return refused("unknownProduct");
  const stores = await tx.stores();
  const { taxClass = product.taxClass } = extras;
  const isKnown = stores.every(({ tax }) => tax.classes.some(({ id }) => id === taxClass));
  if (extras.taxClass !== undefined && !isKnown) return refused("unknownTaxClass");
  const links = extras.links === undefined ? ok(product.links) : await linksOf(tx, product, extras.links);
  if (!links.ok) return links;
  const bySku = new Map(extras.variants.map((each) => [each.sku, each]));
  if (extras.variants.some(({ sku }) => !product.variants.some((variant) => variant.sku === sku)))
    return refused("unknownSku");
  const currency = stores[0]?.currency;
  if (extras.variants.some(({ cost }) => cost != null && cost.currency !== currency))
    return refused("otherCurrency");
  const { soldBy: _, links: __, ...plain } = product;
  const soldBy = extras.soldBy === undefined ? product.soldBy : (extras.soldBy ?? undefined);
  const before = await catalogueProduct(tx, product.id);
  if (before === null) return refused("unknownProduct");
  const after: Product = {
    ...plain,
    taxClass,
    ...(soldBy === undefined ? {} : { soldBy }),
    ...(links.value === undefined || links.value.length === 0 ? {} : { links: links.value }),
    variants: product.variants.map((variant) => withContent(variant, bySku.get(variant.sku)?.content)),
  };
  await writeProduct(publication, { before, after: { ...before, product: after }, by, cause: "edit" });
  for (const { id, sku } of product.variants) {
    const cost = bySku.get(sku)?.cost;
    if (cost !== undefined) await tx.putCost({ variant: id, cost });
  }
  return ok(null);
}

/** Linked goods have no links of their own: a deposit on a deposit would never end. */
async function linksOf(
  tx: ReadTransaction,
  product: Product,
  wanted: readonly { readonly sku: Sku; readonly kind: ProductLink["kind"] }[],
): Promise<Result<readonly ProductLink[] | undefined, ExtrasTrouble>> {
  const links: ProductLink[] = [];
  for (const { sku, kind } of wanted) {
    const owner = await tx.variantBySku(sku);
    if (owner === null) return refused("unknownSku");
    if (owner.product === product.id) return refused("linkedToItself");
    const linked = await tx.product(owner.product);
    if (linked?.links !== undefined) return refused("linkHasLinks");
    links.push({ variant: owner.variant satisfies VariantId, kind });
  }
  return ok(links);
}

function withContent(variant: Variant, content: Variant["content"] | null): Variant {
  if (content === undefined) return variant;
  const { content: _, ...plain } = variant;
  return content === null ? plain : { ...plain, content };
}
