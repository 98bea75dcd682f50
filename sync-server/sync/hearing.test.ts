import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { LIVE_KINDS, type LiveKind } from "#protocol/hq/dashboard.ts";
import { Live } from "../dashboard/live.ts";
import type { Storage } from "../storage/port.ts";
import { createHearing } from "./hearing.ts";
import { Ears, type NewInFeed, newsOf } from "./news.ts";
import { Wakeups } from "./wakeups.ts";

/** A server that hears what `ears` says, of a database whose feeds have these heads; and what a till at it was woken for. */
function listening(heads: ReadonlyMap<string, number>) {
  const ears = new Ears();
  const wakeups = new Wakeups();
  const live = new Live(() => undefined);
  const woken: string[] = [];
  const kinds: LiveKind[] = [];
  wakeups.listen({
    device: idOf<"Device">("till"),
    feeds: new Set(["store:one"]),
    concerns: ({ feed, collection }) => feed === "store:one" && ["stock", "orders"].includes(collection),
    wake: (collections) => woken.push(collections.toSorted().join()),
    askHealth: () => woken.push("asked"),
    end: () => woken.push("ended"),
  });
  live.listen({ changed: (changed) => kinds.push(...changed), end: () => undefined });
  const storage = {
    listen: (hear) => ears.listen(hear),
    read: (work) => work({ feedHeads: async () => heads } as Parameters<typeof work>[0]),
  } satisfies Partial<Storage> as unknown as Storage;
  return { ears, woken, kinds, hearing: createHearing({ storage, wakeups, live }) };
}

const stockAt = (head: number): NewInFeed => ({
  feed: "store:one",
  collection: "stock",
  head,
  since: head - 1,
});

test("a till is woken for what another server changed, asked how it is, and hung up on", () => {
  const { ears, woken } = listening(new Map());
  const till = idOf<"Device">("till");
  ears.say({ kind: "news", news: newsOf({ feeds: [stockAt(1)], asked: [till], dismissed: [till] }) });
  expect(woken).toEqual(["stock", "ended", "asked"]);
});

test("news that was lost is noticed by the next of the same feed: the till is woken for all that the feed is read for", () => {
  const { ears, woken } = listening(new Map());
  ears.say({ kind: "inTurn", feeds: [stockAt(1)] });
  ears.say({ kind: "inTurn", feeds: [stockAt(2)] });
  expect(woken).toEqual([]);
  ears.say({ kind: "inTurn", feeds: [stockAt(4)] });
  expect(woken).toEqual(["orders,stock"]);
});

test("where the connection was lost, or nothing came after what was lost, the heads tell; what was heard wakes nobody again", async () => {
  const heads = new Map([["store:one", 3]]);
  const { ears, woken, kinds, hearing } = listening(heads);
  ears.say({ kind: "inTurn", feeds: [stockAt(3)] });
  await hearing.catchUp();
  expect(woken).toEqual([]);
  heads.set("store:one", 5);
  ears.say({ kind: "missed" });
  await new Promise(setImmediate);
  expect(woken).toEqual(["orders,stock"]);
  expect(kinds).toEqual([...LIVE_KINDS]);
  await hearing.catchUp();
  expect(woken).toHaveLength(1);
});
