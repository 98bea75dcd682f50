import { createHash } from "node:crypto";
import type { Client } from "pg";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { wholeSchema } from "./schema.ts";
import { TAUGHT } from "./taught.ts";
import { schemaInPostgresWords } from "./words.ts";

const TAUGHT_HASH = createHash("sha256").update(TAUGHT).digest("hex");
/** Held while one of several servers brings the database to the newest schema (`pg_advisory_lock`); the others wait. */
const MIGRATOR = 74_201_002;

/**
 * Brings a database to the newest schema, an empty one at once, an older one migration by migration, each in a transaction of its own together with its number:
 * broken off, it goes on where it was. Throws when a newer server has written it.
 */
export async function migrate(client: Client): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(${MIGRATOR})`);
  try {
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
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${MIGRATOR})`);
  }
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
