import type { Instant } from "#domain/ids.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import type { NewerAnswer, NewerRequest } from "#protocol/sync/newer.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { appliedAt, type FeedsNow, type PullStart, type StandingInStore, startOf } from "./pull.ts";

/**
 * For a till that was away: of one snapshot, the collections that it needs not pull (SPEC S39). A few rows are looked up, and no document is read: what a pull of each
 * would cost is for those that have something newer.
 */
export async function newerIn(
  feeds: FeedsNow,
  standing: StandingInStore,
  { checkpoints, now }: NewerRequest & { readonly now: Instant },
): Promise<NewerAnswer> {
  const { store } = standing;
  const upToDate: Partial<Record<ReplicaCollection, string>> = {};
  for (const collection of REPLICA_COLLECTIONS) {
    const after = checkpoints[collection];
    if (after === undefined) continue;
    const started = await startOf(feeds, { store, collection, after });
    if (started.ok && (await endsAtItsHeads(feeds, collection, started.value)))
      upToDate[collection] = checkpointAtHeads(started.value);
  }
  return { upToDate, applied: appliedAt(standing), serverTime: now };
}

/** Whether nothing of the collection came into its feeds behind the checkpoint, whatever came of others. */
async function endsAtItsHeads(
  feeds: FeedsNow,
  collection: ReplicaCollection,
  { positions, heads }: PullStart,
): Promise<boolean> {
  for (const [feed, { head }] of heads) {
    const after = positions.get(feed) ?? 0;
    if (after < head && after < (await feeds.collectionHead({ feed, collection }))) return false;
  }
  return true;
}

function checkpointAtHeads({ heads, era }: PullStart): string {
  return writeCheckpoint(new Map([...heads].map(([feed, { head }]) => [feed, head])), era);
}
