import type { Instant } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { SnapshotHead } from "#protocol/sync/snapshot.ts";
import type { DeviceRecord, Storage } from "../storage/port.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { COLLECTION_FEEDS } from "./feeds.ts";
import { appliedOf, headsOf, rowJson } from "./pull.ts";

/** Documents read at a time; the stream waits for its reader between them. */
const SNAPSHOT_PAGE = 1_000;

/**
 * A whole collection as NDJSON, head and foot included, in pieces of text. `emit` resolves when the reader is ready for more, so that memory
 * stays bounded by one page; all of it comes from one state of the database. Documents come in the order of their ids, so that a till writes
 * its tables and their indexes from front to end. Returning false from `emit` ends it early.
 */
export async function streamSnapshot({
  storage,
  device,
  store,
  collection,
  now,
  emit,
}: {
  readonly storage: Storage;
  readonly device: DeviceRecord;
  readonly store: StoreSettings;
  readonly collection: ReplicaCollection;
  readonly now: () => Instant;
  readonly emit: (text: string) => Promise<boolean>;
}): Promise<void> {
  await storage.read(async (tx) => {
    const feeds = COLLECTION_FEEDS[collection](store);
    const heads = await headsOf(tx, feeds);
    let count = 0;
    for (const feed of feeds) count += await tx.feedCount({ feed, collection });
    const head: SnapshotHead = {
      kind: "head",
      count,
      checkpoint: writeCheckpoint(
        new Map([...heads].map(([feed, { head: seq }]) => [feed, seq])),
        await tx.newestEra(),
      ),
      applied: await appliedOf(tx, device),
      serverTime: now(),
    };
    if (!(await emit(`${JSON.stringify(head)}\n`))) return;
    for (const feed of feeds) {
      let after = "";
      for (;;) {
        const documents = await tx.liveDocuments({ feed, collection, after, limit: SNAPSHOT_PAGE });
        const last = documents.at(-1);
        if (last === undefined) break;
        if (!(await emit(documents.map(({ id, data }) => `${rowJson(id, data)}\n`).join("")))) return;
        after = last.id;
      }
    }
    await emit(`${JSON.stringify({ kind: "foot", count })}\n`);
  });
}
