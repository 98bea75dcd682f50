import { expect, test } from "vitest";
import type { SyncView } from "#protocol/till/status.ts";
import type { Engine } from "./engine.ts";
import { Changes } from "./shop/changes.ts";
import { Succession } from "./succession.ts";

/** A till of which only one verb, one view and its end are looked at. */
function engineOf(unsent: number) {
  const changes = new Changes();
  const done: string[] = [];
  const engine = {
    verbs: { syncNow: async () => void done.push("asked") },
    views: {
      sync: {
        current: () => ({ unsent }) as SyncView,
        watch: (onChange: () => void) => changes.watch(onChange),
      },
    },
    picture: async () => null,
    close: async () => void done.push("closed"),
  } as unknown as Engine;
  return { engine, changes, done };
}

test("who watches a view is told of the next till, and then watches that one", async () => {
  const [first, second] = [engineOf(1), engineOf(2)];
  const till = new Succession(first.engine);
  const seen: number[] = [];
  till.views.sync.watch(() => seen.push(till.views.sync.current().unsent));
  first.changes.tell();
  await till.followWith(async () => second.engine);
  first.changes.tell();
  second.changes.tell();
  expect(seen).toEqual([1, 2, 2]);
  expect(first.done).toEqual(["closed"]);
});

test("what is asked while the next one is opened waits for it", async () => {
  const [first, second] = [engineOf(1), engineOf(2)];
  const till = new Succession(first.engine);
  let opened: (engine: Engine) => void = () => undefined;
  const followed = till.followWith(
    () =>
      new Promise((resolve) => {
        opened = resolve;
      }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  const asked = till.verbs.syncNow({});
  opened(second.engine);
  await Promise.all([followed, asked]);
  expect(first.done).toEqual(["closed"]);
  expect(second.done).toEqual(["asked"]);
});

test("one that is closed opens no other, and one whose next could not be opened is closed once", async () => {
  const [first, second] = [engineOf(1), engineOf(2)];
  const closed = new Succession(first.engine);
  await closed.close();
  await closed.followWith(async () => second.engine);
  expect([first.done, second.done]).toEqual([["closed"], []]);
  const third = engineOf(3);
  const stuck = new Succession(third.engine);
  await expect(stuck.followWith(() => Promise.reject(new Error("full")))).rejects.toThrow("full");
  await expect(stuck.verbs.syncNow({})).rejects.toThrow("full");
  await stuck.close();
  expect(third.done).toEqual(["closed"]);
});
