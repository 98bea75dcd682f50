import { expect, test } from "vitest";
import { BERLIN, HAMBURG } from "../testing/shop.ts";
import { CATALOG_FEED, collectionsByFeed, storeFeed } from "./feeds.ts";

test("each store has a feed of its own, and ten thousand that listen keep the same lists of what comes from a feed", () => {
  const [berlin, hamburg] = [collectionsByFeed(BERLIN), collectionsByFeed(HAMBURG)];
  expect(berlin.get(CATALOG_FEED)).toEqual(["products"]);
  expect(hamburg.get(CATALOG_FEED)).toBe(berlin.get(CATALOG_FEED));
  const own = berlin.get(storeFeed(BERLIN.store));
  expect(own).toContain("stock");
  expect(hamburg.get(storeFeed(HAMBURG.store))).toBe(own);
  expect(hamburg.has(storeFeed(BERLIN.store))).toBe(false);
});
