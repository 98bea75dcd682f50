import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { CheckpointThread } from "./checkpoint-thread.ts";

/** What each thread that is started does with what it is asked: an error ends it, all else is its answer. */
const threads = vi.hoisted((): (Error | string | null)[] => []);
/** What each thread that is ended waits for. */
const ends = vi.hoisted((): Promise<void>[] => []);
vi.mock("node:worker_threads", async (original) => ({
  ...(await original<typeof import("node:worker_threads")>()),
  Worker: class extends EventEmitter {
    ref() {}
    unref() {}
    terminate() {
      return ends.shift();
    }
    postMessage() {
      const does = threads.shift() ?? null;
      queueMicrotask(() => {
        if (!(does instanceof Error)) return this.emit("message", does);
        this.emit("error", does);
        this.emit("exit", 1);
      });
    }
  },
}));

const NOT_READ = Object.assign(new Error("disk I/O error"), { errcode: 266 });
const LOST = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });

test.each([
  { of: "a disk that did not read it for a moment", does: [NOT_READ, null], found: { damage: null } },
  {
    of: "one that did so and is damaged",
    does: [NOT_READ, "a page is lost"],
    found: { damage: "a page is lost" },
  },
  { of: "one that cannot be opened", does: [LOST], found: { damage: String(LOST) } },
  { of: "one whose thread failed of something else", does: [new Error("no room")], found: null },
])("what looking through says of $of", async ({ does, found }) => {
  threads.splice(0, threads.length, ...does);
  const thread = new CheckpointThread("replica.sqlite");
  expect(await thread.lookThrough()).toEqual(found);
  expect(threads).toEqual([]);
  await thread.end();
});

test("a disk that does not read it is no damage: whoever asked is told", async () => {
  threads.splice(0, threads.length, NOT_READ, NOT_READ);
  const thread = new CheckpointThread("replica.sqlite");
  await expect(thread.lookThrough()).rejects.toBe(NOT_READ);
  expect(threads).toEqual([]);
  await thread.end();
});

test("one that is ended does not begin again by itself", async () => {
  threads.splice(0, threads.length, NOT_READ, null);
  const thread = new CheckpointThread("replica.sqlite");
  const looked = thread.lookThrough();
  await thread.end();
  expect(await looked).toBeNull();
  expect(threads).toEqual([null]);
});

test("whoever ends it waits for an end that is under way already", async () => {
  threads.splice(0, threads.length);
  let isGone = (): void => undefined;
  ends.push(
    new Promise((resolve) => {
      isGone = resolve;
    }),
  );
  const thread = new CheckpointThread("replica.sqlite");
  await thread.lookThrough();
  void thread.end();
  let isEnded = false;
  const ended = thread.end().then(() => {
    isEnded = true;
  });
  await new Promise((others) => setImmediate(others));
  expect(isEnded).toBe(false);
  isGone();
  await ended;
});
