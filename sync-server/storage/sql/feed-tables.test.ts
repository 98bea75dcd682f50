import { expect, test } from "vitest";
import { customersFeedOf, priceFeed, storeFeed } from "../../sync/feeds.ts";
import { BERLIN } from "../../testing/shop.ts";
import { placeOfFeed } from "./feed-tables.ts";

test("feeds of a single store lie with the store, all others with the chain", () => {
  const own = customersFeedOf({ store: BERLIN.store, customers: { scope: "own", region: null } });
  const region = customersFeedOf({ store: BERLIN.store, customers: { scope: "region", region: "store" } });
  expect(placeOfFeed(storeFeed(BERLIN.store))).toMatchObject({
    rows: "store_feed_rows",
    values: [BERLIN.store, "store"],
  });
  expect(placeOfFeed(own ?? "")).toMatchObject({
    rows: "store_feed_rows",
    values: [BERLIN.store, "customers:store"],
  });
  for (const feed of [priceFeed("store"), region ?? "", "catalog", "customers", "receipts"])
    expect(placeOfFeed(feed)).toMatchObject({ rows: "chain_feed_rows", values: [feed] });
});
