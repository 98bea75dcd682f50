import { type Instant, instant } from "#domain/ids.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Storage } from "../storage/port.ts";
import { RECEIPTS_FEED, storeFeed } from "../sync/feeds.ts";
import { MARKS, PURCHASES, type Publisher } from "../sync/publisher.ts";

/** Purchases stay on the tills for so long after nobody may bring them back any more: people come late, and managers let them. */
const GRACE_DAYS = 30;
/** Taken off in one transaction, so that tills that push need not wait for long. */
const STEP = 500;

/** Takes purchases, and what is said of their returns, off the tills once the longest window of who has them is over, and the grace after it. The server keeps all of it. */
export async function forgetOldPurchases({
  storage,
  publisher,
  now,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}): Promise<void> {
  const stores = await storage.read((tx) => tx.stores());
  const longest = Math.max(0, ...stores.map(longestWindow));
  const kept = [
    ...stores.map((store) => ({
      feed: storeFeed(store.store),
      prefix: PURCHASES,
      days: longestWindow(store),
    })),
    { feed: RECEIPTS_FEED, prefix: PURCHASES, days: longest },
    { feed: RECEIPTS_FEED, prefix: MARKS, days: longest },
  ];
  for (const { feed, prefix, days } of kept) {
    const before = instant(now() - (days + GRACE_DAYS) * DAY_MS);
    await forgetAll({ publisher, feed, prefix, before });
  }
}

async function forgetAll({
  publisher,
  feed,
  prefix,
  before,
}: {
  readonly publisher: Publisher;
  readonly feed: string;
  readonly prefix: string;
  readonly before: Instant;
}): Promise<void> {
  for (;;) {
    const forgotten = await publisher.publish(async (publication) => {
      const ask = { feed, collection: "receipts", prefix, before, limit: STEP } as const;
      const ids = await publication.tx.documentsFrom(ask);
      for (const id of ids) await publication.forgetReceipt(feed, id);
      return ids.length;
    });
    if (forgotten < STEP) return;
  }
}

function longestWindow(store: StoreSettings): number {
  const { windowDays, windows } = returnPolicyOf(store);
  return Math.max(windowDays, ...windows.map(({ days }) => days));
}
