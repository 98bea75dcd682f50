import { setImmediate as othersTurn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { EUR, price, product, RETAIL } from "../testing/shop.ts";
import type { BulkEditRecord } from "./act-port.ts";
import { createBulkEdits } from "./bulk-edit.ts";

const BY = { kind: "user", id: "u", name: "Johanna" } as const;
const PRODUCTS = Array.from({ length: 120 }, (_, at) => product(idOf<"Variant">(`v${at}`)));
const IDS = PRODUCTS.map(({ id }) => id);
const DEARER: BulkEditRecord["change"] = {
  kind: "price",
  list: RETAIL,
  change: { kind: "percent", ppm: 100_000 },
  rounding: { kind: "none" },
  asReduction: false,
};

let parts: ServerForTests;
beforeEach(async () => {
  parts = await ServerForTests.open();
  await parts.deps.publisher.publish(async (publication) => {
    for (const each of PRODUCTS) {
      await publication.putProduct(each);
      for (const { id } of each.variants) await publication.putPrice(price(id));
    }
  });
});
afterEach(() => parts.close());

const started = () => createBulkEdits({ ...parts.deps, words: (trouble) => trouble });
const brands = async () => {
  const all = await Promise.all(IDS.map((id) => parts.storage.read((tx) => tx.product(id))));
  return all.filter((each) => each?.brand === "Blatt").length;
};
const pricesOf = async () => {
  const variants = PRODUCTS.flatMap((each) => each.variants.map(({ id }) => id));
  const all = await parts.storage.read((tx) => tx.pricesOfVariants({ variants, list: RETAIL }));
  return all.map(({ amount }) => amount.minor);
};

async function begun(bulk: ReturnType<typeof started>, change: BulkEditRecord["change"]): Promise<string> {
  const answer = await bulk.start({ products: IDS, change, dryRun: false, by: BY });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.id;
}
/** Ends once nothing is worked on, as a server does that goes. */
async function ended(bulk: ReturnType<typeof started>, id: string) {
  for (;;) {
    const known = await bulk.progress(id);
    if (known?.state !== "running" && known?.undo?.state !== "running") return known;
    await othersTurn();
  }
}

test("a change that is asked for twice with one id is made once", async () => {
  const bulk = started();
  const ask = () => bulk.start({ id: "bulk-1", products: IDS, change: DEARER, dryRun: false, by: BY });
  const before = await pricesOf();
  for (const asked of [await ask(), await ask()])
    expect(asked).toMatchObject({ ok: true, value: { id: "bulk-1" } });
  expect(await ended(bulk, "bulk-1")).toMatchObject({ state: "done", changed: 120 });
  expect(await ask()).toMatchObject({ ok: true, value: { state: "done", changed: 120 } });
  expect(await pricesOf()).toEqual(before.map((minor) => Math.round(minor * 1.1)));
  await bulk.close();
});

test("a change that ended is answered under its id also while as many go on as may", async () => {
  const bulk = started();
  const ask = () => bulk.start({ id: "bulk-1", products: IDS, change: DEARER, dryRun: false, by: BY });
  await ask();
  await ended(bulk, "bulk-1");
  const others: string[] = [];
  for (;;) {
    const other = await bulk.start({ products: IDS, change: DEARER, dryRun: true, by: BY });
    if (!other.ok) break;
    others.push(other.value.id);
  }
  expect(others.length).toBeGreaterThan(0);
  expect(await ask()).toMatchObject({ ok: true, value: { state: "done", changed: 120 } });
  await bulk.close();
});

test("a change that a restart came into goes on with the products that were left, each once", async () => {
  const first = started();
  const id = await begun(first, { kind: "fields", fields: { brand: "Blatt" } });
  // The slice that is being written is written to its end, the next does not begin.
  await first.close();
  const half = await first.progress(id);
  expect(half).toMatchObject({ state: "running", total: 120 });
  expect(half?.looked).toBeLessThan(120);
  expect(await brands()).toBe(half?.changed);
  const second = started();
  await second.resume();
  expect(await ended(second, id)).toMatchObject({ state: "done", looked: 120, changed: 120, unchanged: 0 });
  expect(await brands()).toBe(120);
  const log = await parts.storage.read((tx) =>
    tx.productLogOfCause({ cause: `bulk:${id}`, before: null, limit: 200 }),
  );
  expect(log).toHaveLength(120);
  await second.close();
});

test("a change is taken back as a whole, a restart in the middle or not, but for what somebody changed since", async () => {
  const bulk = started();
  const id = await begun(bulk, { kind: "fields", fields: { brand: "Blatt" } });
  await ended(bulk, id);
  await parts.deps.publisher.publish(async (publication) => {
    const now = await publication.tx.product(IDS[60] ?? idOf<"Product">(""));
    if (now !== null) await publication.putProduct({ ...now, brand: "Other" });
  });
  expect(await bulk.undo(id, BY)).toMatchObject({ ok: true });
  await bulk.close();
  const again = started();
  await again.resume();
  expect((await ended(again, id))?.undo).toMatchObject({
    state: "done",
    undone: 119,
    kept: 1,
    left: [{ what: "product" }],
  });
  expect(await brands()).toBe(0);
  await again.close();
});

test("prices that were changed alike are what they were again, but for those that are others since", async () => {
  const bulk = started();
  const id = await begun(bulk, DEARER);
  await ended(bulk, id);
  expect(new Set(await pricesOf())).toEqual(new Set([385]));
  await parts.deps.publisher.publish((publication) =>
    publication.putPrice(price(idOf<"Variant">("v7"), { amount: money(999, EUR) })),
  );
  await bulk.undo(id, BY);
  expect((await ended(bulk, id))?.undo).toMatchObject({ undone: 119, kept: 1, left: [{ what: "price" }] });
  expect((await pricesOf()).toSorted((one, other) => one - other)).toEqual([
    ...Array.from({ length: 119 }, () => 350),
    999,
  ]);
  await bulk.close();
});

test("a change that still goes on is not taken back, and one that nobody knows neither", async () => {
  const bulk = started();
  const id = await begun(bulk, DEARER);
  expect(await bulk.undo(id, BY)).toEqual({ ok: false, reason: "notDone" });
  expect(await bulk.undo("none", BY)).toEqual({ ok: false, reason: "unknown" });
  await bulk.close();
});
