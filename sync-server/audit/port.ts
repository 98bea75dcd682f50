import type { DeviceId, Instant, StoreId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";

/** An entry as a till signed it, and when it was received by the server's clock. */
export interface ReceivedEntry {
  readonly entry: JournalEntry;
  readonly receivedAt: Instant;
}

/** Whose journal it is. A till stays in its store for good, and its journal lies with the store. */
export interface TillOfStore {
  readonly store: StoreId;
  readonly device: DeviceId;
}

/** Where an entry stands in the journal of its till. */
export interface JournalSpot {
  readonly epoch: number;
  readonly seq: number;
}

export interface AuditReads {
  /** Entries of a till in order, over all its epochs: those after a spot, the first `limit` of them. */
  receivedEntries(
    ask: TillOfStore & { readonly after: JournalSpot; readonly limit: number },
  ): Promise<readonly ReceivedEntry[]>;
}
