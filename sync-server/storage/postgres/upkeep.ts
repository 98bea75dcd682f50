import { type Client, DatabaseError } from "pg";

/** Of each hundred bytes of a page so many are filled at first. */
const ROOM_FOR_CHANGES = "fillfactor = 70";
/** A tenth of the dead rows that PostgreSQL waits for by itself: until then whoever looks for a row of theirs goes by its former versions. */
const LOOKED_AFTER_SOON = "autovacuum_vacuum_scale_factor = 0.02";

/** Tables of which each sale changes rows in columns that no index has: the new version of a row goes beside the old one, and no index hears of it, as long as the page has room. */
export const CHANGED_IN_PLACE = [
  "catalogue",
  "catalogue_stock",
  "chain_feeds",
  "devices",
  "report_sums",
  "sales_slots",
  "store_feeds",
] as const;
/** Those of which an index has the column that changes; they change more often than they grow. */
const CHANGED_IN_INDEXES = ["stock", "store_feed_rows"];

/** An index that versions before made on a table which is changed in place. */
const IN_THE_WAY = "catalogue_by_stock";

/** As long as this waits for somebody who holds a table, as a backup does, others may wait behind it. */
const WAITS_MS = 2_000;
/** The table is another's than whose user the server is; or somebody held it. */
const MAY_BE_LEFT = ["42501", "55P03"];

/**
 * Says how tables that sales change are kept, and takes away what is in their way, outside a transaction and without holding up who sells. What it may not do, or would have to wait long for, is left to the
 * next start: `onLeft` hears of it.
 */
export async function keepUp(client: Client, onLeft: (why: Error) => void): Promise<void> {
  const found = await client.query("SELECT 1 WHERE to_regclass($1) IS NOT NULL", [IN_THE_WAY]);
  const dropped = found.rowCount === 0 ? [] : [`DROP INDEX CONCURRENTLY ${IN_THE_WAY}`];
  await client.query(`SET lock_timeout = ${WAITS_MS}`);
  try {
    for (const statement of [...dropped, ...(await settingsLeft(client))])
      await client.query(statement).catch((error: unknown) => {
        if (!(error instanceof DatabaseError) || !MAY_BE_LEFT.includes(error.code ?? "")) throw error;
        onLeft(error);
      });
  } finally {
    await client.query("RESET lock_timeout");
  }
}

/**
 * The statements that say how tables which sales change are kept, large ones in their parts: where nothing is said of one yet, so that what somebody who looks after the database says of it stays. They
 * apply to pages written from then on.
 */
export async function settingsLeft(client: Client): Promise<readonly string[]> {
  const unsaid = await client.query<{ readonly name: string; readonly table: string }>(
    `SELECT c.relname AS name, coalesce(p.relname, c.relname) AS table FROM pg_class c
      LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
      WHERE c.relkind = 'r' AND c.reloptions IS NULL AND c.relnamespace = current_schema()::regnamespace AND coalesce(p.relname, c.relname) = ANY ($1)`,
    [[...CHANGED_IN_PLACE, ...CHANGED_IN_INDEXES]],
  );
  return unsaid.rows.map(({ name, table }) => {
    const said = CHANGED_IN_INDEXES.includes(table)
      ? [LOOKED_AFTER_SOON]
      : [ROOM_FOR_CHANGES, LOOKED_AFTER_SOON];
    return `ALTER TABLE ${name} SET (${said.join(", ")})`;
  });
}
