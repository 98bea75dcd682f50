import type { VariantId } from "#domain/ids.ts";
import { type Promised, promisedTogether, type Shelf } from "#domain/orders/promised.ts";
import { nextChange } from "#domain/pricing/next-change.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import { unitPriceOf } from "#domain/pricing/unit-price.ts";
import type { Price, Variant } from "#domain/product/product.ts";
import type { ShopPrice } from "#protocol/shop/product.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { ShopTerms } from "./terms.ts";

/** What some variants cost and what there is of them, read together. */
export interface Offers {
  readonly prices: ReadonlyMap<VariantId, readonly Price[]>;
  readonly shelves: ReadonlyMap<VariantId, readonly Shelf[]>;
}

/** Few questions for many variants: one for each list of the channel, one for the stock. */
export async function offersOf(
  tx: ReadTransaction,
  { variants, terms }: { readonly variants: readonly VariantId[]; readonly terms: ShopTerms },
): Promise<Offers> {
  const prices = new Map<VariantId, Price[]>();
  for (const list of new Set(terms.priceLists))
    for (const price of await tx.pricesOfVariants({ variants, list })) put(prices, price.variant, price);
  const shelves = new Map<VariantId, Shelf[]>();
  const stores = new Map(terms.stores.map((store) => [store.store, store]));
  for (const { store: id, variant, ...pieces } of await tx.shelvesOf(variants)) {
    const store = stores.get(id);
    if (store !== undefined) put(shelves, variant, { store, ...pieces });
  }
  return { prices, shelves };
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** The price that a variant has at the moment of the terms, as a quote would find it. */
export function priceNow(
  { prices }: Pick<Offers, "prices">,
  variant: VariantId,
  { priceLists, home, at }: ShopTerms,
): Price | null {
  return priceOf({ prices: prices.get(variant) ?? [], lists: priceLists, at, currency: home.currency });
}

/** What a variant costs, until when, and how many can be promised. */
export function offered(
  offers: Offers,
  { variant, terms }: { readonly variant: Pick<Variant, "id" | "content">; readonly terms: ShopTerms },
): { price: ShopPrice | null; priceUntil: ReturnType<typeof nextChange>; available: Promised } {
  const price = priceNow(offers, variant.id, terms);
  return {
    price: price === null ? null : shopPrice(price, variant),
    priceUntil: nextChange({
      at: terms.at,
      timeZone: terms.home.timeZone,
      prices: offers.prices.get(variant.id) ?? [],
      promotions: [],
    }),
    available: promisedTogether(offers.shelves.get(variant.id) ?? []),
  };
}

function shopPrice(
  { amount, compareAt, lowest30, tiers = [] }: Price,
  { content }: Pick<Variant, "content">,
): ShopPrice {
  return {
    amount,
    compareAt,
    lowest30: lowest30 ?? null,
    tiers: tiers.map(({ from, amount: each }) => ({ from, amount: each })),
    unitPrice: content === undefined ? null : unitPriceOf(amount, content),
  };
}
