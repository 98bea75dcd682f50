import { join } from "node:path";
import type { Benchmark, Run } from "./benchmark.ts";
import { Cashier } from "./cashier.ts";
import { bareReadMs } from "./floors/bare-read.ts";
import { bareSync } from "./floors/bare-sync.ts";
import { emptyProcessMs } from "./floors/empty-process.ts";
import type { Measured } from "./metric.ts";
import { percentile } from "./percentile.ts";
import { BenchTill } from "./programs/till.ts";
import { articleAt } from "./shop/article.ts";
import { openServer, openSyncedTill, tillFolder } from "./stand.ts";

/** Milliseconds from the spawning of the engine, but for `scanWait`, which counts from the scan. */
interface Start {
  readonly running: number;
  readonly signedIn: number;
  readonly firstScan: number;
  readonly scanWait: number;
  readonly searchFull: number;
}

/** A till switched on in the morning, without a network: until it runs, until it sells, until it searches. */
export const coldStart: Benchmark = {
  name: "cold-start",
  what: "an engine spawned on a full data folder, offline, until its first scan and its full search; floor: the same rows read from bare SQLite",
  usual: { skus: 20_000, samples: 5 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, folder, say } = run;
    const server = await openServer(run);
    await (await openSyncedTill(run, server)).close();
    const bare = join(folder, "bare.sqlite");
    const { rows } = await bareSync({
      address: server.address,
      headers: await server.bareTill(),
      file: bare,
    });
    await server.stop();

    const starts: Start[] = [];
    const reads: number[] = [];
    const empty: number[] = [];
    for (let round = 1; round <= samples; round += 1) {
      say(`start ${round} of ${samples}`);
      starts.push(await startOnce(run));
      reads.push(bareReadMs(bare));
      empty.push(await emptyProcessMs());
    }
    const median = (times: readonly number[]) => percentile(times, 0.5);
    const middle = (part: keyof Start) => median(starts.map((start) => start[part]));
    const params = { skus, rows, samples, signInMs: Math.round(middle("signedIn") - middle("running")) };
    yield { metric: "running", value: middle("running"), unit: "ms", floor: median(empty), params };
    for (const metric of ["firstScan", "scanWait", "searchFull"] as const)
      yield { metric, value: middle(metric), unit: "ms", floor: median(reads), params };
  },
};

/** The PIN is typed at once, and an article from the middle of the assortment scanned the moment the register opens. */
async function startOnce(run: Run): Promise<Start> {
  const till = await BenchTill.open(tillFolder(run));
  const full = till.client.until("catalog", ({ searchReady }) => searchReady === "full");
  const since = (at: number) => at - till.spawnedAt;
  const cashier = await Cashier.signIn(till);
  const signedIn = since(performance.now());
  const { ms, refusal } = await cashier.scan(articleAt(Math.floor(run.skus / 2)).gtin);
  if (refusal !== null) throw new Error(`the first scan was refused: ${refusal}`);
  const searchFull = since((await full).at);
  await cashier.clear();
  await till.close();
  return { running: since(till.startedAt), signedIn, firstScan: signedIn + ms, scanWait: ms, searchFull };
}
