import { startOwnPostgres } from "../../../sync-server/storage/postgres/own-process.ts";

/** Where the servers of a run keep what they know: in a file, in a PostgreSQL of the run's own, or in the one at an address. */
export type Engine =
  | { readonly kind: "sqlite" }
  | { readonly kind: "ownPostgres" }
  | { readonly kind: "postgres"; readonly url: string };

/** Nothing of a simulated day outlives it, and nothing goes on in the database by itself. */
const FORGETFUL = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "autovacuum=off",
  "shared_buffers=64MB",
  "max_wal_size=256MB",
];

/** Does something with the address of a PostgreSQL, null where the engine is another; its own is started before and ended after. Throws, with what to install, where there is none. */
export async function withEngine<T>(
  engine: Engine,
  work: (postgres: string | null) => Promise<T>,
): Promise<T> {
  if (engine.kind === "sqlite") return work(null);
  if (engine.kind === "postgres") return work(engine.url);
  const own = await startOwnPostgres(FORGETFUL);
  try {
    return await work(own.url("postgres"));
  } finally {
    await own.stop();
  }
}
