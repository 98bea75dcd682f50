import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NOTHING_DONE, openCase, withCaseActs } from "#domain/cases/act.ts";
import type { Case } from "#domain/cases/case.ts";
import { type ImageHash, idOf, instant } from "#domain/ids.ts";
import { Alarm } from "../sync/alarm.ts";
import { FakeReplica } from "../testing/fake-replica.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { product, STORE, variant } from "../testing/shop-fixture.ts";
import { prefetchPictures } from "./prefetch.ts";

const PAUSE_MS = 30;
const IDLE_MS = 3_600_000;

let timers: FakeTimers;
let alarm: Alarm;
let replica: FakeReplica;
let closing: AbortController;
let ready: boolean;
let broken: Error | null;
let kept: string[];
let ended: Promise<void>;

function image(of: string): ImageHash {
  return idOf<"ImageHash">(of.repeat(64));
}

const HQ = { kind: "hq", who: "Hanna" } as const;

function repair(photos: readonly ImageHash[]): Case {
  const at = instant(1_800_000_000_000);
  const opening = {
    id: idOf<"Case">("case-1"),
    number: "C-HQ-000001",
    kind: "repair",
    store: STORE,
    customer: null,
    contact: null,
    product: { variant: null, sku: null, name: "Oak lamp", options: [] },
    serial: "",
    purchase: null,
    fault: "Broken",
    condition: "",
    accessories: "",
    deadline: at,
    photos,
  } as const;
  return openCase(opening, { at, by: HQ });
}

beforeEach(() => {
  timers = new FakeTimers();
  alarm = new Alarm(timers);
  replica = new FakeReplica();
  closing = new AbortController();
  ready = true;
  broken = null;
  kept = [];
  replica.put(
    "products",
    product("mug", { image: image("a"), variants: [variant("blue", { image: image("b") }), variant("red")] }),
    product("old", { image: image("c"), status: "archived" }),
    product("tee", { image: image("a") }),
    product("plain"),
  );
});
afterEach(async () => {
  closing.abort();
  await ended;
  expect(timers.rests).toEqual([]);
});

function start(): void {
  ended = prefetchPictures({
    pictures: {
      keep: async (hash) => {
        if (broken !== null) throw broken;
        kept.push(hash[0] ?? "");
        return true;
      },
    },
    replica,
    ready: () => ready,
    alarm,
    closing: closing.signal,
    random: () => 1,
  });
}

function resting(ms: number): Promise<void> {
  return timers.until((rests) => rests.includes(ms));
}

/** Lets the pauses between pictures pass until none is wanted any more. */
async function untilIdle(): Promise<void> {
  for (;;) {
    await timers.until((rests) => rests.length > 0);
    if (timers.rests.includes(IDLE_MS)) return;
    timers.pass(PAUSE_MS);
  }
}

describe("pictures fetched ahead of being shown", () => {
  test("are those of what is sold here, each once, one after another with a pause in between", async () => {
    start();
    await resting(PAUSE_MS);
    expect(kept).toEqual(["a"]);
    await untilIdle();
    expect(kept).toEqual(["a", "b"]);
  });

  test("wait until the first sync is in: it has the line for itself", async () => {
    ready = false;
    start();
    await resting(IDLE_MS);
    expect(kept).toEqual([]);
    ready = true;
    alarm.ring();
    await resting(PAUSE_MS);
    await untilIdle();
    expect(kept).toEqual(["a", "b"]);
  });

  test("come for a new product as soon as HQ adds it", async () => {
    start();
    await untilIdle();
    replica.put(
      "products",
      product("new", { image: image("d") }),
      product("draft", { image: image("e"), status: "draft" }),
    );
    await resting(PAUSE_MS);
    await untilIdle();
    expect(kept).toEqual(["a", "b", "d"]);
  });

  test("of cases come first, and those that were added to a case as soon as it is told", async () => {
    replica.put("cases", repair([image("f")]));
    start();
    await untilIdle();
    expect(kept).toEqual(["f", "a", "b"]);
    const act = { ...NOTHING_DONE, photos: [image("e")] };
    const at = instant(1_800_000_000_001);
    replica.put("cases", withCaseActs(repair([image("f")]), [{ id: "act-1", at, by: HQ, act }]));
    await resting(PAUSE_MS);
    await untilIdle();
    expect(new Set(kept)).toEqual(new Set(["f", "a", "b", "e"]));
  });

  test("are tried again after a back-off when the line is gone, and the one that failed is not left out", async () => {
    broken = new Error("gone");
    start();
    await resting(500);
    timers.pass(500);
    await resting(750);
    broken = null;
    timers.pass(750);
    await untilIdle();
    expect(kept).toEqual(["a", "b"]);
  });

  test("end with the till", async () => {
    start();
    await resting(PAUSE_MS);
    closing.abort();
    await ended;
    replica.put("products", product("new", { image: image("d") }));
    expect(kept).toEqual(["a"]);
  });
});
