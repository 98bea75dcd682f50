import { AsyncLocalStorage } from "node:async_hooks";
import type { Instant } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { NewerAnswer, NewerRequest } from "#protocol/sync/newer.ts";
import { type ReadTransaction, type Standing, type Storage, StorageUnavailable } from "../storage/port.ts";
import { atOnce } from "./at-once.ts";
import type { Every } from "./every.ts";
import { CHAIN_FEEDS } from "./feeds.ts";
import { newerIn } from "./newer.ts";
import type { PageAsk, PullPage, PullRefusal, Pulls, Reading, StandingInStore } from "./pull.ts";

/** So many tills are answered of one state of the database: some milliseconds of the thread. */
const MOST_AT_ONCE = 24;

/** So long pages are read off the database before others have the thread, milliseconds. */
const READS_MS = 8;

/** A round of which nothing was heard for this long, milliseconds, is not waited for: its connection may be gone without a word. */
const STALLED_MS = 2_000;
/** So often it is looked whether one is, while anybody waits: nobody has to hope that somebody else asks. */
const LOOKED_EVERY_MS = 500;
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
  /** Null: it was not asked what is newer, or the till may read nothing. */
  readonly newer: NewerAnswer | null;
}

export interface PullDesk {
  /** Pages for the till that shows the token with this hash, of a state that is no older than the asking; null: there is no such till. */
  pull(tokenHash: string, asks: readonly PageAsk[]): Promise<Pulled | null>;
  /** The same for what is newer than these checkpoints. */
  newer(tokenHash: string, checkpoints: NewerRequest["checkpoints"]): Promise<Pulled | null>;
}

interface Asking {
  readonly tokenHash: string;
  readonly asks: readonly PageAsk[];
  readonly checkpoints: NewerRequest["checkpoints"] | null;
}

/** A round that is under way. */
interface Round {
  /** When it began, or last went on, by `now`. Null while it gives way: it asks nothing of the database, and goes on by itself. */
  movedAt: number | null;
}

