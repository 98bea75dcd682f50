import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { seededRandom } from "../sync-server/demo/random.ts";
import { PostgresStorage } from "../sync-server/storage/postgres/storage.ts";
import { createSecretBox, keysBeside } from "../sync-server/storage/secrets/secret-box.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import { pageCost, wakeCost } from "./fan-out/costs.ts";
import { alone, type FanOutCosts, fanOut } from "./fan-out/model.ts";
import type { Measured, Params } from "./metric.ts";
import { BenchServer } from "./programs/server.ts";
import { seedShop } from "./shop/seed.ts";

const STORES = [100, 1_000, 10_000];
const TILLS_A_STORE = 5;
const TILLS_A_SERVER = 2_500;
const FEWEST_SERVERS = 2;
/** Assumed. */
const DATABASE_CORES = 16;
/** Assumed: while it is changed, others sell. */
const BUSY = 0.3;
/** Assumed: within one data centre, over a shop's line, and at a till's disk. */
const ASSUMED = { notifyMs: 2, wayMs: 20, tillMs: 10 };
const PAGE_ROWS = 500;
/** Prices changed at once: one, and a sale that begins. */
const CHANGES = [
  { name: "one", pages: 1, rows: 1 },
  { name: "tenThousand", pages: 20, rows: PAGE_ROWS },
] as const;
const DRAWS = 1_000_000;

/** How long until all tills of a large chain have a price change: a model whose costs are taken from the real server in the same run. */
export const fanOutBench: Benchmark = {
  name: "fan-out",
  what: "a price change to every till of 100, 1,000 and 10,000 stores, modelled by what the real server takes; floor: nobody waits for anybody",
  usual: { skus: 1_000, samples: 1_000 },
  onPostgres: true,
  async *run({ skus, samples, folder, say, databaseUrl: url }: Run): AsyncGenerator<Measured> {
    if (url === null) throw new Error("name an empty PostgreSQL database on this machine (--database-url)");
    const dataDir = join(folder, "server");
    mkdirSync(dataDir, { recursive: true });
    say(`seeding PostgreSQL with ${skus} articles`);
    const secrets = createSecretBox(keysBeside(dataDir));
    const storage = await PostgresStorage.open(url, { secrets });
    await seedShop(storage, skus);
    await storage.close();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query("ANALYZE");
    const server = await BenchServer.open({ dataDir, skus, databaseUrl: url });
    const of = { server, client };
    say("what a page costs");
    const one = await pageCost(of, { rows: 1, samples });
    const full = await pageCost(of, { rows: Math.min(PAGE_ROWS, skus), samples });
    say("what a wake-up costs");
    const wakeMs = await wakeCost(of);
    await client.end();
    await server.stop();

    const cost = { unit: "ms", floor: one.server, params: { samples, skus } } as const;
    yield { ...cost, metric: "cost.page1.server", value: one.server };
    yield { ...cost, metric: "cost.page1.database", value: one.database };
    yield { ...cost, metric: "cost.page500.server", value: full.server };
    yield { ...cost, metric: "cost.page500.database", value: full.database };
    yield { ...cost, metric: "cost.wake", value: wakeMs };
    for (const { name, pages, rows } of CHANGES) {
      const page = rows === 1 ? one : full;
      const costs = { ...ASSUMED, wakeMs, pageMs: page.server, databaseMs: page.database };
      for (const stores of STORES) yield* modelled(`${name}.stores${stores}`, { stores, pages, costs });
    }
  },
};

function* modelled(
  name: string,
  { stores, pages, costs }: { readonly stores: number; readonly pages: number; readonly costs: FanOutCosts },
): Generator<Measured> {
  const tills = stores * TILLS_A_STORE;
  const servers = Math.max(FEWEST_SERVERS, Math.ceil(tills / TILLS_A_SERVER));
  const drawn = seededRandom(stores);
  const random = () => drawn.between({ from: 0, to: DRAWS - 1 }) / DRAWS;
  const had = fanOut({ tills, servers, databaseCores: DATABASE_CORES, busy: BUSY, pages, costs, random });
  const { notifyMs, wayMs, tillMs } = ASSUMED;
  const assumed = { databaseCores: DATABASE_CORES, busy: BUSY, notifyMs, wayMs, tillMs };
  const params: Params = { tills, servers, pages, ...assumed, assumed: Object.keys(assumed).join(" ") };
  const common = { unit: "ms", floor: alone({ pages, costs }), params } as const;
  yield { ...common, metric: `${name}.p50`, value: had.p50 };
  yield { ...common, metric: `${name}.p99`, value: had.p99 };
  yield { ...common, metric: `${name}.all`, value: had.all };
}
