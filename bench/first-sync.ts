import { join } from "node:path";
import type { Benchmark, Run } from "./benchmark.ts";
import { Cashier } from "./cashier.ts";
import { type BareSync, bareSync } from "./floors/bare-sync.ts";
import type { Measured } from "./metric.ts";
import { afterPause } from "./pace.ts";
import { untilReady } from "./programs/ready.ts";
import { BenchServer } from "./programs/server.ts";
import { BenchTill } from "./programs/till.ts";
import { articleAt } from "./shop/article.ts";
import { questionsAbout } from "./shop/questions.ts";

const BYTES_PER_MB = 1_000_000;
/** A till is in use for hours: by then V8 has long given back the pages that a first sync filled, which it does after some seconds. */
const SETTLE_MS = 15_000;

/** From pairing until the whole assortment can be sold, and what the engine weighs then. */
export const firstSync: Benchmark = {
  name: "first-sync",
  what: "pairing until every article can be sold, and the engine's memory; floor: the same bytes over HTTP into bare SQLite",
  usual: { skus: 20_000, samples: 200 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, folder, say } = run;
    say(`seeding a server with ${skus} articles`);
    const server = await BenchServer.open({ dataDir: join(folder, "server"), skus });
    say("measuring the floor");
    const before = await floorIn(server, join(folder, "floor-1.sqlite"));
    say("syncing");
    const till = await BenchTill.open(join(folder, "till"));
    const empty = await till.weigh();
    const askedAt = await till.pair(server);
    const readyAt = await untilReady(till, skus);
    say("using the till");
    const synced = await till.weigh();
    await use(till, { skus, samples });
    await afterPause(SETTLE_MS);
    const used = await till.weigh();
    await till.close();
    say("measuring the floor again");
    const after = await floorIn(server, join(folder, "floor-2.sqlite"));
    await server.stop();

    const params = { skus, rows: before.rows, megabytes: Math.round(before.bytes / BYTES_PER_MB) };
    // The quicker of the two: whatever slowed the other down is not part of the least.
    const floor = Math.min(before.ms, after.ms);
    yield { metric: "readyToSell", value: readyAt - askedAt, unit: "ms", floor, params };
    const inUse = { ...params, searches: samples, scans: samples };
    const weights = [
      ["memory.synced", synced.rss, empty.rss, params],
      ["memory.inUse", used.rss, empty.rss, inUse],
      ["memory.held", used.held, empty.held, inUse],
      ["memory.peak", used.peak, empty.rss, inUse],
    ] as const;
    for (const [metric, bytes, emptyBytes, under] of weights)
      yield {
        metric,
        value: bytes / BYTES_PER_MB,
        unit: "MB",
        floor: emptyBytes / BYTES_PER_MB,
        params: under,
      };
  },
};

async function floorIn(server: BenchServer, file: string): Promise<BareSync> {
  return bareSync({ address: server.address, headers: await server.bareTill(), file });
}

/** Searches and scans, so that what is built up only by use is there when the engine is weighed. */
async function use(
  till: BenchTill,
  { skus, samples }: { readonly skus: number; readonly samples: number },
): Promise<void> {
  const cashier = await Cashier.signIn(till);
  for (const { text } of questionsAbout({ skus, count: samples }))
    await cashier.client.call("search", { text });
  for (let index = 0; index < samples; index += 1) {
    const { refusal } = await cashier.scan(articleAt(index % skus).gtin);
    if (refusal !== null) throw new Error(`an article could not be sold after the first sync: ${refusal}`);
  }
  await cashier.clear();
}
