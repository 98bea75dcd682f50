import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { connect } from "./connection.ts";

const WAL_LIMIT = "PRAGMA wal_autocheckpoint";

test("a database that cannot be used is closed, so that it can be moved away, and is opened afresh the next time", () => {
  const opened: DatabaseSync[] = [];
  const openFile = (file: string): DatabaseSync => {
    const database = new (class extends DatabaseSync {
      override exec(): void {
        throw new Error("file is not a database");
      }
    })(file);
    opened.push(database);
    return database;
  };
  for (const _ of [1, 2]) expect(() => connect(":memory:", { openFile })).toThrow("not a database");
  expect(opened.map(({ isOpen }) => isOpen)).toEqual([false, false]);
});

test("a new file is its owner's alone, and so is all that lies beside it: whoever ordered at this till is in it", () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-owner-"));
  const connection = connect(join(folder, "a.sqlite"));
  connection.database.exec("CREATE TABLE acts (text TEXT)");
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  connection.release();
  rmSync(folder, { recursive: true, force: true });
  expect(modes.toSorted()).toEqual([
    ["a.sqlite", 0o600],
    ["a.sqlite-shm", 0o600],
    ["a.sqlite-wal", 0o600],
  ]);
});

test("the log is written back in a quiet moment once much is in it, before a commit has to", () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-log-"));
  const asked: string[] = [];
  const openFile = (file: string) =>
    new (class extends DatabaseSync {
      override exec(sql: string): void {
        if (sql.includes("wal_checkpoint")) asked.push(sql);
        super.exec(sql);
      }
    })(file);
  const connection = connect(join(folder, "a.sqlite"), { openFile });
  const { database } = connection;
  database.exec("CREATE TABLE acts (text TEXT)");
  const commit = () => connection.transaction(() => database.exec("INSERT INTO acts VALUES ('x')"));
  for (let commits = 0; commits < 39; commits += 1) commit();
  expect(connection.tidy(40)).toBe(false);
  expect(asked).toEqual([]);
  connection.transaction(() => connection.transaction(commit));
  connection.transaction(() => connection.tidy(40));
  expect(asked).toEqual([]);
  expect(connection.tidy(40)).toBe(true);
  expect(asked).toHaveLength(1);
  // Nothing is left in the log to be written back, and the file alone holds it all.
  expect(database.prepare("PRAGMA wal_checkpoint(PASSIVE)").get()).toMatchObject({ busy: 0 });
  connection.tidy(40);
  expect(asked).toHaveLength(1);
  connection.release();
  connection.tidy(40);
  rmSync(folder, { recursive: true });
});

test("what is written anew empties the log also where that fails, and what it met counts more than what the log does", () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-anew-"));
  const asked: string[] = [];
  let fails = false;
  const openFile = (file: string) =>
    new (class extends DatabaseSync {
      override exec(sql: string): void {
        if (sql.includes("TRUNCATE")) asked.push(sql);
        if (fails) throw new Error("the log is not written back");
        super.exec(sql);
      }
    })(file);
  const connection = connect(join(folder, "a.sqlite"), { openFile });
  const lost = (): never => {
    throw new Error("a page is lost");
  };
  expect(() => connection.rewriting(lost)).toThrow("a page is lost");
  expect(asked).toHaveLength(1);
  fails = true;
  expect(() => connection.rewriting(lost)).toThrow("a page is lost");
  expect(() => connection.rewriting(() => undefined)).toThrow("the log is not written back");
  expect(asked).toHaveLength(3);
  connection.release();
  rmSync(folder, { recursive: true });
});

test("a commit writes back a log of the same size, whatever its pages", () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-pages-"));
  const file = join(folder, "large.sqlite");
  for (const pageBytes of [8_192, 4_096]) {
    // One that is there keeps its own pages.
    const large = connect(file, { pageBytes });
    expect(large.database.prepare(WAL_LIMIT).get()).toEqual({ wal_autocheckpoint: 500 });
    large.database.exec("CREATE TABLE IF NOT EXISTS acts (text TEXT)");
    large.release();
  }
  const small = connect(":memory:");
  expect(small.database.prepare(WAL_LIMIT).get()).toEqual({ wal_autocheckpoint: 1_000 });
  small.release();
  rmSync(folder, { recursive: true });
});
