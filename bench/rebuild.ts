import { rmSync } from "node:fs";
import { join } from "node:path";
import { JOURNAL_FILE } from "../src-main/engine/database.ts";
import { COPY_FILE } from "../src-main/engine/journal/second-copy.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import { Cashier } from "./cashier.ts";
import { bareInsertMs } from "./floors/bare-insert.ts";
import { bareReadMs } from "./floors/bare-read.ts";
import { emptyProcessMs } from "./floors/empty-process.ts";
import type { Measured } from "./metric.ts";
import { percentile } from "./percentile.ts";
import { openStore, repeatSales } from "./programs/stored-sales.ts";
import { BenchTill } from "./programs/till.ts";
import { articleAt } from "./shop/article.ts";
import { openServer, openSyncedTill, tillFolder } from "./stand.ts";

const ROUNDS = 3;

/** A till that finds one of the two copies of its journal gone at its start. */
export const rebuild: Benchmark = {
  name: "rebuild",
  what: "comparing the journal's two copies at a start, and making either anew from the other; floor: the same texts read from, or put into, bare SQLite",
  usual: { skus: 100, samples: 10_000 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, folder, say } = run;
    const server = await openServer(run);
    const till = await openSyncedTill(run, server);
    const cashier = await Cashier.signIn(till);
    for (let line = 0; line < 3; line += 1) await cashier.scan(articleAt(line % skus).gtin);
    await cashier.sellForCash();
    await till.close();
    await server.stop();
    const dataDir = tillFolder(run);
    say(`writing ${samples} tickets`);
    const texts = await repeatSales(dataDir, samples);

    const lose = (file: string) => () => {
      for (const suffix of ["", "-wal", "-shm"]) rmSync(join(dataDir, file + suffix), { force: true });
    };
    const params = { tickets: texts.length, bytes: Buffer.byteLength(texts[0] ?? "") };
    const inserts: number[] = [];
    const reads: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      say(`measuring the floors, round ${round + 1}`);
      const file = join(folder, `floor-${round}.sqlite`);
      inserts.push(bareInsertMs(file, texts));
      reads.push(bareReadMs(file));
    }
    const middle = (times: readonly number[]) => percentile(times, 0.5);
    say("comparing");
    const compare = await timed(dataDir, () => undefined);
    yield { metric: "compare", value: middle(compare), unit: "ms", floor: middle(reads), params };
    say("making the database anew");
    const database = await timed(dataDir, lose(JOURNAL_FILE));
    yield { metric: "database", value: middle(database), unit: "ms", floor: middle(inserts), params };
    say("making the second copy anew");
    const copy = await timed(dataDir, lose(COPY_FILE));
    yield { metric: "copy", value: middle(copy), unit: "ms", floor: middle(inserts), params };
    say("starting a till without its database");
    lose(JOURNAL_FILE)();
    const started = await BenchTill.open(dataDir);
    await started.close();
    const running = started.startedAt - started.spawnedAt;
    yield { metric: "running", value: running, unit: "ms", floor: await emptyProcessMs(), params };
  },
};

/** Milliseconds of each opening of the journal after it was hurt. Throws where it is not whole then. */
async function timed(dataDir: string, hurt: () => void): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    hurt();
    const start = performance.now();
    const store = await openStore(dataDir);
    times.push(performance.now() - start);
    await store.close();
  }
  return times;
}
