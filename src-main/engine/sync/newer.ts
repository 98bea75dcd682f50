import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Position } from "../replica/replica.ts";
import { containedOf, epochOverBy } from "./contained.ts";
import type { CatchUpSettings } from "./pull.ts";

/**
 * Which of these collections are to be pulled, by one question for all of them (SPEC S39): those that have something newer at the server, or are to be taken anew. The
 * others have come as far as if each had been pulled. All are where the server does not know the question. Throws what a call and the disk throw.
 */
export async function newerOf(
  collections: readonly ReplicaCollection[],
  { replica, journal, client, link, onCaughtUp, onEpochOver }: CatchUpSettings,
): Promise<readonly ReplicaCollection[]> {
  const read = collections.flatMap((collection) => {
    const position = replica.position(collection);
    return position?.complete === true ? [[collection, position.checkpoint] as const] : [];
  });
  if (read.length === 0) return collections;
  const acknowledged = journal.acknowledged;
  const server = client();
  const answer = await server.newer(Object.fromEntries(read));
  if (answer === null) return collections;
  link.heard(answer.serverTime);
  const { upTo, isContinued } = await containedOf(journal, { acknowledged, applied: answer.applied });
  const reached = new Map<ReplicaCollection, Position>();
  for (const [collection] of read) {
    const checkpoint = answer.upToDate[collection];
    if (checkpoint === undefined) continue;
    reached.set(collection, { checkpoint, applied: upTo(replica.appliedOf(collection)), complete: true });
  }
  replica.reach(reached);
  const over = await epochOverBy(journal, { acknowledged, applied: answer.applied, isContinued });
  if (over !== null) onEpochOver({ epoch: over, serverVersion: server.serverVersion });
  onCaughtUp();
  return collections.filter((collection) => !reached.has(collection));
}