interface Waiting extends Asking {
  readonly answered: (pulled: Pulled | null) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A sale wakes all tills of its store, and they pull at once; after an outage all tills of the chain ask what is newer. Whoever comes while nobody is being answered is answered at once;
 * who comes meanwhile waits, and then those who wait longest are answered of one state: how often the database is asked does not grow with how many tills ask. Between two such rounds, and
 * between pages that are long to read, it lets others have the thread, so that sales are taken in however many want to read.
 */
export function createPullDesk({
  storage,
  pulls,
  clock,
  now,
  breathe,
  yieldThread,
  every,
}: {
  readonly storage: Pick<Storage, "read">;
  readonly pulls: Pulls;
  readonly clock: () => Instant;
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number;
  /** Between two rounds: until whoever sells has had the thread. */
  readonly breathe: () => Promise<void>;
  /** Within one, which holds its transaction meanwhile: for a moment. */
  readonly yieldThread: () => Promise<void>;
  readonly every: Every;
}): PullDesk {
  const waiting: Waiting[] = [];
  const rounds = new Set<Round>();
  /** What is done for all belongs to no one's request. */
  const apart = AsyncLocalStorage.snapshot();

  let readSince = 0;
  let before = Promise.resolve();
  const pause = async () => {
    if (now() - readSince <= READS_MS) return;
    await yieldThread();
    readSince = now();
  };
  /** Each begins once the one before has begun, and has had the thread for what it does at once: on SQLite that is all of it. */
  const inTurn = async <T>(round: Round, read: () => Promise<T>): Promise<T> => {
    const mine = before.then(pause);
    before = mine;
    await mine;
    moved(round);
    const answer = await read();
    moved(round);
    return answer;
  };
  const moved = (round: Round) => {
    round.movedAt = now();
  };

  const answer = (round: Round, asking: readonly Asking[]) =>
    storage.read((tx) => {
      moved(round);
      const reading = pulls.readingIn(tx, (read) => inTurn(round, read));
      return pulledIn({ tx, reading, clock }, asking);
    }, "byKeys");

  const answerAlone = async (round: Round, waiting: Waiting) => {
    const { asks, answered, failed } = waiting;
    try {
      const [pulled = null] = await answer(round, [waiting]);
      answered(pulled);
    } catch (error) {
      if (asks.length < 2 || error instanceof StorageUnavailable) return failed(error);
      const read: Pulled[] = [];
      for (const ask of asks) {
        const pulled = await answer(round, [{ ...waiting, asks: [ask] }]).catch(() => []);
        read.push(...pulled.flatMap((each) => each ?? []));
      }
      const [first] = read;
      if (first === undefined) return failed(error);
      answered({ ...first, pages: read.flatMap(({ pages }) => pages) });
    }
  };

  const answerRound = async (round: Round, asking: readonly Waiting[]) => {
    try {
      const answers = await answer(round, asking);
      for (const [place, { answered }] of asking.entries()) answered(answers[place] ?? null);
    } catch (error) {
      if (error instanceof StorageUnavailable) for (const { failed } of asking) failed(error);
      // What cannot be read for one of them is no reason to turn away the others.
      else for (const each of asking) await answerAlone(round, each);
    }
  };

  const answerAll = async () => {
    const round: Round = { movedAt: now() };
    rounds.add(round);
    while (waiting.length > 0) {
      await answerRound(round, waiting.splice(0, MOST_AT_ONCE));
      round.movedAt = null;
      await breathe();
      moved(round);
    }
    rounds.delete(round);
  };
  const isStalled = ({ movedAt }: Round) => movedAt !== null && now() - movedAt > STALLED_MS;
  /** Answers those who wait, unless that is being done. */
  const goOn = () => {
    if (waiting.length > 0 && rounds.size < MOST_ROUNDS && [...rounds].every(isStalled))
      void apart(answerAll);
  };
  let endLooking: (() => void) | null = null;
  const look = () => {
    goOn();
    if (waiting.length > 0) return;
    endLooking?.();
    endLooking = null;
  };

  const ask = (asking: Asking): Promise<Pulled | null> =>
    new Promise((answered, failed) => {
      waiting.push({ ...asking, answered, failed });
      goOn();
      if (waiting.length > 0) endLooking ??= apart(() => every(LOOKED_EVERY_MS, look));
    });
  return {
    pull: (tokenHash, asks) => ask({ tokenHash, asks, checkpoints: null }),
    newer: (tokenHash, checkpoints) => ask({ tokenHash, asks: [], checkpoints }),
  };
}

/** In the order of who asks. What several ask for is read once. */
async function pulledIn(
  {
    tx,
    reading,
    clock,
  }: { readonly tx: ReadTransaction; readonly reading: Reading; readonly clock: () => Instant },
  asking: readonly Asking[],
): Promise<readonly (Pulled | null)[]> {
  const tokenHashes = [...new Set(asking.map(({ tokenHash }) => tokenHash))];
  const standings = await tx.standings({ tokenHashes, chainFeeds: CHAIN_FEEDS });
  const pageOf = async (standing: StandingInStore, ask: PageAsk) => ({
    collection: ask.collection,
    page: await reading.page(standing, ask),
  });
  const newerOf = async (standing: StandingInStore, checkpoints: NewerRequest["checkpoints"] | null) =>
    checkpoints === null ? null : newerIn(reading.feedsOf(standing), standing, { checkpoints, now: clock() });
  return atOnce(
    asking.map(async ({ tokenHash, asks, checkpoints }) => {
      const standing = standings.get(tokenHash);
      if (standing === undefined) return null;
      const { store } = standing;
      if (store === null || standing.device.revokedAt !== null) return { standing, pages: [], newer: null };
      const inStore = { ...standing, store };
      const pages = await atOnce(asks.map((ask) => pageOf(inStore, ask)));
      return { standing, pages, newer: await newerOf(inStore, checkpoints) };
    }),
  );
}
