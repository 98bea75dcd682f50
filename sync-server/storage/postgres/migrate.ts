import { createHash } from "node:crypto";
import type { Client } from "pg";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { LOCKS } from "./locks.ts";
import { layByStore } from "./partitions.ts";
import { migrationInPostgresWords, wholeSchema } from "./schema.ts";
import { TAUGHT } from "./taught.ts";
import { keepUp, settingsLeft } from "./upkeep.ts";

const TAUGHT_HASH = createHash("sha256").update(TAUGHT).digest("hex");
const VERSION_TABLE =
  "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL, taught TEXT NOT NULL)";
const OF_THIS_VERSION = `INSERT INTO schema_version (version, taught) VALUES (${MIGRATIONS.length}, '${TAUGHT_HASH}')`;

/**
 * Brings a database to the newest schema, an empty one at once, an older one migration by migration, each in a transaction of its own together with its number:
 * broken off, it goes on where it was. Then large tables are laid by their store, and it is said how those are kept that sales change (`onLeft`: what of that is left to the next start).
 * Throws when a newer server has written it.
 */
export async function migrate(client: Client, onLeft: (why: Error) => void = () => undefined): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(${LOCKS.migrator})`);
  try {
    await requireOurs(client);
    await client.query(VERSION_TABLE);
    const found = await client.query<{ readonly version: number; readonly taught: string }>(
      "SELECT version, taught FROM schema_version",
    );
    const version = found.rows[0]?.version ?? 0;
    if (version > MIGRATIONS.length)
      throw new Error(
        `this data was written by a newer Onetill (schema ${version}); install that version or newer`,
      );
    if (version === 0) await inOne(client, [TAUGHT, ...wholeSchema(), OF_THIS_VERSION]);
    else if (found.rows[0]?.taught !== TAUGHT_HASH)
      await inOne(client, [TAUGHT, `UPDATE schema_version SET taught = '${TAUGHT_HASH}'`]);
    if (version > 0)
      for (const [at, migration] of [...MIGRATIONS.entries()].slice(version))
        await inOne(client, [
          migrationInPostgresWords(migration),
          `UPDATE schema_version SET version = ${at + 1}`,
        ]);
    await layByStore(client, inOne);
    await keepUp(client, onLeft);
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCKS.migrator})`);
  }
}

/**
 * Makes the tables of the newest schema in an empty database, without a single row, within the caller's transaction. Answers the statements that make its indexes:
 * rows that are put before them are put quicker.
 */
export async function layTables(client: Client): Promise<readonly string[]> {
  const isIndex = (statement: string) =>
    /^CREATE (?:UNIQUE )?INDEX|CREATE INDEX catalogue_words/.test(statement);
  const made = wholeSchema().filter((statement) => !statement.startsWith("INSERT "));
  const tables = made.filter((statement) => !isIndex(statement));
  for (const statement of [VERSION_TABLE, TAUGHT, ...tables, OF_THIS_VERSION]) await client.query(statement);
  await layByStore(client, async (_, statements) => {
    for (const statement of statements) await client.query(statement);
  });
  for (const statement of await settingsLeft(client)) await client.query(statement);
  return made.filter(isIndex);
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
export async function requireOurs(client: Client): Promise<void> {
  const tables = await tablesOf(client);
  const isOurs =
    tables.includes("schema_version") &&
    (tables.length === 1 || tables.includes("chain_feed_rows") || tables.includes("feed_rows"));
  if (tables.length > 0 && !isOurs)
    throw new Error(
      "this database holds the tables of another program; make one of its own for Onetill (CREATE DATABASE onetill ENCODING 'UTF8' TEMPLATE template0)",
    );
}

/** The tables of the database, whoever made them. */
export async function tablesOf(client: Client): Promise<readonly string[]> {
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
