import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { type CatchUpSettings, takePage } from "./pull.ts";

/** What became of collections that were asked for together; every other is to be pulled by itself. */
export interface Brought {
  /** They stand at the server's head. */
  readonly atHead: ReadonlySet<ReplicaCollection>;
  /** What was answered could not be taken in. */
  readonly failed: ReadonlyMap<ReplicaCollection, unknown>;
}

/** Brings several collections on by one call (SPEC S39a). Null: the server does not know the call. Throws what a call throws. */
export async function bringTogether(
  collections: readonly ReplicaCollection[],
  settings: CatchUpSettings,
): Promise<Brought | null> {
  const { replica, journal, client, link } = settings;
  const acknowledged = journal.acknowledged;
  const read = collections.map((each) => [each, replica.position(each)?.checkpoint ?? ""] as const);
  const server = client();
  const answer = await server.pages(Object.fromEntries(read));
  if (answer === null) return null;
  link.heard(answer.serverTime);
  const atHead = new Set<ReplicaCollection>();
  const failed = new Map<ReplicaCollection, unknown>();
  for (const [collection, after] of read) {
    const page = answer.pages[collection];
    if (page === undefined) continue;
    try {
      if (await takePage(collection, page, { ...settings, acknowledged, after, server }))
        atHead.add(collection);
    } catch (error) {
      // A document in a wrong shape stops its own collection, not the ones after it.
      failed.set(collection, error);
    }
  }
  return { atHead, failed };
}
