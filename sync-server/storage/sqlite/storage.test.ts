import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { STORAGE_CONTRACT } from "../contract.ts";
import { OPEN_COUNTS } from "./connector-reads.ts";
import { Database } from "./database.ts";
import { SqliteStorage } from "./storage.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-storage-"));
  file = join(folder, "server.sqlite");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("SQLite keeps the storage contract", () => {
  for (const { promise, check } of STORAGE_CONTRACT) {
    test(promise, async () => {
      let storage = new SqliteStorage(file);
      try {
        await check(storage, async () => {
          await storage.close();
          storage = new SqliteStorage(file);
          return storage;
        });
      } finally {
        await storage.close();
      }
    });
  }
});

test("a committed write is on the disk before it is answered: WAL with synchronous=FULL", () => {
  const database = new Database(file);
  expect(database.get("PRAGMA journal_mode")?.journal_mode).toBe("wal");
  expect(database.get("PRAGMA synchronous")?.synchronous).toBe(2);
  database.close();
});

test("data of a newer version is left alone, and the message says what to do", () => {
  const database = new Database(file);
  database.run("PRAGMA user_version = 999");
  database.close();
  expect(() => new SqliteStorage(file)).toThrow(/written by a newer Onetill/);
});

test("HQ counts the open messages of a shop by index, however many were done", async () => {
  await new SqliteStorage(file).close();
  const database = new Database(file);
  const plan = database.all(`EXPLAIN QUERY PLAN ${OPEN_COUNTS} GROUP BY state`, "a");
  expect(plan.map((row) => String(row.detail)).join("; ")).toMatch(/USING COVERING INDEX inbox_open/);
  database.close();
});

test("a pull finds its rows by index, however many there are", async () => {
  await new SqliteStorage(file).close();
  const database = new Database(file);
  const plan = database.all(
    "EXPLAIN QUERY PLAN SELECT seq, id, data FROM feed_rows WHERE feed = ? AND collection = ? AND seq > ? ORDER BY seq LIMIT ?",
    "catalog",
    "products",
    0,
    10,
  );
  const steps = plan.map((row) => String(row.detail)).join("; ");
  expect(steps).toContain("USING INDEX feed_rows_in_order");
  expect(steps).not.toContain("TEMP B-TREE");
  database.close();
});
