import { AsyncLocalStorage } from "node:async_hooks";
import type { Result } from "#domain/result.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { ReadTransaction, Standing, Storage } from "../storage/port.ts";
import { atOnce } from "./at-once.ts";
import { CHAIN_FEEDS } from "./feeds.ts";
import type { PageAsk, PullPage, PullRefusal, Pulls, StandingInStore } from "./pull.ts";

/** So many tills are answered of one state of the database: some milliseconds of the thread. */
const MOST_AT_ONCE = 24;

/** What a till that pulls is told. */
export interface Pulled {
  readonly standing: Standing;
  /** In the order of what was asked; none where the till may read nothing: it is revoked, or its store is gone. */
  readonly pages: readonly {
    readonly collection: ReplicaCollection;
    readonly page: Result<PullPage, PullRefusal>;
  }[];
}

export interface PullDesk {
  /** Pages for the till that shows the token with this hash, of a state that is no older than the asking; null: there is no such till. */
  pull(tokenHash: string, asks: readonly PageAsk[]): Promise<Pulled | null>;
}

interface Waiting {
  readonly tokenHash: string;
  readonly asks: readonly PageAsk[];
  readonly answered: (pulled: Pulled | null) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A sale wakes all tills of its store, and they pull at once. Whoever comes while nobody is being answered is answered at once; who comes meanwhile waits, and then all who wait are
 * answered of one state: how often the database is asked does not grow with how many tills ask. Between two such rounds it `breathe`s, so that sales are taken in however many
 * want to read.
 */
export function createPullDesk({
  storage,
  pulls,
  breathe,
}: {
  readonly storage: Pick<Storage, "read">;
  readonly pulls: Pick<Pulls, "pullIn">;
  readonly breathe: () => Promise<void>;
}): PullDesk {
  const waiting: Waiting[] = [];
  let isAtWork = false;
  /** What is done for all belongs to no one's request. */
  const apart = AsyncLocalStorage.snapshot();

  const answerAll = async () => {
    isAtWork = true;
    while (waiting.length > 0) {
      await answer(waiting.splice(0, MOST_AT_ONCE));
      await breathe();
    }
    isAtWork = false;
  };
  const answer = async (round: readonly Waiting[]) => {
    try {
      const answers = await storage.read((tx) => pulledIn(tx, pulls, round));
      for (const [place, { answered }] of round.entries()) answered(answers[place] ?? null);
    } catch (error) {
      for (const { failed } of round) failed(error);
    }
  };
  return {
    pull: (tokenHash, asks) =>
      new Promise((answered, failed) => {
        waiting.push({ tokenHash, asks, answered, failed });
        if (!isAtWork) void apart(answerAll);
      }),
  };
}

/** In the order of who waits. What several ask for is read once. */
async function pulledIn(
  tx: ReadTransaction,
  pulls: Pick<Pulls, "pullIn">,
  round: readonly Waiting[],
): Promise<readonly (Pulled | null)[]> {
  const tokenHashes = [...new Set(round.map(({ tokenHash }) => tokenHash))];
  const standings = await tx.standings({ tokenHashes, chainFeeds: CHAIN_FEEDS });
  const reading = pulls.pullIn(tx);
  const pageOf = async (standing: StandingInStore, ask: PageAsk) => ({
    collection: ask.collection,
    page: await reading(standing, ask),
  });
  return atOnce(
    round.map(async ({ tokenHash, asks }) => {
      const standing = standings.get(tokenHash);
      if (standing === undefined) return null;
      const { store } = standing;
      if (store === null || standing.device.revokedAt !== null) return { standing, pages: [] };
      return { standing, pages: await atOnce(asks.map((ask) => pageOf({ ...standing, store }, ask))) };
    }),
  );
}
