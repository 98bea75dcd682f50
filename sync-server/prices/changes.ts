import { setImmediate as othersTurn } from "node:timers/promises";
import type { Instant, VariantId } from "#domain/ids.ts";
import { type PriceWrite, pricesWritten } from "#domain/pricing/price-history.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import type { Price, Product, Variant } from "#domain/product/product.ts";
import { articleName } from "#domain/product/variant-label.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Articles looked at before others get their turn: an import may have changed all there are. */
const ARTICLES_PER_TURN = 50;

/** An article of which another price holds than before. */
export interface RepricedArticle {
  readonly product: Product;
  readonly variant: Variant;
  /** Null: it had none. */
  readonly before: Price | null;
  readonly after: Price;
}

/** What costs something else in a store at `until` than it did at `from`, by what was known at each; of later times, by what is planned. In the order of their names. */
export async function priceChanges(
  tx: ReadTransaction,
  { store, from, until }: { readonly store: StoreSettings; readonly from: Instant; readonly until: Instant },
): Promise<readonly RepricedArticle[]> {
  const changed: RepricedArticle[] = [];
  let inTurn = 0;
  for (const id of await tx.variantsRepriced({ lists: store.priceLists, from, until })) {
    inTurn = (inTurn + 1) % ARTICLES_PER_TURN;
    if (inTurn === 0) await othersTurn();
    const product = await tx.productWith(id);
    const variant = product?.variants.find((each) => each.id === id);
    if (product === null || variant === undefined || product.status !== "active") continue;
    const known = await knownPrices(tx, { store, variant: id });
    const before = priceAt(known, { store, at: from });
    const after = priceAt(known, { store, at: until });
    if (after !== null && !isSame(before, after)) changed.push({ product, variant, before, after });
  }
  return changed.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** What is known of an article's prices on the lists of a store. */
interface KnownPrices {
  /** What was written, list by list. */
  readonly writes: readonly (readonly PriceWrite[])[];
  readonly kept: readonly Price[];
}

export async function knownPrices(
  tx: ReadTransaction,
  { store, variant }: { readonly store: StoreSettings; readonly variant: VariantId },
): Promise<KnownPrices> {
  const writes: KnownPrices["writes"][number][] = [];
  for (const list of store.priceLists) writes.push(await tx.priceWrites({ list, variant }));
  return { writes, kept: await tx.pricesOf(variant) };
}

/** The price that a store's customers see at a moment, past or to come. */
export function priceAt(
  { writes, kept: all }: KnownPrices,
  { store, at }: { readonly store: StoreSettings; readonly at: Instant },
): Price | null {
  const written = writes.flatMap((each) => pricesWritten(each, at));
  const found = priceOf({ prices: written, lists: store.priceLists, at });
  if (found === null) return null;
  // What was lowest before is worked out after a price is written; the price itself knows it.
  const kept = all.find(({ list, validFrom }) => list === found.list && validFrom === found.validFrom);
  return kept?.lowest30 === undefined ? found : { ...found, lowest30: kept.lowest30 };
}

/** Title and options in one. */
export function nameOf({ product, variant }: Pick<RepricedArticle, "product" | "variant">): string {
  return articleName(product, variant.options);
}

/** Whether a label of the one may stay where the other belongs. */
function isSame(before: Price | null, after: Price): boolean {
  return before?.amount.minor === after.amount.minor && before?.compareAt?.minor === after.compareAt?.minor;
}
