import { Client } from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { PostgresForTests, SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { migrate } from "./migrate.ts";
import { PostgresStorage } from "./storage.ts";
import { CHANGED_IN_PLACE, keepUp } from "./upkeep.ts";

const STARTS_WITHIN_MS = 120_000;
/** Less than what a start waits for whoever holds a table. */
const PROMPTLY_MS = 1_000;
/** As a version before made it. */
const IN_THE_WAY = "CREATE INDEX catalogue_by_stock ON catalogue (on_hand)";
/** What a sale, a push or a pull changes of a row. */
const SUMS = ["parts", "sold_pieces", "returned_pieces", "sold", "returned", "net", "tax", "discount"];
const CHANGING: Readonly<Record<(typeof CHANGED_IN_PLACE)[number], readonly string[]>> = {
  catalogue: ["on_hand"],
  catalogue_stock: ["on_hand"],
  chain_feeds: ["head", "purged_to"],
  devices: ["last_seen_at", "clock_offset_ms", "version", "acted_to"],
  report_sums: [...SUMS, "cost", "costed_net"],
  sales_slots: ["tickets", "minor"],
  store_feeds: ["head", "purged_to"],
};

let postgres: PostgresForTests;
let url: string;
let client: Client;

beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);

beforeEach(async () => {
  url = await postgres.database();
  client = await connected();
  return async () => {
    await client.end();
    await postgres.giveBack(url);
  };
});

async function connected(): Promise<Client> {
  const one = new Client({ connectionString: url });
  await one.connect();
  return one;
}

async function told<T>(sql: string): Promise<T | undefined> {
  const { rows } = await client.query<{ readonly told: T }>(sql);
  return rows[0]?.told;
}

const settingsOf = (table: string) =>
  told<readonly string[]>(`SELECT reloptions AS told FROM pg_class WHERE relname = '${table}'`);
const isInTheWay = () => told<boolean>("SELECT to_regclass('catalogue_by_stock') IS NOT NULL AS told");

test.each(CHANGED_IN_PLACE)(
  "what sales change of %s in place is in no index, and has room",
  async (table) => {
    const columns = await told<readonly string[]>(
      `SELECT array_agg(attname::text) AS told FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0`,
    );
    const indexes = await told<string>(
      `SELECT string_agg(pg_get_indexdef(indexrelid), ';') AS told FROM pg_index WHERE indrelid = '${table}'::regclass`,
    );
    for (const column of CHANGING[table]) {
      expect(columns).toContain(column);
      // Neither as a column nor within an expression or a condition.
      expect(indexes).not.toMatch(new RegExp(`\\b${column}\\b`));
    }
    expect(await settingsOf(table)).toContain("fillfactor=70");
  },
);

test("large tables are looked after in their parts", async () => {
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
  await client.query(IN_THE_WAY);
  await migrate(client);
  expect(await settingsOf("stock")).toEqual(["autovacuum_vacuum_scale_factor=0.5"]);
  expect(await settingsOf("catalogue")).toContain("fillfactor=70");
  expect(await isInTheWay()).toBe(false);
});

test("a start beside a backup holds up no sale, and leaves to the next one what it would have to wait for", async () => {
  await client.query(IN_THE_WAY);
  const [backup, sale] = [await connected(), await connected()];
  const left: Error[] = [];
  try {
    await backup.query("BEGIN; LOCK TABLE catalogue IN ACCESS SHARE MODE");
    const start = migrate(client, (why) => left.push(why));
    await expect
      .poll(() =>
        sale
          .query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DROP INDEX%' AND wait_event_type = 'Lock'")
          .then(({ rowCount }) => rowCount),
      )
      .toBe(1);
    await sale.query(`SET statement_timeout = ${PROMPTLY_MS}`);
    await sale.query("UPDATE catalogue SET on_hand = on_hand - 1");
    await start;
    expect(left.map(({ message }) => message)).toEqual([expect.stringContaining("lock timeout")]);
    expect((await client.query("SHOW lock_timeout")).rows).toEqual([{ lock_timeout: "0" }]);
    await backup.query("COMMIT");
    await migrate(client, (why) => left.push(why));
    expect(left).toHaveLength(1);
    expect(await isInTheWay()).toBe(false);
  } finally {
    await Promise.all([backup.end(), sale.end()]);
    await client.query("DROP INDEX IF EXISTS catalogue_by_stock");
  }
});

test("tables of another user are left as they are, and that is said", async () => {
  await client.query("ALTER TABLE catalogue RESET (fillfactor, autovacuum_vacuum_scale_factor)");
  await client.query("CREATE ROLE guest");
  const left: Error[] = [];
  try {
    await client.query("SET ROLE guest");
    await keepUp(client, (why) => left.push(why));
    await client.query("RESET ROLE");
    expect(left.map(({ message }) => message)).toEqual(["must be owner of table catalogue"]);
    expect(await settingsOf("catalogue")).toBeNull();
  } finally {
    await client.query("RESET ROLE; DROP ROLE guest");
    await migrate(client);
  }
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
