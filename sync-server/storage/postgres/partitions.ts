import type { Client } from "pg";

/** Into so many parts a table is laid by its store. More would cost each question that names no store, fewer would leave parts that do not fit into memory (decision 0029). */
export const PARTITIONS = 16;

/** Tables that lie by the store, with the key of each: PostgreSQL keeps one only where it names what the table is laid by. */
const BY_STORE: readonly { readonly table: string; readonly key: string }[] = [
  { table: "journal", key: "store, device, epoch, seq" },
  { table: "tickets", key: "store, cursor" },
  { table: "movements", key: "store, variant, cause" },
  { table: "store_feed_rows", key: "store, family, collection, id" },
];

/**
 * Lays tables by their store that are not laid so yet, empty or full, each in a transaction of its own: broken off, it goes on where it was. In a database that
 * spreads its tables over machines (Citus), the shards are the parts: there they get their keys alone, and whoever looks after it spreads them (docs/scaling.md).
 */
export async function layByStore(
  client: Client,
  inOne: (client: Client, statements: readonly string[]) => Promise<void>,
  isSpread: (client: Client) => Promise<boolean> = hasCitus,
): Promise<void> {
  const inParts = !(await isSpread(client));
  for (const laying of BY_STORE) {
    const now = await client.query<{ readonly kind: string; readonly key: string }>(
      `SELECT r.relkind AS kind, pg_get_constraintdef(c.oid) AS key FROM pg_class r
        JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype = 'p' WHERE r.oid = to_regclass($1)`,
      [laying.table],
    );
    const { kind = "", key = "" } = now.rows[0] ?? {};
    const isLaid = kind === "p" || (!inParts && key === `PRIMARY KEY (${laying.key})`);
    if (!isLaid) await inOne(client, await laid(client, { ...laying, inParts }));
  }
}

/** Whether the database spreads its tables over machines. */
export async function hasCitus(client: Client): Promise<boolean> {
  const found = await client.query("SELECT 1 FROM pg_extension WHERE extname = 'citus'");
  return found.rowCount !== 0;
}

async function laid(
  client: Client,
  { table, key, inParts }: { readonly table: string; readonly key: string; readonly inParts: boolean },
): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly made: string }>(
    `SELECT pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
      WHERE i.indrelid = to_regclass($1) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1`,
    [table],
  );
  const before = `${table}_whole`;
  const parts = Array.from(
    { length: PARTITIONS },
    (_, part) =>
      `CREATE TABLE ${table}_p${part} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${part})`,
  );
  const made = `CREATE TABLE ${table} (LIKE ${before} INCLUDING DEFAULTS, PRIMARY KEY (${key}))`;
  return [
    `ALTER TABLE ${table} RENAME TO ${before}`,
    `ALTER TABLE ${before} DROP CONSTRAINT ${table}_pkey`,
    ...(inParts ? [`${made} PARTITION BY HASH (store)`, ...parts] : [made]),
    `INSERT INTO ${table} SELECT * FROM ${before}`,
    `DROP TABLE ${before}`,
    ...rows.map(({ made: index }) => index),
    // A row without its store would lie where nobody looks for it.
    `ALTER TABLE ${table} ALTER COLUMN store DROP DEFAULT`,
    ...(table === "tickets" ? [GOES_ON_COUNTING] : []),
  ];
}

/** The places of tickets that were there before have their numbers already. */
const GOES_ON_COUNTING = `SELECT setval(pg_get_serial_sequence('ticket_places', 'cursor'), greatest((SELECT max(cursor) FROM ticket_places), 1),
  EXISTS (SELECT 1 FROM ticket_places))`;
