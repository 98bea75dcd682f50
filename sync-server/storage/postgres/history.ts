import type { Client, PoolClient } from "pg";
import { instant } from "#domain/ids.ts";
import { beginEra } from "../../sync/eras.ts";
import { SqlWrites } from "../sql/writes.ts";
import type { PostgresDatabase } from "./database.ts";

/**
 * Which of its histories a database is in (PostgreSQL, 26.3.6): it is another one once a standby took over or the database was put back to a moment, and commits of the one before may be missing in it.
 * Null where it does not say, as some do not that are only like PostgreSQL.
 */
export async function historyOf(client: Client | PoolClient): Promise<string | null> {
  try {
    const asked = await client.query<{ readonly history: string }>(
      "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS history",
    );
    return asked.rows[0]?.history ?? null;
  } catch {
    // Whoever needs the connection hears of it where that is why.
    return null;
  }
}

/** As with a start: what tills read in a history that may be gone is told from what they read from now on. */
export function begunAnew(database: PostgresDatabase): Promise<void> {
  const tx = new SqlWrites(database);
  return beginEra({ storage: { write: (work) => work(tx) }, now: () => instant(Date.now()) });
}
