import type { StoreReach } from "#domain/access/roles.ts";
import type { Instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Standing } from "#domain/returns/returned.ts";
import type { FindPurchases } from "#protocol/sync/purchases.ts";
import type { DeviceRecord, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookReturns } from "./book.ts";
import { findPurchases } from "./find.ts";
import { forgetOldPurchases } from "./forget.ts";

/** Everything the server does with what was bought and comes back. */
export interface ReturnsDesk {
  /** Books what a till's entry takes back, within the transaction that takes the entry in; each purchase counts once by the entry's ticket. */
  book(publication: Publication, device: DeviceRecord, entry: JournalEntry): Promise<void>;
  /** Newest first. `reach`: only what was sold in these stores; left out: anywhere. */
  find(ask: FindPurchases, reach?: StoreReach): Promise<readonly Standing[]>;
  /** Takes off the tills what nobody may bring back any more. Safe to call at any time, any number of times. */
  forgetOld(): Promise<void>;
}

export function createReturnsDesk({
  storage,
  publisher,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
}): ReturnsDesk {
  return {
    book: (publication, device, entry) => bookReturns(publication, { device, entry, newId }),
    find: (ask, reach) => storage.read((tx) => findPurchases(tx, ask, reach)),
    forgetOld: () => forgetOldPurchases({ storage, publisher, now }),
  };
}
