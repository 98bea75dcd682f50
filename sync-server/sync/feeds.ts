import { customerHoldingOf } from "#domain/customer/scope.ts";
import type { PriceListId } from "#domain/ids.ts";
import { madeOnce } from "#domain/made-once.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";

/** Everything that is the chain's, not one store's. */
const CATALOG_FEED = "catalog";
const CUSTOMERS_FEED = "customers";
/** Holds nothing but tombstones. */
const ERASED_CUSTOMERS_FEED = "customers:erased";
const RECEIPTS_FEED = "receipts";
const PROMOTIONS_FEED = "promotions";
const BALANCES_FEED = "balances";

/** Those of the chain that every store's tills may read, whatever its settings are. */
export const CHAIN_FEEDS: readonly string[] = [
  CATALOG_FEED,
  CUSTOMERS_FEED,
  ERASED_CUSTOMERS_FEED,
  RECEIPTS_FEED,
  PROMOTIONS_FEED,
  BALANCES_FEED,
];

export function storeFeed(store: string): string {
  return `store:${store}`;
}

export function priceFeed(list: string): string {
  return `prices:${list}`;
}

/** Those known in a region, or in one store. */
function regionCustomersFeed(region: string): string {
  return `${CUSTOMERS_FEED}:region:${region}`;
}

function storeCustomersFeed(store: string): string {
  return `${CUSTOMERS_FEED}:store:${store}`;
}

/** The one feed that a store's tills have their customers from; null where they hold none. */
export function customersFeedOf(store: Pick<StoreSettings, "store" | "customers">): string | null {
  const { scope, region } = customerHoldingOf(store);
  switch (scope) {
    case "all":
      return CUSTOMERS_FEED;
    case "region":
      return region === null ? storeCustomersFeed(store.store) : regionCustomersFeed(region);
    case "own":
      return storeCustomersFeed(store.store);
    case "onDemand":
      return null;
  }
}

/** Also those who were erased, where that feed does not tell of everybody: a till may have looked them up, and sold to them. */
function customersFeedsOf(store: StoreSettings): readonly string[] {
  const feed = customersFeedOf(store);
  if (feed === CUSTOMERS_FEED) return [feed];
  return feed === null ? [ERASED_CUSTOMERS_FEED] : [feed, ERASED_CUSTOMERS_FEED];
}

/** Whether a store of these is one of those whose customers are in a feed: all of them in a region's. */
export function fillsCustomersFeed(feed: string, store: Pick<StoreSettings, "store" | "customers">): boolean {
  const { region } = customerHoldingOf(store);
  return (
    feed === storeCustomersFeed(store.store) || (region !== null && feed === regionCustomersFeed(region))
  );
}

/** Its own and those of every group: a customer of any may come in. */
export function priceListsOf({ priceLists, customerGroups = [] }: StoreSettings): readonly PriceListId[] {
  return [...new Set([...priceLists, ...customerGroups.flatMap((group) => group.priceLists)])];
}

/** Which feeds a till's collections come from: decided by its store alone, never by what it asks for. */
export const COLLECTION_FEEDS: {
  readonly [C in ReplicaCollection]: (store: StoreSettings) => readonly string[];
} = {
  settings: (store) => [storeFeed(store.store)],
  staff: (store) => [storeFeed(store.store)],
  products: () => [CATALOG_FEED],
  prices: (store) => priceListsOf(store).map(priceFeed),
  promotions: () => [PROMOTIONS_FEED],
  stock: (store) => [storeFeed(store.store)],
  customers: customersFeedsOf,
  orders: (store) => [storeFeed(store.store)],
  receipts: (store) => [RECEIPTS_FEED, storeFeed(store.store)],
  balances: () => [BALANCES_FEED],
  notices: (store) => [storeFeed(store.store)],
  cases: (store) => [storeFeed(store.store)],
  counts: (store) => [storeFeed(store.store)],
  deliveries: (store) => [storeFeed(store.store)],
};

/** Every feed that a store's tills read, with the collections that come from it. */
export type CollectionsByFeed = ReadonlyMap<string, readonly ReplicaCollection[]>;

export function collectionsByFeed(store: StoreSettings): CollectionsByFeed {
  const of = new Map<string, readonly ReplicaCollection[]>();
  for (const collection of REPLICA_COLLECTIONS)
    for (const feed of COLLECTION_FEEDS[collection](store))
      of.set(feed, shared(...(of.get(feed) ?? []), collection));
  return of;
}

/** The same few for the feeds of all stores: whoever listens keeps them, and ten thousand do. */
const shared = madeOnce((...collections: readonly ReplicaCollection[]) => collections);

/** The collections that come from more feeds by the new settings than by those before: there is something to pull though nothing in them changed. */
export function collectionsWithMore(
  before: CollectionsByFeed,
  now: CollectionsByFeed,
): readonly ReplicaCollection[] {
  const more = [...now].flatMap(([feed, collections]) =>
    collections.filter((collection) => before.get(feed)?.includes(collection) !== true),
  );
  return REPLICA_COLLECTIONS.filter((collection) => more.includes(collection));
}

export { BALANCES_FEED, CATALOG_FEED, CUSTOMERS_FEED, ERASED_CUSTOMERS_FEED, PROMOTIONS_FEED, RECEIPTS_FEED };

/** What a feed is there for, where it is named without one of its collections; null where there is no such feed. */
export function collectionOfFeed(feed: string): ReplicaCollection | null {
  if (feed === CATALOG_FEED) return "products";
  if (feed === PROMOTIONS_FEED) return "promotions";
  if (feed === BALANCES_FEED) return "balances";
  if (feed === RECEIPTS_FEED) return "receipts";
  if (feed === CUSTOMERS_FEED || feed.startsWith(`${CUSTOMERS_FEED}:`)) return "customers";
  if (feed.startsWith(priceFeed(""))) return "prices";
  return feed.startsWith(storeFeed("")) ? "settings" : null;
}

/** The stores whose tills have a collection from a feed. */
export function storesOfFeed(
  stores: readonly StoreSettings[],
  { feed, collection }: { readonly feed: string; readonly collection: ReplicaCollection },
): readonly StoreSettings[] {
  return stores.filter((store) => COLLECTION_FEEDS[collection](store).includes(feed));
}
