import { createPrivateKey, createPublicKey } from "node:crypto";
import type { Run } from "../benchmark.ts";
import { bareIngest } from "../floors/bare-ingest.ts";
import { type BareTls, bareTls } from "../floors/bare-tls.ts";
import { BareCommits } from "../floors/commit.ts";
import type { Fleet } from "../light-till/card.ts";
import { afterPause } from "../pace.ts";
import { articleAt } from "../shop/article.ts";
import { PreparedSales } from "../shop/prepared-sales.ts";

/** Enough that the 99th of 100 is not one of the two or three slowest. */
const SAMPLES = 1_000;
const INGESTED = 2_000;
const BETWEEN_COMMITS_MS = 1;
/** As a ticket of the load has them. */
export const LINES_A_TICKET = 4;

/** The least that the parts of the load cost on this machine, measured while nothing else of the bench is at work. */
export interface LoadFloor {
  /** One bare FULL commit of a ticket; milliseconds each. */
  readonly commits: readonly number[];
  readonly tls: BareTls;
  /** Bare entries a second: checked as they have to be, and put into one table. */
  readonly ingest: number;
  /** Milliseconds of the processor for checking one entry. */
  readonly checkMs: number;
  /** Bytes of an entry with a ticket. */
  readonly entryBytes: number;
}

export async function measureFloor({ folder, say }: Run, { cards, sold }: Fleet): Promise<LoadFloor> {
  say("measuring the floor");
  const [card] = cards;
  if (card === undefined) throw new Error("there are no tills");
  const articles = Array.from({ length: sold }, (_, number) => articleAt(number));
  const sales = new PreparedSales(card, { articles, random: (below) => Math.floor(Math.random() * below) });
  const entries = Array.from(
    { length: INGESTED },
    () => sales.sell({ lines: LINES_A_TICKET, at: Date.now() }).json,
  );
  const publicKey = createPublicKey(createPrivateKey(card.privateKey));
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const texts = entries.slice(0, SAMPLES).map((json) => json.toString());
  const { perSecond, checkMs } = bareIngest({ folder, entries, publicKey: pem });
  return {
    commits: await commitTimes(folder, texts),
    tls: await bareTls(SAMPLES),
    ingest: perSecond,
    checkMs,
    entryBytes: entries.reduce((sum, { length }) => sum + length, 0) / entries.length,
  };
}

/** How long a bare commit of each of these texts takes, milliseconds. */
async function commitTimes(folder: string, texts: readonly string[]): Promise<readonly number[]> {
  const bare = new BareCommits(folder);
  try {
    const times: number[] = [];
    for (const text of texts) {
      times.push(bare.commit(text));
      await afterPause(BETWEEN_COMMITS_MS);
    }
    return times;
  } finally {
    bare.close();
  }
}
