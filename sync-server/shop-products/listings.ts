import { createHash } from "node:crypto";
import {
  type ChannelId,
  type Instant,
  idOf,
  type PriceListId,
  type Sku,
  type VariantId,
} from "#domain/ids.ts";
import { doesOrders, orderPolicyOf } from "#domain/orders/policy.ts";
import { onChannel } from "#domain/product/channel-product.ts";
import type { Variant } from "#domain/product/product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Listing, ListingsAnswer } from "#protocol/shop/product.ts";
import { catalogueProduct } from "../catalog/save-product.ts";
import { variantsOfPriceId } from "../prices/lowest.ts";
import type { FeedRow, ReadTransaction } from "../storage/port.ts";
import { priceFeed, storeFeed } from "../sync/feeds.ts";
import { offered, offersOf } from "./offered.ts";
import { channelHead, type ShopTerms, shopTerms } from "./terms.ts";

interface Asked {
  readonly channel: ChannelId;
  readonly at: Instant;
}

/** What these articles cost on a channel and how many can be promised, now. Null before there is any store. */
export async function listingsOf(
  tx: ReadTransaction,
  { skus, ...asked }: Asked & { readonly skus: readonly Sku[] },
): Promise<ListingsAnswer | null> {
  const terms = await shopTerms(tx, asked);
  if (terms === null) return null;
  const variants: VariantId[] = [];
  for (const sku of new Set(skus)) {
    const owner = await tx.variantBySku(sku);
    if (owner !== null) variants.push(owner.variant);
  }
  const listings = await listed(tx, { variants, terms });
  const known = new Set<string>(listings.map(({ sku }) => sku));
  const unknown = [...new Set<string>(skus)].filter((sku) => !known.has(sku));
  return { ...channelHead(terms), listings: [...listings], unknown, next: null, caughtUp: true };
}

/**
 * The articles whose price or stock was written since a cursor, as they are now: by the feeds that the tills have them from, of the channel's price
 * lists and of every store. Without a cursor none, and where the feeds are now.
 */
export async function changedListings(
  tx: ReadTransaction,
  { after, limit, ...asked }: Asked & { readonly after: string | undefined; readonly limit: number },
): Promise<Result<ListingsAnswer, "noStores" | "noCursor" | "otherTerms" | "tooOld">> {
  const terms = await shopTerms(tx, asked);
  if (terms === null) return refused("noStores");
  const feeds = feedsOf(terms);
  const sign = signOf(terms);
  const answer = (listings: readonly Listing[], read: readonly number[], caughtUp: boolean) =>
    ok({
      ...channelHead(terms),
      listings: [...listings],
      unknown: [],
      next: [sign, ...read.map((seq) => seq.toString(36))].join("-"),
      caughtUp,
    });
  if (after === undefined) {
    const heads: number[] = [];
    for (const { feed } of feeds) heads.push((await tx.feedHead(feed)).head);
    return answer([], heads, true);
  }
  const [known, ...places] = after.split("-");
  const read = places.map((place) => Number.parseInt(place, 36));
  if (read.some((seq) => !Number.isSafeInteger(seq))) return refused("noCursor");
  if (known !== sign || read.length !== feeds.length) return refused("otherTerms");
  const found = new Set<VariantId>();
  const now: number[] = [];
  let left = limit;
  for (const [index, { feed, list }] of feeds.entries()) {
    const from = read[index] ?? 0;
    const { head, purgedTo } = await tx.feedHead(feed);
    // Prices that were taken away may have been forgotten since; or the server was put back to an older state.
    if ((list !== null && from < purgedTo && from > 0) || from > head) return refused("tooOld");
    const collection = list === null ? "stock" : "prices";
    const rows = left === 0 ? [] : await tx.feedRows({ feed, collection, after: from, limit: left });
    for (const row of rows) for (const variant of variantsOf(row, list)) found.add(variant);
    left -= rows.length;
    now.push(rows.at(-1)?.seq ?? from);
  }
  return answer(await listed(tx, { variants: [...found], terms }), now, left > 0);
}

interface Followed {
  readonly feed: string;
  /** Null: a store's feed, of which the stock is read. */
  readonly list: PriceListId | null;
}

function feedsOf({ priceLists, stores }: ShopTerms): readonly Followed[] {
  return [
    ...[...new Set(priceLists)].map((list) => ({ feed: priceFeed(list), list })),
    ...stores.map(({ store }) => ({ feed: storeFeed(store), list: null })),
  ];
}

/** Another text as soon as every price or figure may be another without a row of it written: other lists or stores, another safety stock. */
function signOf({ priceLists, home, stores }: ShopTerms): string {
  const of = stores.map((store) => [
    store.store,
    doesOrders(store, "ship"),
    doesOrders(store, "pickup"),
    orderPolicyOf(store).safetyStock,
  ]);
  const text = JSON.stringify([home.currency, priceLists, of]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function variantsOf({ id }: FeedRow, list: PriceListId | null): readonly VariantId[] {
  return list === null ? [idOf<"Variant">(id)] : variantsOfPriceId(id, list);
}

/** Those that the channel sells. */
async function listed(
  tx: ReadTransaction,
  { variants, terms }: { readonly variants: readonly VariantId[]; readonly terms: ShopTerms },
): Promise<readonly Listing[]> {
  const sold: (Pick<Listing, "product"> & { readonly variant: Variant })[] = [];
  for (const id of variants) {
    const product = await tx.productWith(id);
    const known = product === null ? null : await catalogueProduct(tx, product.id);
    const variant = known?.product.variants.find((each) => each.id === id);
    if (known !== null && variant !== undefined && onChannel(known, terms.channel).isSold)
      sold.push({ product: known.product.id, variant });
  }
  const offers = await offersOf(tx, { variants: sold.map(({ variant }) => variant.id), terms });
  return sold.map(({ product, variant }) => ({
    product,
    variant: variant.id,
    sku: variant.sku,
    ...offered(offers, { variant, terms }),
  }));
}
