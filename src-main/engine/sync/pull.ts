import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Page } from "#protocol/sync/pages.ts";
import { DEFAULT_PULL_LIMIT } from "#protocol/sync/replica.ts";
import type { DiskJournal } from "../journal/journal.ts";
import { type DiskReplica, isSamePlace } from "../replica/replica.ts";
import { containedOf, epochOverBy } from "./contained.ts";
import type { Link } from "./link.ts";
import type { EpochOver } from "./push.ts";
import { NotAServer, type ServerClient, ServerRefusal } from "./server-client.ts";
import { takeSnapshot } from "./snapshot.ts";

export interface FirstSyncProgress {
  readonly collection: ReplicaCollection;
  /** 0 to 99 over all collections. */
  readonly percent: number;
}

/** How much of a first sync each collection is, in a shop of common shape; what is shown to people is shares of these. */
const WEIGHTS: Readonly<Record<ReplicaCollection, number>> = {
  settings: 1,
  staff: 1,
  products: 50,
  prices: 22,
  promotions: 1,
  stock: 18,
  customers: 6,
  orders: 1,
  receipts: 5,
  balances: 1,
  notices: 1,
  cases: 1,
  counts: 1,
  deliveries: 1,
};

/** Of what brings on a collection that the till has. */
export interface CatchUpSettings {
  readonly replica: DiskReplica;
  readonly journal: Pick<DiskJournal, "acknowledged" | "head" | "isOwn" | "recall" | "rewind">;
  readonly client: () => ServerClient;
  readonly link: Pick<Link, "heard">;
  /** A collection now stands at the server's head. */
  readonly onCaughtUp: () => void;
  /** This epoch of the till's journal cannot go on. */
  readonly onEpochOver: (over: EpochOver) => void;
}

export interface PullSettings extends CatchUpSettings {
  readonly onProgress: (progress: FirstSyncProgress) => void;
  /** A page of what changed has been taken in; the next one may not arrive for days. */
  readonly onPage: () => Promise<void>;
  /**
   * A collection is taken anew, and another machine has gone on in a later epoch: the server may have gone back, and have lost what it acknowledged. Resolves once this till's journal
   * goes on as well, behind what the server has of it, or where it must not. Throws Unreachable.
   */
  readonly onPassed: (serverVersion: number) => Promise<void>;
}

/**
 * Brings a collection to the server's head: by snapshot the first time and after a checkpoint that the server has forgotten or never wrote,
 * then by pulling. A server that does not know the checkpoint of its own fresh snapshot is not asked for a third. Throws Unreachable,
 * NotAServer, ServerRefusal, or what the disk throws.
 */
export async function bringUpToDate(collection: ReplicaCollection, settings: PullSettings): Promise<void> {
  const { replica, client, link, onProgress } = settings;
  for (let isFresh = false; ; ) {
    if (replica.position(collection)?.complete !== true) {
      isFresh = true;
      const { acknowledged } = settings.journal;
      const server = client();
      try {
        const { serverTime } = await takeSnapshot({
          collection,
          replica,
          server,
          ownUpTo: async (applied) => {
            const { upTo, isPassed } = await containedOf(settings.journal, { acknowledged, applied });
            // What the server lost of it is in the next epoch by then, and so not in what is read here.
            if (isPassed) await settings.onPassed(server.serverVersion);
            return upTo(null);
          },
          onShare: (share) => onProgress({ collection, percent: percentOf(collection, share) }),
        });
        link.heard(serverTime);
        await settings.journal.recall();
      } catch (error) {
        if (!(error instanceof ServerRefusal && error.reason === "badRequest")) throw error;
        // An earlier server has no such collection: it is empty until there is a later one.
        const position = { checkpoint: "", applied: settings.journal.acknowledged, complete: true };
        await replica.write(collection, [], position, client());
        settings.onCaughtUp();
        return;
      }
    }
    try {
      return await catchUp(collection, settings);
    } catch (error) {
      if (isFresh || !isAboutTheCheckpoint(error)) throw error;
      await replica.startOver(collection);
    }
  }
}

/** A pull asks nothing of its own but the checkpoint: what is bad about it can only be that. */
function isAboutTheCheckpoint(error: unknown): boolean {
  return (
    error instanceof ServerRefusal && (error.reason === "checkpointExpired" || error.reason === "badRequest")
  );
}

async function catchUp(collection: ReplicaCollection, settings: PullSettings): Promise<void> {
  const { replica, journal, client, link } = settings;
  for (let isAtHead = false; !isAtHead; ) {
    const acknowledged = journal.acknowledged;
    const after = replica.position(collection)?.checkpoint ?? "";
    const server = client();
    const answer = await server.pull({ collection, after, limit: DEFAULT_PULL_LIMIT });
    link.heard(answer.serverTime);
    isAtHead = await takePage(collection, answer, { ...settings, acknowledged, after, server });
    await settings.onPage();
  }
}

/** Takes in what the server answered to `after`. True where the collection stands at the server's head now. */
export async function takePage(
  collection: ReplicaCollection,
  page: Page,
  {
    replica,
    journal,
    onCaughtUp,
    onEpochOver,
    acknowledged,
    after,
    server,
  }: Pick<CatchUpSettings, "replica" | "journal" | "onCaughtUp" | "onEpochOver"> & {
    /** Of the till's journal, before it asked. */
    readonly acknowledged: AppliedUpTo;
    readonly after: string;
    readonly server: ServerClient;
  },
): Promise<boolean> {
  if (!page.caughtUp && page.checkpoint === after)
    throw new NotAServer("there is said to be more, but not where it begins");
  // Only an answer that ends at the head contains everything that the server has booked of this till.
  const { upTo, isContinued } = await containedOf(journal, { acknowledged, applied: page.applied });
  const before = replica.appliedOf(collection);
  const applied = page.caughtUp ? upTo(before) : before;
  const position = { checkpoint: page.checkpoint, applied, complete: true };
  if (page.documents.length > 0 || !isSamePlace(replica.position(collection), position))
    await replica.write(collection, page.documents, position, server);
  const over = await epochOverBy(journal, { acknowledged, applied: page.applied, isContinued });
  if (over !== null) onEpochOver({ epoch: over, serverVersion: server.serverVersion });
  if (page.caughtUp) onCaughtUp();
  return page.caughtUp;
}

function percentOf(collection: ReplicaCollection, share: number): number {
  const weights = REPLICA_COLLECTIONS.map((each) => WEIGHTS[each]);
  const at = REPLICA_COLLECTIONS.indexOf(collection);
  const sum = (some: readonly number[]) => some.reduce((total, weight) => total + weight, 0);
  return Math.min(
    99,
    Math.floor((100 * (sum(weights.slice(0, at)) + share * WEIGHTS[collection])) / sum(weights)),
  );
}
