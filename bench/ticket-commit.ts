import type { Benchmark, Run } from "./benchmark.ts";
import { Cashier } from "./cashier.ts";
import { p50AndP99 } from "./figures.ts";
import { BareCommits } from "./floors/commit.ts";
import type { Measured } from "./metric.ts";
import { afterPause } from "./pace.ts";
import { openServer, openSyncedTill, tillFolder } from "./stand.ts";
import { tillTexts } from "./till-data.ts";

const LINES_PER_SALE = 3;
/** Behind each act: time for what a sale sets off in the background, as it has behind a real counter. */
const PAUSE_MS = 20;

/** Milliseconds of each completion, and of the bare commits between them: as many of either kind. */
interface Times {
  readonly sales: number[];
  readonly once: number[];
  readonly twice: number[];
}

/**
 * From the last key of a sale until it is on the disk for good, with the server there and without it. The floors are taken in turns with the sales, for a disk is not every minute as
 * quick: one bare commit, and (`.twice`, the same sales) what decision 26 asks of a sale at the least, a line in a file and a commit.
 */
export const ticketCommit: Benchmark = {
  name: "ticket-commit",
  what: "completing a cash sale of three lines, online and offline; floors, between two sales each: one commit of the same bytes, and (.twice) a synced line before it",
  usual: { skus: 2_000, samples: 500 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, folder, say } = run;
    const server = await openServer(run);
    const till = await openSyncedTill(run, server);
    const cashier = await Cashier.signIn(till);
    const bare = new BareCommits(folder);
    say("selling online");
    await cashier.sellArticles({ sale: 0, lines: LINES_PER_SALE, skus });
    await afterPause(PAUSE_MS);
    const [text] = (await tillTexts(tillFolder(run))).sales;
    if (text === undefined) throw new Error("the till kept no sale");
    const online = await inTurns(cashier, { skus, samples, bare, text });
    await server.stop();
    say("selling offline");
    const offline = await inTurns(cashier, { skus, samples, bare, text });
    bare.close();
    await till.close();

    const params = { skus, lines: LINES_PER_SALE, bytes: Buffer.byteLength(text) };
    for (const [name, { sales, once, twice }] of [
      ["online", online],
      ["offline", offline],
    ] as const) {
      yield* p50AndP99({ name, times: sales, floor: once, params });
      yield* p50AndP99({ name: `${name}.twice`, times: sales, floor: twice, params });
    }
  },
};

async function inTurns(
  cashier: Cashier,
  {
    skus,
    samples,
    bare,
    text,
  }: {
    readonly skus: number;
    readonly samples: number;
    readonly bare: BareCommits;
    /** What a sale writes. */
    readonly text: string;
  },
): Promise<Times> {
  const times: Times = { sales: [], once: [], twice: [] };
  for (let sale = 0; sale < samples; sale += 1) {
    times.sales.push(await cashier.sellArticles({ sale, lines: LINES_PER_SALE, skus }));
    await afterPause(PAUSE_MS);
    const commits = [
      () => times.once.push(bare.commit(text)),
      () => times.twice.push(bare.commitTwice(text)),
    ];
    // Neither of the two is always the nearer to what the sale has set off.
    for (const commit of sale % 2 === 0 ? commits : commits.reverse()) {
      commit();
      await afterPause(PAUSE_MS);
    }
  }
  return times;
}
