import type { Instant, PriceListId, Sku, TaxClassId, VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import { articleName } from "#domain/product/variant-label.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** One article as a shop shows it. */
export interface Article {
  readonly variant: VariantId;
  readonly sku: Sku;
  /** Title and options in one. */
  readonly name: string;
  readonly taxClass: TaxClassId;
  /** Today's price on these lists; null: it has none and cannot be sold. */
  readonly price: Money | null;
}

/** Looks an article up by its SKU; null when the catalogue has none such. */
export async function articleOf(
  tx: ReadTransaction,
  { sku, lists, at }: { readonly sku: Sku; readonly lists: readonly PriceListId[]; readonly at: Instant },
): Promise<Article | null> {
  const owner = await tx.variantBySku(sku);
  const product = owner === null ? null : await tx.product(owner.product);
  const variant = product?.variants.find(({ id }) => id === owner?.variant);
  if (product === null || variant === undefined) return null;
  return {
    variant: variant.id,
    sku,
    name: articleName(product, variant.options),
    taxClass: product.taxClass,
    price: priceOf({ prices: await tx.pricesOf(variant.id), lists, at })?.amount ?? null,
  };
}
