import { idOf } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { CUSTOMERS_FEED, customersFeedOf, fillsCustomersFeed } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { holdingOf } from "./holding.ts";
import type { CustomerRules } from "./records.ts";

/** Documents of a feed that are forgotten at a time. */
const PAGE = 1_000;

/** From now on each store's tills hold whom these rules let them: feeds that are new are filled, those that nobody reads any more are emptied. */
export async function putCustomerRules(publication: Publication, rules: CustomerRules): Promise<void> {
  const { tx } = publication;
  const before = await tx.stores();
  await tx.putCustomerRules(rules);
  const after = before.map((store) => ({ ...store, customers: holdingOf(rules, store.store) }));
  for (const [at, store] of after.entries()) {
    const was = before[at];
    if (was === undefined || JSON.stringify(store.customers) === JSON.stringify(was.customers)) continue;
    await publication.putStore(store);
    for (const feed of [customersFeedOf(was), customersFeedOf(store)])
      if (feed !== null) publication.noteCustomersMoved(feed);
  }
  for (const feed of narrowFeeds([...before, ...after])) {
    const wasFilledBy = filling(feed, before);
    const isFilledBy = filling(feed, after);
    if (wasFilledBy === isFilledBy) continue;
    await emptyFeed(publication, feed);
    for (const store of after) if (isRead(feed, after)) await fillFeed(publication, feed, store);
  }
}

function narrowFeeds(stores: readonly StoreSettings[]): ReadonlySet<string> {
  const feeds = stores.map(customersFeedOf).filter((feed) => feed !== null);
  return new Set(feeds.filter((feed) => feed !== CUSTOMERS_FEED));
}

function isRead(feed: string, stores: readonly StoreSettings[]): boolean {
  return stores.some((store) => customersFeedOf(store) === feed);
}

/** Names the stores whose customers are in a feed; empty where nobody reads it. */
function filling(feed: string, stores: readonly StoreSettings[]): string {
  if (!isRead(feed, stores)) return "";
  return stores
    .filter((store) => fillsCustomersFeed(feed, store))
    .map(({ store }) => store)
    .join(" ");
}

async function fillFeed(publication: Publication, feed: string, store: StoreSettings): Promise<void> {
  if (!fillsCustomersFeed(feed, store)) return;
  for (const id of await publication.tx.customersOfStore(store.store)) {
    const customer = await publication.tx.customer(id);
    if (customer !== null) await publication.putCustomerInto(feed, customer);
  }
}

async function emptyFeed(publication: Publication, feed: string): Promise<void> {
  for (;;) {
    const documents = await publication.tx.liveDocuments({
      feed,
      collection: "customers",
      after: "",
      limit: PAGE,
    });
    if (documents.length === 0) return;
    for (const { id } of documents) await publication.forgetCustomer(idOf<"Customer">(id), [feed]);
  }
}
