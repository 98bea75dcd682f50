import type { Instant, PriceListId, ProductId, StoreId, VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { marginPpm } from "#domain/pricing/margin.ts";
import { standingPrice } from "#domain/pricing/price-of.ts";
import { type PricePlace, taxPpmAt } from "#domain/pricing/price-place.ts";
import type { Price, Product, Variant } from "#domain/product/product.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { CatalogueRow, CatalogueVariant } from "#protocol/hq/catalogue.ts";
import { pricePlaces } from "../prices/places.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { CatalogueProduct } from "./grid-port.ts";

/** For whom rows are made, and by which list. */
export interface Looking {
  readonly list: PriceListId | null;
  readonly stores: readonly StoreId[] | null;
  readonly at: Instant;
  /** Whether they may see what goods cost. */
  readonly seesCosts: boolean;
}

interface Known extends Looking {
  readonly prices: ReadonlyMap<VariantId, readonly Price[]>;
  readonly costs: ReadonlyMap<VariantId, Money>;
  /** Where the list is asked: by its tax margins are reckoned. */
  readonly place: PricePlace | null;
}

/** The list that is looked at where nobody says which: the first that the first store asks. */
export async function listLookedAt(tx: ReadTransaction, wanted?: PriceListId): Promise<PriceListId | null> {
  return wanted ?? (await tx.stores())[0]?.priceLists[0] ?? null;
}

/** Rows of the grid, in the order of the numbers. */
export async function catalogueRows(
  tx: ReadTransaction,
  numbers: readonly number[],
  looking: Looking,
): Promise<CatalogueRow[]> {
  const found = await tx.catalogueProducts({ numbers, stores: looking.stores });
  const known = await knownOf(
    tx,
    found.flatMap(({ product }) => product.variants),
    looking,
  );
  return found.map((each) => rowOf(each, known));
}

/** The variants of one product; null where there is no such product. */
export async function variantRows(
  tx: ReadTransaction,
  id: ProductId,
  looking: Looking,
): Promise<CatalogueVariant[] | null> {
  const product = await tx.product(id);
  if (product === null) return null;
  const known = await knownOf(tx, product.variants, looking);
  const variants = product.variants.map((variant) => variant.id);
  const onHand = await tx.onHandOfVariants({ variants, stores: looking.stores });
  return product.variants.map((variant) =>
    variantOf({ product, variant, onHand: onHand.get(variant.id) ?? 0 }, known),
  );
}

async function knownOf(tx: ReadTransaction, variants: readonly Variant[], looking: Looking): Promise<Known> {
  const { list, seesCosts } = looking;
  const ids = variants.map(({ id }) => id);
  const prices = new Map<VariantId, Price[]>();
  for (const price of list === null ? [] : await tx.pricesOfVariants({ variants: ids, list })) {
    const own = prices.get(price.variant);
    if (own === undefined) prices.set(price.variant, [price]);
    else own.push(price);
  }
  const places = seesCosts ? await pricePlaces(tx, looking.at) : [];
  return {
    ...looking,
    prices,
    costs: seesCosts ? await tx.costsOfVariants(ids) : new Map(),
    place: places.find(({ lists }) => lists.some((each) => each === list)) ?? places[0] ?? null,
  };
}

function rowOf({ product, onHand, changedAt }: CatalogueProduct, known: Known): CatalogueRow {
  const { variants } = product;
  const [first, second] = variants;
  const amounts = variants
    .map((variant) => standingOf(variant, known)?.amount)
    .filter((amount) => amount !== undefined)
    .toSorted((one, other) => one.minor - other.minor);
  return {
    product: product.id,
    handle: product.handle,
    title: product.title,
    brand: product.brand,
    category: product.category,
    taxClass: product.taxClass,
    status: product.status,
    tags: [...product.tags],
    image: product.image,
    variants: variants.length,
    sku: first?.sku ?? "",
    gtin: first?.gtins[0] ?? null,
    only:
      first === undefined || second !== undefined
        ? null
        : variantOf({ product, variant: first, onHand }, known),
    lowest: amounts[0] ?? null,
    highest: amounts.at(-1) ?? null,
    onHand,
    changedAt,
  };
}

function variantOf(
  {
    product,
    variant,
    onHand,
  }: { readonly product: Product; readonly variant: Variant; readonly onHand: number },
  known: Known,
): CatalogueVariant {
  const standing = standingOf(variant, known);
  const cost = known.costs.get(variant.id) ?? null;
  return {
    variant: variant.id,
    sku: variant.sku,
    gtin: variant.gtins[0] ?? null,
    label: variantLabel(variant.options),
    image: variant.image,
    price: standing?.amount ?? null,
    compareAt: standing?.compareAt ?? null,
    ...(known.seesCosts
      ? { cost, marginPpm: marginOf({ product, price: standing?.amount ?? null, cost }, known) }
      : {}),
    onHand,
  };
}

function marginOf(
  {
    product,
    price,
    cost,
  }: { readonly product: Product; readonly price: Money | null; readonly cost: Money | null },
  { place }: Known,
): number | null {
  if (place === null || price === null || cost === null) return null;
  const taxPpm = taxPpmAt(place, product.taxClass);
  return taxPpm === null ? null : marginPpm({ price, cost, place, taxPpm });
}

function standingOf({ id }: Variant, { prices, list, at }: Known): Price | null {
  return list === null ? null : standingPrice({ prices: prices.get(id) ?? [], list, at });
}
