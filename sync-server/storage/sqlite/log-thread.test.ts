import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SqliteDatabase } from "./database.ts";
import { LogThread } from "./log-thread.ts";

const ENOUGH = 8_000;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-log-thread-"));
  file = join(folder, "server.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

class FakeWorker extends EventEmitter {
  asked = 0;
  isEnded = false;

  postMessage(): void {
    this.asked += 1;
  }

  unref(): void {}

  async terminate(): Promise<number> {
    this.isEnded = true;
    return 0;
  }
}

function threadOn(worker: FakeWorker): LogThread {
  return new LogThread(file, () => worker as unknown as Worker);
}

test("what many rows came to is written into the file while the writer has it open and leaves the log alone", async () => {
  const database = new SqliteDatabase(file);
  database.leaveLogToThread();
  await database.run("CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
  const thread = new LogThread(file);
  const before = statSync(file).size;
  database.begin("write");
  for (let row = 0; row < ENOUGH; row += 1) database.send("INSERT INTO t (text) VALUES (?)", "x".repeat(200));
  database.commit();
  expect(statSync(file).size).toBe(before);
  thread.wrote(database.rowsWritten());
  await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(ENOUGH * 200), { timeout: 20_000 });
  await thread.close();
  expect(await database.get("SELECT count(*) AS n FROM t")).toMatchObject({ n: ENOUGH });
  database.close();
});

test("it is asked once for so many rows, and not again before it has done that", () => {
  const worker = new FakeWorker();
  const thread = threadOn(worker);
  thread.wrote(ENOUGH - 1);
  expect(worker.asked).toBe(0);
  thread.wrote(1);
  thread.wrote(ENOUGH);
  expect(worker.asked).toBe(1);
  worker.emit("message", "writtenBack");
  thread.wrote(1);
  expect(worker.asked).toBe(2);
});

test("one that failed is asked no more, and whoever closes it ends it", async () => {
  const worker = new FakeWorker();
  const thread = threadOn(worker);
  thread.wrote(ENOUGH);
  worker.emit("error", new Error("disk full"));
  thread.wrote(ENOUGH);
  expect(worker.asked).toBe(1);
  await thread.close();
  expect(worker.isEnded).toBe(true);
});
