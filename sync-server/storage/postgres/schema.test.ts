import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import { PostgresForTests } from "../../testing/postgres.ts";
import { SqliteDatabase } from "../sqlite/database.ts";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { migrate } from "./migrate.ts";
import { NOT_HERE } from "./schema.ts";

const STARTS_WITHIN_MS = 120_000;

let postgres: PostgresForTests;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);

async function inDatabase<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const url = await postgres.database();
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
    await postgres.giveBack(url);
  }
}

test("both engines have the same tables with the same columns, and neither lets the other's go empty", async () => {
  const sqlite = await sqliteColumns();
  const found = await inDatabase((client) =>
    client.query<{ readonly text: string }>(
      `SELECT table_name || ' ' || column_name || ' ' || CASE WHEN is_nullable = 'NO' THEN 'always' ELSE 'sometimes' END AS text
        FROM information_schema.columns WHERE table_schema = 'public'`,
    ),
  );
  const own = /^(\w+_p\d+ |schema_version |catalogue_words |(quarantine|invoices) rowid )/;
  expect(
    found.rows
      .map(({ text }) => text)
      .filter((text) => !own.test(text))
      .toSorted(),
  ).toEqual(sqlite);
});

async function sqliteColumns(): Promise<readonly string[]> {
  const database = new SqliteDatabase(":memory:");
  database.migrate();
  const rows = await database.all(
    `SELECT t.name || ' ' || c.name || ' ' || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN 'always' ELSE 'sometimes' END AS text
      FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'catalogue_words%'`,
  );
  database.close();
  return rows.map(({ text }) => String(text)).toSorted();
}

test("all indexes of SQLite are there, under their names, but for a key and what is in the way here", async () => {
  const model = new SqliteDatabase(":memory:");
  model.migrate();
  const sqlite = await model.all(
    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
  );
  model.close();
  const found = await inDatabase((client) =>
    client.query<{ readonly name: string }>(
      "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'",
    ),
  );
  const names = found.rows.map(({ name }) => name);
  expect(sqlite.map(({ name }) => String(name)).filter((name) => !names.includes(name))).toEqual(
    NOT_HERE.toSorted(),
  );
});

test("text is ordered by code point in every column, also where the database orders words as a dictionary does", async () => {
  const found = await inDatabase((client) =>
    client.query<{ readonly name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND collation_name IS DISTINCT FROM 'nocase'`,
    ),
  );
  expect(found.rows.map(({ name }) => name)).toEqual(["schema_version.taught"]);
});

test("a database of a newer server is left alone", async () => {
  await inDatabase(async (client) => {
    await client.query("UPDATE schema_version SET version = 999");
    await expect(migrate(client)).rejects.toThrow(/written by a newer Onetill/);
    await client.query(`UPDATE schema_version SET version = ${MIGRATIONS.length}`);
  });
});

test("a server that knows other words teaches them, and two that start at a time do not disturb each other", async () => {
  await inDatabase(async (client) => {
    await client.query("UPDATE schema_version SET taught = ''");
    await migrate(client);
    const { rows } = await client.query("SELECT taught <> '' AS taught FROM schema_version");
    expect(rows).toEqual([{ taught: true }]);
  });
});
