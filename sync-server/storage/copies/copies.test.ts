import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { contentsAt } from "../../testing/contents-at.ts";
import { PostgresForTests } from "../../testing/postgres.ts";
import { wholeShop } from "../../testing/whole-shop.ts";
import { takeBackup } from "./backup.ts";
import { differences } from "./contents.ts";
import { moveShop } from "./move.ts";
import type { Place } from "./place.ts";
import { newestTables } from "./sqlite-shop.ts";

const STARTS_WITHIN_MS = 120_000;
const NOW = instant(1_800_000_000_000);

let postgres: PostgresForTests;
let folder: string;
let url: string;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-copies-"));
  url = await postgres.emptyDatabase();
});
afterEach(async () => {
  await postgres.drop(url);
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (name: string): Place & { readonly engine: "sqlite" } => ({
  engine: "sqlite",
  file: join(folder, `${name}.sqlite`),
});
const atPostgres = (): Place => ({ engine: "postgres", url });

const quietly = { now: NOW, onCopied: () => undefined, check: async () => null } as const;
const move = (from: Place, to: Place) => moveShop({ ...quietly, from, to, replace: false, aside: "before" });

/** Where the marks are that a move leaves at both ends. */
const retailer = /^retailer /;
const butForMarks = (found: readonly string[]) => found.filter((each) => !retailer.test(each));

describe("every table of the schema is copied", () => {
  test("those of SQLite are all known, and PostgreSQL has no other", async () => {
    wholeShop(fileOf("a").file);
    const database = new DatabaseSync(fileOf("a").file, { readOnly: true });
    const there = database
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite%'",
      )
      .all()
      .map(({ name }) => String(name));
    const filled = there.filter(
      (name) => database.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined,
    );
    database.close();
    expect(filled.toSorted()).toEqual(there.toSorted());
    expect(newestTables().map(({ name }) => name)).toEqual(there.toSorted());
    await move(fileOf("a"), atPostgres());
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ readonly name: string }>(
      "SELECT c.relname AS name FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace",
    );
    await client.end();
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...there, "schema_version"].toSorted());
  });

  test("what is moved from SQLite to PostgreSQL and back is what it was, to the last byte and number", async () => {
    wholeShop(fileOf("a").file);
    const before = await contentsAt(fileOf("a"));
    await move(fileOf("a"), atPostgres());
    expect(butForMarks(differences(before, await contentsAt(atPostgres())))).toEqual([]);
    await move(atPostgres(), fileOf("b"));
    expect(butForMarks(differences(before, await contentsAt(fileOf("b"))))).toEqual([]);
    expect(butForMarks(differences(before, await contentsAt(fileOf("a"))))).toEqual([]);
  });

  test("documents of a shop that was moved are packed as a server packs them", async () => {
    wholeShop(fileOf("a").file);
    const database = new DatabaseSync(fileOf("a").file);
    database.exec(`UPDATE store_feed_rows SET data = '"' || hex(zeroblob(9000)) || '"'`);
    database.close();
    await move(fileOf("a"), atPostgres());
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ readonly packed: string; readonly known: boolean }>(
      `SELECT DISTINCT pg_column_compression(data) AS packed,
        (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') AS known FROM store_feed_rows`,
    );
    await client.end();
    expect(rows.map(({ packed }) => packed)).toEqual([rows[0]?.known === true ? "lz4" : "pglz"]);
  });

  test("a backup of either engine holds the same", async () => {
    wholeShop(fileOf("a").file);
    const before = await contentsAt(fileOf("a"));
    const ofSqlite = await takeBackup({ ...quietly, from: fileOf("a"), out: join(folder, "one") });
    await move(fileOf("a"), atPostgres());
    const ofPostgres = await takeBackup({ ...quietly, from: atPostgres(), out: join(folder, "two") });
    expect(ofSqlite.manifest.tables).toEqual(before);
    expect(butForMarks(differences(before, ofPostgres.manifest.tables))).toEqual([]);
  });

  test("numbers are given out from behind the highest on, and none of a row that is gone", async () => {
    wholeShop(fileOf("a").file);
    await move(fileOf("a"), atPostgres());
    const client = new Client({ connectionString: url });
    await client.connect();
    const next = async (table: string, column: string): Promise<number> => {
      const { rows } = await client.query<{ readonly last: string; readonly next: string }>(
        `SELECT (SELECT max(${column}) FROM ${table}) AS last, nextval(pg_get_serial_sequence('${table}', '${column}')) AS next`,
      );
      return Number(rows[0]!.next) - Number(rows[0]!.last);
    };
    try {
      expect(await next("credits", "cursor")).toBe(1);
      expect(await next("invoices", "rowid")).toBe(1);
      // The highest of these was taken away: the next one before it is three less.
      expect(await next("outbox", "seq")).toBe(4);
    } finally {
      await client.end();
    }
  });
});
