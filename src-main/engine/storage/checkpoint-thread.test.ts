import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { CheckpointThread } from "./checkpoint-thread.ts";

/** What each thread that is started does with what it is asked: an error ends it, all else is its answer. */
const threads = vi.hoisted((): (Error | string | null)[] => []);
vi.mock("node:worker_threads", async (original) => ({
  ...(await original<typeof import("node:worker_threads")>()),
  Worker: class extends EventEmitter {
    ref() {}
    unref() {}
    terminate() {}
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
  { of: "a disk that does not read it", does: [NOT_READ, NOT_READ], found: { damage: String(NOT_READ) } },
  { of: "one that cannot be opened", does: [LOST], found: { damage: String(LOST) } },
  { of: "one whose thread failed of something else", does: [new Error("no room")], found: null },
])("what looking through says of $of", async ({ does, found }) => {
  threads.splice(0, threads.length, ...does);
  const thread = new CheckpointThread("replica.sqlite");
  expect(await thread.lookThrough()).toEqual(found);
  expect(threads).toEqual([]);
  await thread.end();
});
