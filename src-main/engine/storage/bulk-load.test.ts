import { renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BulkLoad } from "./bulk-load.ts";
import { CheckpointThread } from "./checkpoint-thread.ts";
import { type Connection, connect } from "./connection.ts";
import { temporaryFolder } from "./testing/articles.ts";

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let connection: Connection;
let thread: CheckpointThread;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, "load.sqlite");
  connection = connect(file);
  thread = new CheckpointThread(file);
  connection.database.exec("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
});
afterEach(async () => {
  await thread.end();
  connection.release();
  folder.remove();
});

function begin(): BulkLoad {
  return BulkLoad.begin(connection, thread);
}

function insert(id: number): void {
  connection.transaction(() => {
    connection.database.prepare("INSERT INTO rows VALUES (?, ?)").run(id, `row ${id}`.repeat(100));
  });
}

/** What somebody else sees of the file. */
function seenOutside(): number {
  const other = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(other.prepare("SELECT count(*) AS n FROM rows").get()?.n);
  } finally {
    other.close();
  }
}

function pragma(name: string): unknown {
  return Object.values(connection.database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

describe("a bulk load", () => {
  test("has all of its rows committed at its end, and every later commit waits for the disk again", async () => {
    const before = ["synchronous", "wal_autocheckpoint", "cache_size"].map(pragma);
    const load = begin();
    for (let id = 0; id < 2_500; id += 1) {
      insert(id);
      await load.wrote(1);
    }
    expect(pragma("synchronous")).toBe(1);
    await load.end();
    expect(seenOutside()).toBe(2_500);
    expect(["synchronous", "wal_autocheckpoint", "cache_size"].map(pragma)).toEqual(before);
  });

  test("keeps its log from growing with what is loaded", async () => {
    const load = begin();
    for (let id = 0; id < 200; id += 1) {
      insert(id);
      // As if each row were a chunk of a thousand: five times as much as a log may hold.
      await load.wrote(1_000);
    }
    await load.end();
    connection.database.exec("PRAGMA wal_autocheckpoint=0");
    const { log, checkpointed } = { ...connection.database.prepare("PRAGMA wal_checkpoint(PASSIVE)").get() };
    expect(checkpointed).toBe(log);
    expect(Number(log)).toBeLessThan(200);
  });

  test("leaves its log to its thread: meanwhile nobody writes it back here, and what is written after it counts anew", async () => {
    for (let id = 0; id < 10; id += 1) insert(id);
    const load = begin();
    insert(10);
    const waited = load.wrote(40_000);
    expect(connection.database.isTransaction).toBe(false);
    expect(connection.tidy(1)).toBe(false);
    await waited;
    await load.end();
    expect(connection.tidy(1)).toBe(false);
    insert(11);
    expect(connection.tidy(1)).toBe(true);
  });

  test("that cannot begin leaves all as it was", () => {
    const before = ["synchronous", "wal_autocheckpoint", "cache_size"].map(pragma);
    connection.database.exec("PRAGMA busy_timeout=1");
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    expect(begin).toThrow("locked");
    other.close();
    expect(["synchronous", "wal_autocheckpoint", "cache_size"].map(pragma)).toEqual(before);
    insert(1);
    expect(connection.tidy(1)).toBe(true);
  });

  test("a part of it that fails takes back itself alone", async () => {
    const load = begin();
    insert(1);
    const failing = () =>
      connection.transaction(() => {
        connection.database.prepare("INSERT INTO rows VALUES (2, 'two')").run();
        connection.database.prepare("INSERT INTO rows VALUES (1, 'again')").run();
      });
    expect(failing).toThrow(/UNIQUE/);
    insert(3);
    await load.end();
    const ids = connection.database.prepare("SELECT id FROM rows ORDER BY id").all();
    expect(ids.map(({ id }) => id)).toEqual([1, 3]);
  });

  test("whose thread fails goes on without it, however much comes after that", async () => {
    const away = `${folder.path}-away`;
    const load = begin();
    // The open connection does not mind; a thread that is to open the file finds nothing.
    renameSync(folder.path, away);
    try {
      for (let id = 0; id < 60; id += 1) {
        insert(id);
        await load.wrote(1_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await load.end();
    } finally {
      renameSync(away, folder.path);
    }
    expect(seenOutside()).toBe(60);
    expect(pragma("synchronous")).toBe(2);
  });

  test("is seen by nobody else before it is committed, so that a kill leaves what was there before", () => {
    insert(1);
    const load = begin();
    insert(2);
    expect(seenOutside()).toBe(1);
    return load.end();
  });

  test("after another one has the same thread, and also after the thread was ended in between", async () => {
    for (const isEnded of [false, true, false]) {
      if (isEnded) await thread.end();
      const load = begin();
      const first = seenOutside();
      for (let id = first; id < first + 20; id += 1) {
        insert(id);
        await load.wrote(4_000);
      }
      await load.end();
    }
    expect(seenOutside()).toBe(60);
    expect(pragma("wal_autocheckpoint")).toBe(1_000);
  });
});
