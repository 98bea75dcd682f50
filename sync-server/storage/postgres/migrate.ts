import { createHash } from "node:crypto";
import type { Client } from "pg";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { layByStore } from "./partitions.ts";
import { wholeSchema } from "./schema.ts";
import { TAUGHT } from "./taught.ts";
import { schemaInPostgresWords } from "./words.ts";

const TAUGHT_HASH = createHash("sha256").update(TAUGHT).digest("hex");
/** Held while one of several servers brings the database to the newest schema (`pg_advisory_lock`); the others wait. */
const MIGRATOR = 74_201_002;

/**
 * Brings a database to the newest schema, an empty one at once, an older one migration by migration, each in a transaction of its own together with its number:
 * broken off, it goes on where it was. Then large tables are laid by their store. Throws when a newer server has written it.
 */
export async function migrate(client: Client): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(${MIGRATOR})`);
  try {
    await requireOurs(client);
    await client.query(
      "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL, taught TEXT NOT NULL)",
    );
    const found = await client.query<{ readonly version: number; readonly taught: string }>(
      "SELECT version, taught FROM schema_version",
    );
    const version = found.rows[0]?.version ?? 0;
    if (version > MIGRATIONS.length)
      throw new Error(
        `this data was written by a newer Onetill (schema ${version}); install that version or newer`,
      );
    if (version === 0)
      await inOne(client, [
        TAUGHT,
        ...wholeSchema(),
        `INSERT INTO schema_version (version, taught) VALUES (${MIGRATIONS.length}, '${TAUGHT_HASH}')`,
      ]);
    else if (found.rows[0]?.taught !== TAUGHT_HASH)
      await inOne(client, [TAUGHT, `UPDATE schema_version SET taught = '${TAUGHT_HASH}'`]);
    if (version > 0)
      for (const [at, migration] of [...MIGRATIONS.entries()].slice(version))
        await inOne(client, [
          schemaInPostgresWords(migration),
          `UPDATE schema_version SET version = ${at + 1}`,
        ]);
    await layByStore(client, inOne);
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${MIGRATOR})`);
  }
}

/** Throws where the database is not one of this version: somebody who only looks changes nothing. */
export async function requireNewest(client: Client): Promise<void> {
  await requireOurs(client);
  const isThere = await tablesOf(client);
  const found = isThere.includes("schema_version")
    ? await client.query<{ readonly version: number }>("SELECT version FROM schema_version")
    : null;
  const version = found?.rows[0]?.version ?? null;
  if (version === null) throw new Error("this database is empty: no server has written to it");
  if (version !== MIGRATIONS.length)
    throw new Error(
      `this database was written by another version of Onetill (schema ${version}, this one has ${MIGRATIONS.length})`,
    );
}

/** Throws where the tables of the database are another program's. */
async function requireOurs(client: Client): Promise<void> {
  const tables = await tablesOf(client);
  const isOurs =
    tables.includes("schema_version") &&
    (tables.length === 1 || tables.includes("chain_feed_rows") || tables.includes("feed_rows"));
  if (tables.length > 0 && !isOurs)
    throw new Error(
      "this database holds the tables of another program; make one of its own for Onetill (CREATE DATABASE onetill ENCODING 'UTF8' TEMPLATE template0)",
    );
}

async function tablesOf(client: Client): Promise<readonly string[]> {
  const found = await client.query<{ readonly name: string }>(
    "SELECT c.relname AS name FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace",
  );
  return found.rows.map(({ name }) => name);
}

async function inOne(client: Client, statements: readonly string[]): Promise<void> {
  await client.query("BEGIN");
  try {
    for (const statement of statements) await client.query(statement);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
