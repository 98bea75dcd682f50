import type { Instant, Sku } from "#domain/ids.ts";
import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import { isReduction } from "#domain/pricing/price-history.ts";
import { unitPriceOf } from "#domain/pricing/unit-price.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Price, Product, Variant } from "#domain/product/product.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ShelfLabel } from "../receipts/pdf/label-sheet.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { knownPrices, nameOf, priceAt } from "./changes.ts";
import { labelWords } from "./label-words.ts";

/** Articles of scales and the retailer's own numbers say nothing outside its shops (GS1 General Specifications, restricted circulation). */
const IN_STORE = /^0(2|02|04)/;

/** Labels of these articles, with the prices that hold in the store at the moment; articles without a price there get none. */
export async function shelfLabels(
  tx: ReadTransaction,
  {
    store,
    at,
    skus,
    link,
  }: {
    readonly store: StoreSettings;
    readonly at: Instant;
    readonly skus: readonly Sku[];
    readonly link: string | null;
  },
): Promise<readonly ShelfLabel[]> {
  const labels: ShelfLabel[] = [];
  for (const sku of new Set(skus)) {
    const owner = await tx.variantBySku(sku);
    const product = owner === null ? null : await tx.product(owner.product);
    const variant = product?.variants.find(({ id }) => id === owner?.variant);
    if (product === null || variant === undefined) continue;
    const price = priceAt(await knownPrices(tx, { store, variant: variant.id }), { store, at });
    if (price !== null) labels.push(labelOf({ product, variant }, { price, store, link }));
  }
  return labels;
}

function labelOf(
  article: { readonly product: Product; readonly variant: Variant },
  {
    price,
    store,
    link,
  }: { readonly price: Price; readonly store: StoreSettings; readonly link: string | null },
): ShelfLabel {
  const { product, variant } = article;
  const words = labelWords(store.locale);
  const shown = (amount: Money) => formatMoney({ amount, locale: store.locale });
  // What is weighed is priced by the kilogram anyway.
  const isWeighed = product.soldBy === "weight";
  const unit = isWeighed || variant.content === undefined ? null : unitPriceOf(price.amount, variant.content);
  const notes = [
    ...(unit === null ? [] : [words.per[unit.per](shown(unit.amount))]),
    ...(price.tiers ?? []).map(({ from, amount }) => words.from(from, shown(amount))),
  ];
  const { compareAt, lowest30 } = isReduction(price) ? price : { compareAt: null };
  return {
    name: nameOf(article),
    price: isWeighed ? `${shown(price.amount)} / kg` : shown(price.amount),
    before: compareAt === null ? null : words.before(shown(compareAt)),
    lowest30: lowest30 === undefined ? null : words.lowest30(shown(lowest30)),
    notes,
    sku: variant.sku,
    gtin: variant.gtins[0] ?? null,
    qr: qrOf(article, link),
  };
}

/** `{gtin}` is of 14 digits, as GS1 Digital Links have it. An article without the number that the link needs says its SKU. */
function qrOf(
  { product, variant }: { readonly product: Product; readonly variant: Variant },
  link: string | null,
): string {
  const gtin = variant.gtins.map(gtinKey).find((key) => !IN_STORE.test(key));
  if (link === null || (link.includes("{gtin}") && gtin === undefined)) return variant.sku;
  return link
    .replaceAll("{gtin}", gtin ?? "")
    .replaceAll("{handle}", encodeURIComponent(product.handle))
    .replaceAll("{sku}", encodeURIComponent(variant.sku));
}
