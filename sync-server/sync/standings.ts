import type { Standing, Storage } from "../storage/port.ts";
import { CHAIN_FEEDS } from "./feeds.ts";

/** Of so many tills one statement tells: what they are answered with it takes some milliseconds of the thread. */
const MOST_AT_ONCE = 24;

/** Where tills stand, asked of the database for all who want to know. */
export interface Standings {
  /** Of the till that shows the token with this hash; null: there is none. Its answer is of a state that is no older than the asking. */
  of(tokenHash: string): Promise<Standing | null>;
}

interface Waiting {
  readonly tokenHash: string;
  readonly answered: (standing: Standing | null) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A sale wakes all tills of its store, and they ask at once. Whoever asks while nothing is asked of the database is told by a statement of their own; who comes
 * meanwhile waits, and the next statement is for all who wait: how often the database is asked does not grow with how many tills ask. Between two statements it
 * `breathe`s, so that sales are taken in however many want to read.
 */
export function createStandings({
  storage,
  breathe,
}: {
  readonly storage: Pick<Storage, "ask">;
  readonly breathe: () => Promise<void>;
}): Standings {
  const waiting: Waiting[] = [];
  let isAsking = false;

  const askForAll = async () => {
    isAsking = true;
    while (waiting.length > 0) {
      await tell(storage, waiting.splice(0, MOST_AT_ONCE));
      await breathe();
    }
    isAsking = false;
  };
  return {
    of: (tokenHash) =>
      new Promise((answered, failed) => {
        waiting.push({ tokenHash, answered, failed });
        if (!isAsking) void askForAll();
      }),
  };
}

/** Where the database does not answer, all who asked hear of it. */
async function tell(storage: Pick<Storage, "ask">, asking: readonly Waiting[]): Promise<void> {
  const tokenHashes = [...new Set(asking.map(({ tokenHash }) => tokenHash))];
  try {
    const standings = await storage.ask((tx) => tx.standings({ tokenHashes, chainFeeds: CHAIN_FEEDS }));
    for (const { tokenHash, answered } of asking) answered(standings.get(tokenHash) ?? null);
  } catch (error) {
    for (const { failed } of asking) failed(error);
  }
}
