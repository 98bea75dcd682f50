import { AsyncLocalStorage } from "node:async_hooks";
import type { Result } from "#domain/result.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { type ReadTransaction, type Standing, type Storage, StorageUnavailable } from "../storage/port.ts";
import { atOnce } from "./at-once.ts";
import { CHAIN_FEEDS } from "./feeds.ts";
import type { PageAsk, PullPage, PullRefusal, Pulls, StandingInStore } from "./pull.ts";

/** So many tills are answered of one state of the database: some milliseconds of the thread. */
const MOST_AT_ONCE = 24;

/** A round that is not done after this, milliseconds, is not waited for: its connection may be gone without a word. */
const STALLED_MS = 2_000;
/** So many rounds at a time at most. */
const MOST_ROUNDS = 4;

/** What a till that pulls is told. */
export interface Pulled {
  readonly standing: Standing;
  /**
   * In the order of what was asked; none where the till may read nothing: it is revoked, or its store is gone. Of several the one that could not be read is left out: it is to be
   * asked for by itself, and fails there.
   */
  readonly pages: readonly {
    readonly collection: ReplicaCollection;
    readonly page: Result<PullPage, PullRefusal>;
  }[];
}

export interface PullDesk {
  /** Pages for the till that shows the token with this hash, of a state that is no older than the asking; null: there is no such till. */
  pull(tokenHash: string, asks: readonly PageAsk[]): Promise<Pulled | null>;
}

interface Asking {
  readonly tokenHash: string;
  readonly asks: readonly PageAsk[];
}

interface Waiting extends Asking {
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
  now,
  breathe,
}: {
  readonly storage: Pick<Storage, "read">;
  readonly pulls: Pick<Pulls, "pullIn">;
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number;
  readonly breathe: () => Promise<void>;
}): PullDesk {
  const waiting: Waiting[] = [];
  /** When each round that is under way began. */
  const rounds = new Set<{ began: number }>();
  /** What is done for all belongs to no one's request. */
  const apart = AsyncLocalStorage.snapshot();

  const answer = (asking: readonly Asking[]) => storage.read((tx) => pulledIn(tx, pulls, asking), "byKeys");

  const answerAlone = async ({ tokenHash, asks, answered, failed }: Waiting) => {
    try {
      const [pulled = null] = await answer([{ tokenHash, asks }]);
      answered(pulled);
    } catch (error) {
      if (asks.length < 2 || error instanceof StorageUnavailable) return failed(error);
      const read: Pulled[] = [];
      for (const ask of asks) {
        const pulled = await answer([{ tokenHash, asks: [ask] }]).catch(() => []);
        read.push(...pulled.flatMap((each) => each ?? []));
      }
      const [first] = read;
      if (first === undefined) return failed(error);
      answered({ ...first, pages: read.flatMap(({ pages }) => pages) });
    }
  };

  const answerRound = async (round: readonly Waiting[]) => {
    try {
      const answers = await answer(round);
      for (const [place, { answered }] of round.entries()) answered(answers[place] ?? null);
    } catch (error) {
      if (error instanceof StorageUnavailable) for (const { failed } of round) failed(error);
      // What cannot be read for one of them is no reason to turn away the others.
      else for (const each of round) await answerAlone(each);
    }
  };

  const answerAll = async () => {
    const round = { began: now() };
    rounds.add(round);
    while (waiting.length > 0) {
      round.began = now();
      await answerRound(waiting.splice(0, MOST_AT_ONCE));
      await breathe();
    }
    rounds.delete(round);
  };
  const isStalled = ({ began }: { readonly began: number }) => now() - began > STALLED_MS;

  return {
    pull: (tokenHash, asks) =>
      new Promise((answered, failed) => {
        waiting.push({ tokenHash, asks, answered, failed });
        if (rounds.size < MOST_ROUNDS && [...rounds].every(isStalled)) void apart(answerAll);
      }),
  };
}

/** In the order of who asks. What several ask for is read once. */
async function pulledIn(
  tx: ReadTransaction,
  pulls: Pick<Pulls, "pullIn">,
  asking: readonly Asking[],
): Promise<readonly (Pulled | null)[]> {
  const tokenHashes = [...new Set(asking.map(({ tokenHash }) => tokenHash))];
  const standings = await tx.standings({ tokenHashes, chainFeeds: CHAIN_FEEDS });
  const reading = pulls.pullIn(tx);
  const pageOf = async (standing: StandingInStore, ask: PageAsk) => ({
    collection: ask.collection,
    page: await reading(standing, ask),
  });
  return atOnce(
    asking.map(async ({ tokenHash, asks }) => {
      const standing = standings.get(tokenHash);
      if (standing === undefined) return null;
      const { store } = standing;
      if (store === null || standing.device.revokedAt !== null) return { standing, pages: [] };
      return { standing, pages: await atOnce(asks.map((ask) => pageOf({ ...standing, store }, ask))) };
    }),
  );
}
