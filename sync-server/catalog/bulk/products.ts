import { idOf } from "#domain/ids.ts";
import { type CatalogueProduct, NO_DETAILS, type ProductDetails } from "#domain/product/catalogue-product.ts";
import type { Product, Variant } from "#domain/product/product.ts";
import { type BulkProduct, bulkProductSchema } from "#protocol/hq/bulk.ts";
import { catalogueProduct, type ProductAct, saveProduct } from "../save-product.ts";
import type { BulkWork, LineOutcome } from "./bulk.ts";

/** Products as another system has them. */
export function bulkProducts({
  act,
  newId,
}: {
  readonly act: ProductAct;
  readonly newId: () => string;
}): BulkWork<typeof bulkProductSchema> {
  return {
    schema: bulkProductSchema,
    async apply(publication, line): Promise<LineOutcome> {
      const { tx } = publication;
      const known = await tx.productByHandle(line.handle);
      const now = known === null ? null : await catalogueProduct(tx, known.id);
      const stores = await tx.stores();
      const taxClass = stores[0]?.tax.classes[0]?.id ?? idOf<"TaxClass">("standard");
      const wanted = merged(now ?? blank(line.handle, { id: newId(), taxClass }), line, newId);
      const saved = await saveProduct(publication, { ...act, wanted, base: null });
      if (saved.ok) return { ok: true, changed: saved.value.entry !== null };
      const { reason } = saved;
      const troubles = reason.kind === "faulty" ? reason.troubles : [];
      return {
        ok: false,
        reason: "faulty",
        details: troubles.map(({ field, fault, value }) => `${field} ${fault} ${value}`.trim()),
      };
    },
  };
}

function blank(
  handle: string,
  { id, taxClass }: { readonly id: string; readonly taxClass: Product["taxClass"] },
): CatalogueProduct {
  const product: Product = {
    id: idOf<"Product">(id),
    handle,
    title: "",
    brand: "",
    category: "",
    tags: [],
    taxClass,
    status: "active",
    optionNames: [],
    variants: [],
    image: null,
  };
  return { product, details: NO_DETAILS };
}

/** What the line says over what is known. */
function merged(
  { product, details }: CatalogueProduct,
  line: BulkProduct,
  newId: () => string,
): CatalogueProduct {
  const { variants = [], description, attributes = {}, channels = {}, ...head } = line;
  return {
    product: { ...product, ...head, variants: mergedVariants(product, variants, newId) },
    details: {
      ...details,
      description: description ?? details.description,
      attributes: without(details.attributes, attributes),
      channels: without(details.channels, channels) satisfies ProductDetails["channels"],
    },
  };
}

function mergedVariants(
  { variants: known }: Product,
  lines: NonNullable<BulkProduct["variants"]>,
  newId: () => string,
): readonly Variant[] {
  const bySku = new Map(lines.map((each) => [each.sku, each]));
  const kept = known.map((variant) => {
    const line = bySku.get(variant.sku);
    return line === undefined ? variant : withLine(variant, line);
  });
  const added = [...bySku.values()]
    .filter(({ sku }) => !known.some((variant) => variant.sku === sku))
    .map((line) =>
      withLine({ id: idOf<"Variant">(newId()), sku: line.sku, gtins: [], options: [], image: null }, line),
    );
  return [...kept, ...added];
}

function withLine(
  variant: Variant,
  { gtins, options, content }: NonNullable<BulkProduct["variants"]>[number],
): Variant {
  const { content: known, ...plain } = variant;
  const holds = content === undefined ? known : (content ?? undefined);
  return {
    ...plain,
    gtins: gtins === undefined ? plain.gtins : gtins.map((gtin) => idOf<"Gtin">(gtin)),
    options: options ?? plain.options,
    ...(holds === undefined ? {} : { content: holds }),
  };
}

function without<V>(
  known: Readonly<Record<string, V>>,
  said: Readonly<Record<string, V | null>>,
): Readonly<Record<string, V>> {
  const all: Record<string, V> = { ...known };
  for (const [key, value] of Object.entries(said))
    if (value === null) delete all[key];
    else all[key] = value;
  return all;
}
