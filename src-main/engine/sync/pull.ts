import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { type Applied, DEFAULT_PULL_LIMIT, type ReplicaRow } from "#protocol/sync/replica.ts";
import {
  type SnapshotHead,
  snapshotFootSchema,
  snapshotHeadSchema,
  snapshotRowSchema,
} from "#protocol/sync/snapshot.ts";
import type { DiskReplica } from "../replica/replica.ts";
import { type ServerClient, ServerRefusal, Unreachable } from "./server-client.ts";

/** Rows of a snapshot handed to the replica at a time. */
const SNAPSHOT_BATCH = 500;

export interface FirstSyncProgress {
  readonly collection: ReplicaCollection;
  /** 0 to 100 over all collections. */
  readonly percent: number;
}

export interface Pull {
  /** Brings the given collections to the server's head, by snapshot the first time. Throws Unreachable or ServerRefusal. */
  run(collections: readonly ReplicaCollection[], signal: AbortSignal): Promise<void>;
}

export function createPull({
  replica,
  client,
  onProgress,
  onApplied,
  onServerTime,
}: {
  readonly replica: DiskReplica;
  readonly client: () => ServerClient;
  readonly onProgress: (progress: FirstSyncProgress | null) => void;
  readonly onApplied: (applied: Applied) => void;
  readonly onServerTime: (serverTimeMs: number) => void;
}): Pull {
  async function catchUp(collection: ReplicaCollection): Promise<void> {
    for (;;) {
      const position = replica.position(collection);
      const answer = await client().pull({
        collection,
        after: position?.checkpoint ?? "",
        limit: DEFAULT_PULL_LIMIT,
      });
      await replica.write(collection, answer.documents);
      const applied = answer.caughtUp ? answer.applied : replica.appliedOf(collection);
      await replica.setPosition(collection, { checkpoint: answer.checkpoint, applied, complete: true });
      onServerTime(answer.serverTime);
      if (!answer.caughtUp) continue;
      onApplied(applied);
      return;
    }
  }

  async function bring(collection: ReplicaCollection, signal: AbortSignal): Promise<void> {
    if (replica.position(collection)?.complete !== true) {
      await takeSnapshot({
        collection,
        replica,
        client: client(),
        signal,
        onShare: (share) => onProgress({ collection, percent: percentOf(collection, share) }),
      });
    }
    try {
      await catchUp(collection);
    } catch (error) {
      if (!(error instanceof ServerRefusal && error.reason === "checkpointExpired")) throw error;
      await replica.clear(collection);
      await bring(collection, signal);
    }
  }

  return {
    async run(collections, signal) {
      for (const collection of REPLICA_COLLECTIONS) {
        if (collections.includes(collection)) await bring(collection, signal);
        if (signal.aborted) return;
      }
      if (replica.complete) onProgress(null);
    },
  };
}

/** Products, prices and stock are nearly all of a first sync. */
function percentOf(collection: ReplicaCollection, share: number): number {
  const before = REPLICA_COLLECTIONS.indexOf(collection);
  return Math.min(99, Math.floor(((before + share) / REPLICA_COLLECTIONS.length) * 100));
}

/** Writes a snapshot as it streams in; the position is set only when its foot has arrived and the count is right. */
async function takeSnapshot({
  collection,
  replica,
  client,
  signal,
  onShare,
}: {
  readonly collection: ReplicaCollection;
  readonly replica: DiskReplica;
  readonly client: ServerClient;
  readonly signal: AbortSignal;
  readonly onShare: (share: number) => void;
}): Promise<void> {
  let head: SnapshotHead | null = null;
  let footSeen = false;
  let count = 0;
  let batch: ReplicaRow[] = [];
  const flush = async (): Promise<void> => {
    await replica.write(collection, batch);
    count += batch.length;
    batch = [];
    onShare(head === null || head.count === 0 ? 1 : count / head.count);
  };
  onShare(0);
  for await (const line of client.snapshot(collection, signal)) {
    if (line === "") continue;
    const value: unknown = JSON.parse(line);
    if (head === null) head = snapshotHeadSchema.parse(value);
    else if (snapshotFootSchema.safeParse(value).success) footSeen = true;
    else batch.push(snapshotRowSchema.parse(value));
    if (batch.length >= SNAPSHOT_BATCH) await flush();
  }
  await flush();
  if (head === null || !footSeen || count !== head.count) throw new Unreachable("the snapshot was cut off");
  await replica.setPosition(collection, {
    checkpoint: head.checkpoint,
    applied: head.applied,
    complete: true,
  });
}
