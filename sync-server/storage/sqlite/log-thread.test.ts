import { EventEmitter, once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf } from "#domain/ids.ts";
import { asideHere } from "./aside-here.ts";
import { LogThread } from "./log-thread.ts";
import { SqliteStorage } from "./storage.ts";

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
  readonly #ends: Promise<void>;

  constructor(ends = Promise.resolve()) {
    super();
    this.#ends = ends;
  }

  postMessage(): void {
    this.asked += 1;
  }

  unref(): void {}

  async terminate(): Promise<number> {
    this.isEnded = true;
    await this.#ends;
    return 0;
  }

  done(): void {
    this.emit("message", "writtenBack");
  }
}

/** A thread on the workers that there are, one after the other; there are no more then. `failures` is what it says went wrong. */
function threadOn(...workers: readonly FakeWorker[]) {
  const left = [...workers];
  const failures: unknown[] = [];
  const startWorker = () => {
    const next = left.shift();
    if (next === undefined) throw new Error("no thread to be had");
    return next as unknown as Worker;
  };
  const thread = new LogThread(file, { startWorker, onFailed: (error) => failures.push(error) });
  return { thread, failures };
}

async function writeRows(storage: SqliteStorage, rows: number): Promise<void> {
  const uses = Array.from({ length: rows }, (_, n) => ({
    ...{ customer: idOf<"Customer">(`c${n}`), promotion: idOf<"Promotion">("spring") },
    subject: "x".repeat(200),
  }));
  await storage.write((tx) => tx.addPromotionUses(uses));
}

test("what was written through the storage is written into the file by the thread, which is done with it before the storage is closed", async () => {
  const workers: Worker[] = [];
  const startWorker = () => {
    const worker = new Worker(new URL("./log-worker.ts", import.meta.url), { workerData: { file } });
    workers.push(worker);
    return worker;
  };
  const storage = new SqliteStorage(file, {
    aside: asideHere(file),
    log: new LogThread(file, { startWorker }),
  });
  await writeRows(storage, ENOUGH - 1_000);
  const before = statSync(file).size;
  expect(workers).toEqual([]);
  await writeRows(storage, ENOUGH);
  expect(workers).toHaveLength(1);
  await once(workers[0]!, "message");
  expect(statSync(file).size).toBeGreaterThan(before + ENOUGH * 200);
  await writeRows(storage, 2 * ENOUGH);
  const ended = once(workers[0]!, "exit");
  await storage.close();
  await ended;
  expect(readdirSync(folder).filter((name) => name.includes("-wal"))).toEqual([]);
});

test("it is asked once for so many rows, and not again before it has done that", () => {
  const worker = new FakeWorker();
  const { thread } = threadOn(worker);
  thread.wrote(ENOUGH - 1);
  expect(worker.asked).toBe(0);
  thread.wrote(1);
  thread.wrote(ENOUGH);
  expect(worker.asked).toBe(1);
  worker.done();
  thread.wrote(1);
  expect(worker.asked).toBe(2);
});

test("one that failed is replaced with the next rows, and why is said once until another has written back", () => {
  const [first, second, third] = [new FakeWorker(), new FakeWorker(), new FakeWorker()] as const;
  const { thread, failures } = threadOn(first, second, third);
  const full = new Error("disk full");
  thread.wrote(ENOUGH);
  first.emit("error", full);
  expect(first.isEnded).toBe(true);
  thread.wrote(ENOUGH - 1);
  expect(second.asked).toBe(0);
  thread.wrote(1);
  expect([first.asked, second.asked]).toEqual([1, 1]);
  second.emit("error", full);
  expect(failures).toEqual([full]);
  thread.wrote(ENOUGH);
  third.done();
  third.emit("error", full);
  expect(failures).toEqual([full, full]);
});

test("where there is no thread to be had, what was written is there and told all the same", async () => {
  const { thread, failures } = threadOn();
  const storage = new SqliteStorage(file, { aside: asideHere(file), log: thread });
  const heard: unknown[] = [];
  storage.listen((said) => heard.push(said.kind));
  const use = { customer: idOf<"Customer">("c"), promotion: idOf<"Promotion">("spring") };
  const write = () =>
    storage.write(
      (tx) =>
        tx.addPromotionUses(
          Array.from({ length: ENOUGH }, (_, n) => ({ ...use, subject: `${heard.length} ${n}` })),
        ),
      () => ({ feeds: [], live: [], dismissed: [], asked: [] }),
    );
  await write();
  await write();
  expect(heard).toEqual(["inTurn", "news", "inTurn", "news"]);
  expect(failures).toEqual([new Error("no thread to be had")]);
  const found = await storage.read((tx) => tx.promotionUses([[use.customer]]));
  expect(found[0]).toMatchObject([{ times: 2 * ENOUGH }]);
  await storage.close();
});

test("one that had nothing to do for ten seconds is ended, and whoever closes it waits for that", async () => {
  vi.useFakeTimers();
  try {
    let end = () => {};
    const [first, second] = [new FakeWorker(new Promise((done) => (end = done))), new FakeWorker()];
    const { thread } = threadOn(first, second);
    thread.wrote(ENOUGH);
    vi.advanceTimersByTime(60_000);
    expect(first.isEnded).toBe(false);
    first.done();
    vi.advanceTimersByTime(9_999);
    expect(first.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(first.isEnded).toBe(true);
    thread.wrote(ENOUGH);
    expect(second.asked).toBe(1);
    let isClosed = false;
    const closed = thread.close().then(() => {
      isClosed = true;
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([second.isEnded, isClosed]).toEqual([true, false]);
    end();
    await closed;
  } finally {
    vi.useRealTimers();
  }
});
