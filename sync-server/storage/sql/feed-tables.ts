/** What stands before the store in the names of feeds that are one store's. Every other feed is the chain's. */
const STORE_FAMILIES = ["store", "customers:store"] as const;

/** Where a feed lies, and how a statement names it there. */
export interface FeedPlace {
  readonly heads: "chain_feeds" | "store_feeds";
  readonly rows: "chain_feed_rows" | "store_feed_rows";
  /** Its first columns, as they stand in the key. */
  readonly columns: string;
  /** The condition that it is this one; `values` are its values, and those of `columns`. */
  readonly is: string;
  readonly values: readonly string[];
}

/** Feeds of single stores lie by the store, so that a database can spread them; those of the chain are few and lie together. */
export function placeOfFeed(feed: string): FeedPlace {
  const family = STORE_FAMILIES.find((each) => feed.startsWith(`${each}:`));
  return family === undefined
    ? {
        heads: "chain_feeds",
        rows: "chain_feed_rows",
        columns: "feed",
        is: "feed = ?",
        values: [feed],
      }
    : {
        heads: "store_feeds",
        rows: "store_feed_rows",
        columns: "store, family",
        is: "store = ? AND family = ?",
        values: [feed.slice(family.length + 1), family],
      };
}

/** Every feed by its name, with how far it has come. */
export const ALL_FEED_HEADS =
  "SELECT feed, head FROM chain_feeds UNION ALL SELECT family || ':' || store AS feed, head FROM store_feeds";

/** SQL for the seq of a collection's newest row in a feed, NULL where it has none; `feed` and `collection` are columns. */
export function newestSeq(feed: string, collection: string): string {
  const inStore = STORE_FAMILIES.map(
    (family) => `WHEN ${feed} LIKE '${family}:%' THEN (SELECT max(r.seq) FROM store_feed_rows r
      WHERE r.store = substr(${feed}, ${family.length + 2}) AND r.family = '${family}' AND r.collection = ${collection})`,
  );
  return `CASE ${inStore.join(" ")} ELSE (SELECT max(r.seq) FROM chain_feed_rows r WHERE r.feed = ${feed} AND r.collection = ${collection}) END`;
}
