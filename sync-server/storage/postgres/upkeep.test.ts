import { Client } from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { PostgresForTests, SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { migrate } from "./migrate.ts";
import { PostgresStorage } from "./storage.ts";

const STARTS_WITHIN_MS = 120_000;

let postgres: PostgresForTests;
let url: string;
let client: Client;

beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);

beforeEach(async () => {
  url = await postgres.database();
  client = new Client({ connectionString: url });
  await client.connect();
  return async () => {
    await client.end();
    await postgres.giveBack(url);
  };
});

async function told<T>(sql: string): Promise<T | undefined> {
  const { rows } = await client.query<{ readonly told: T }>(sql);
  return rows[0]?.told;
}

test("what a sale changes in place is in no index, and has room for it; large tables are looked after in their parts", async () => {
  const columns = await told(
    `SELECT array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) AS told FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = 'catalogue'::regclass`,
  );
  expect(columns).not.toContain("on_hand");
  expect(await told("SELECT reloptions AS told FROM pg_class WHERE relname = 'catalogue'")).toContain(
    "fillfactor=70",
  );
  expect(
    Number(
      await told(
        "SELECT count(*) AS told FROM pg_class WHERE relname LIKE 'store\\_feed\\_rows\\_p%' AND relkind = 'r' AND reloptions IS NOT NULL",
      ),
    ),
  ).toBe(16);
});

test("what somebody who looks after the database says of a table stays, and what a version of before left is gone", async () => {
  await client.query("ALTER TABLE stock SET (autovacuum_vacuum_scale_factor = 0.5)");
  await client.query("ALTER TABLE catalogue RESET (fillfactor, autovacuum_vacuum_scale_factor)");
  await client.query("CREATE INDEX catalogue_by_stock ON catalogue (on_hand)");
  await migrate(client);
  expect(await told("SELECT reloptions AS told FROM pg_class WHERE relname = 'stock'")).toEqual([
    "autovacuum_vacuum_scale_factor=0.5",
  ]);
  expect(await told("SELECT reloptions AS told FROM pg_class WHERE relname = 'catalogue'")).toContain(
    "fillfactor=70",
  );
  expect(await told("SELECT to_regclass('catalogue_by_stock') AS told")).toBeNull();
});

test("documents are packed the quicker way where the database knows it", async () => {
  const isKnown = await told(
    "SELECT 'lz4' = ANY (enumvals) AS told FROM pg_settings WHERE name = 'default_toast_compression'",
  );
  const storage = await PostgresStorage.open(url, { secrets: SECRETS_FOR_TESTS });
  try {
    const document = {
      collection: "settings",
      id: "long",
      data: JSON.stringify("ab".repeat(9_000)),
    } as const;
    await storage.write((tx) =>
      tx.putInFeeds({ documents: [{ feed: `store:${idOf<"Store">("s")}`, ...document }], at: instant(0) }),
    );
  } finally {
    await storage.close();
  }
  expect(
    await told("SELECT pg_column_compression(data) AS told FROM store_feed_rows WHERE id = 'long'"),
  ).toBe(isKnown === true ? "lz4" : "pglz");
});
