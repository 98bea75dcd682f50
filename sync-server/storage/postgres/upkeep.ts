import type { Client } from "pg";

/** Of each hundred bytes of a page so many are filled at first. */
const ROOM_FOR_CHANGES = "fillfactor = 70";
/** A tenth of the dead rows that PostgreSQL waits for by itself: until then whoever looks for a row of theirs goes by its former versions. */
const LOOKED_AFTER_SOON = "autovacuum_vacuum_scale_factor = 0.02";

/** Tables of which each sale changes rows in columns that no index has: the new version of a row goes beside the old one, and no index hears of it, as long as the page has room. */
const CHANGED_IN_PLACE = [
  "catalogue",
  "catalogue_stock",
  "chain_feeds",
  "devices",
  "report_sums",
  "sales_slots",
  "store_feeds",
];
/** Those of which an index has the column that changes; they change more often than they grow. */
const CHANGED_IN_INDEXES = ["stock", "store_feed_rows"];

/**
 * How tables that sales change are kept, large ones in their parts: where nothing is said of one yet, so that what somebody who looks after the database says of it stays. It applies to pages
 * written from then on.
 */
export async function keepUp(client: Client): Promise<void> {
  await client.query("DROP INDEX IF EXISTS catalogue_by_stock");
  const unsaid = await client.query<{ readonly name: string; readonly table: string }>(
    `SELECT c.relname AS name, coalesce(p.relname, c.relname) AS table FROM pg_class c
      LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
      WHERE c.relkind = 'r' AND c.reloptions IS NULL AND c.relnamespace = current_schema()::regnamespace AND coalesce(p.relname, c.relname) = ANY ($1)`,
    [[...CHANGED_IN_PLACE, ...CHANGED_IN_INDEXES]],
  );
  for (const { name, table } of unsaid.rows) {
    const said = CHANGED_IN_PLACE.includes(table)
      ? [ROOM_FOR_CHANGES, LOOKED_AFTER_SOON]
      : [LOOKED_AFTER_SOON];
    await client.query(`ALTER TABLE ${name} SET (${said.join(", ")})`);
  }
}
