import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { startOwnPostgres } from "../sync-server/storage/postgres/own-process.ts";
import { PostgresStorage } from "../sync-server/storage/postgres/storage.ts";
import { createSecretBox, keysBeside } from "../sync-server/storage/secrets/secret-box.ts";
import { SqliteStorage } from "../sync-server/storage/sqlite/storage.ts";
import type { Run } from "./benchmark.ts";
import type { Fleet } from "./light-till/card.ts";
import type { Pulling } from "./light-till/till.ts";
import { ChainServer } from "./programs/chain-server.ts";
import { BenchTills } from "./programs/tills.ts";
import { familyCpuMs } from "./programs/usage.ts";
import { seedChain } from "./shop/chain.ts";

/** Articles that are sold: few enough that every store has them all. */
const SOLD = 50;

/** As docs/scaling.md advises it, with the memory of a small machine. Each commit is on the disk. */
const LASTING = [
  "shared_buffers=256MB",
  "effective_cache_size=1GB",
  "max_wal_size=8GB",
  "checkpoint_timeout=15min",
  "random_page_cost=1.1",
  "autovacuum_naptime=10s",
];
const DATABASE = "chain";
/** `on` where PostgreSQL was built without lz4. */
const PACKS_PAGES = `DO $$ BEGIN ALTER DATABASE ${DATABASE} SET wal_compression = lz4;
  EXCEPTION WHEN invalid_parameter_value THEN ALTER DATABASE ${DATABASE} SET wal_compression = on; END $$`;

/** A chain's server and its tills, each in a process of its own. */
export interface ChainStand {
  readonly server: ChainServer;
  readonly tills: BenchTills;
  /** The first tills of the fleet, where they have a process of their own; null: they are with the others. */
  readonly apart: BenchTills | null;
  readonly fleet: Fleet;
  /** What the database's own processes have taken of the processors so far, milliseconds; null where it is within the server. */
  readonly databaseCpuMs: (() => number) | null;
  close(): Promise<void>;
}

/** One whose first tills are timed by themselves: what a thousand others cost in one process is not to be taken for the server's. */
export interface StandApart extends ChainStand {
  readonly apart: BenchTills;
}

type Where = Pick<Run, "folder" | "engine" | "skus" | "say">;

interface Chain {
  readonly name: string;
  readonly tills: number;
  readonly pulls: Pulling;
}

/** Makes up a chain of the run's size on the run's engine, and starts its server and its tills, which do nothing yet. */
export function openChain(run: Where, chain: Chain & { readonly hasApart: true }): Promise<StandApart>;
export function openChain(run: Where, chain: Chain): Promise<ChainStand>;
export async function openChain(
  { folder, engine, skus, say }: Where,
  { name, tills, pulls, hasApart = false }: Chain & { readonly hasApart?: boolean },
): Promise<ChainStand> {
  const dataDir = join(folder, name);
  mkdirSync(dataDir, { recursive: true });
  const postgres = engine === "postgres" ? await startOwnPostgres(LASTING) : null;
  const databaseUrl = postgres === null ? null : await databaseOn(postgres.url("postgres"));
  say(`making up a chain of ${tills} tills and ${skus} articles`);
  const secrets = createSecretBox(keysBeside(join(dataDir, "server")));
  const storage =
    databaseUrl === null
      ? new SqliteStorage(join(dataDir, "server.sqlite"))
      : await PostgresStorage.open(databaseUrl, { secrets });
  const fleet = await seedChain(storage, { skus, tills, sold: Math.min(SOLD, skus) });
  await storage.close();
  // As it is once the database has looked at its tables by itself.
  if (databaseUrl !== null) await asked(databaseUrl, "ANALYZE");
  const server = await ChainServer.open({ dataDir, databaseUrl });
  const light = await BenchTills.open(fleet, { server, folder: dataDir, pulls });
  const apart = hasApart ? await BenchTills.open(fleet, { server, folder: dataDir, pulls }) : null;
  return {
    server,
    tills: light,
    databaseCpuMs: postgres === null ? null : () => familyCpuMs(postgres.pid),
    apart,
    fleet,
    close: async () => {
      await apart?.close();
      await light.close();
      await server.stop();
      await postgres?.stop();
    },
  };
}

/** Makes an empty database; its address. */
async function databaseOn(url: string): Promise<string> {
  await asked(url, `CREATE DATABASE ${DATABASE} ENCODING 'UTF8' TEMPLATE template0`);
  await asked(url, PACKS_PAGES);
  return url.replace(/[^/]+$/, DATABASE);
}

async function asked(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
