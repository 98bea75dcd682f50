import { beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { CountDocument } from "#protocol/documents/count.ts";
import { MUG } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const COUNT = idOf<"Count">("count-1");
const CODE = "SKU-mug-v";

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

function asked(changes: Partial<CountDocument> = {}): CountDocument {
  return {
    id: COUNT,
    name: "November",
    scope: { kind: "all" },
    blind: true,
    day: idOf<"BusinessDay">("2026-11-30"),
    note: "",
    by: "Hanna",
    at: instant(1_800_000_000_000),
    areas: [],
    ...changes,
  };
}

const view = () => till.shop.views.counts.current();
const begin = (area = "Shelf 1", again = false) => till.verbs.beginArea({ count: COUNT, area, again });
const scan = () => till.verbs.countPiece({ code: CODE });

test("an area is counted scan by scan, and one figure is typed for many", async () => {
  till.replica.put("counts", asked());
  expect(view().counts).toMatchObject([{ id: COUNT, name: "November", blind: true, areas: [] }]);
  expect(await begin()).toEqual({ ok: true, value: {} });
  await scan();
  expect(await scan()).toEqual({ ok: true, value: { variant: MUG, counted: 2 } });
  await till.verbs.setCounted({ variant: MUG, counted: 12 });
  await scan();
  expect(view().area).toMatchObject({
    area: "Shelf 1",
    pieces: 13,
    lines: [{ sku: CODE, counted: 13, expected: null }],
  });
  await till.verbs.finishArea({});
  expect(till.journal.facts("stock.areaCounted")).toMatchObject([
    { count: COUNT, area: "Shelf 1", lines: [{ variant: MUG, counted: 13 }], replaces: [] },
  ]);
  expect(view()).toMatchObject({ area: null, counts: [{ areas: [{ area: "Shelf 1", pieces: 13 }] }] });
});

test("scans one after the other without a pause are all counted", async () => {
  till.replica.put("counts", asked());
  await begin();
  await Promise.all(Array.from({ length: 25 }, scan));
  expect(view().area?.pieces).toBe(25);
});

test("after a crash the area goes on where it was left", async () => {
  till.replica.put("counts", asked());
  await begin();
  await scan();
  await till.restart();
  expect(view().area).toBeNull();
  await till.signIn("mira");
  expect(view().area).toMatchObject({ area: "Shelf 1", pieces: 1 });
  await scan();
  await till.verbs.finishArea({});
  expect(till.journal.facts("stock.areaCounted")[0]?.lines).toMatchObject([{ counted: 2 }]);
});

test("an area that was counted already is noticed, here or at another till, and replaces it when counted again", async () => {
  const other = {
    id: idOf<"AreaCount">("other"),
    register: 2,
    staff: "Tarek",
    at: instant(1),
    articles: 1,
    pieces: 3,
  };
  till.replica.put("counts", asked({ areas: [{ ...other, area: "Stockroom" }] }));
  expect(await begin(" stockroom ")).toEqual({ ok: false, reason: "areaCounted" });
  await begin("Shelf 1");
  await scan();
  await till.verbs.finishArea({});
  expect(await begin("shelf 1")).toEqual({ ok: false, reason: "areaCounted" });
  expect(await begin("shelf 1", true)).toEqual({ ok: true, value: {} });
  expect(view().area?.again).toBe(true);
  await scan();
  await till.verbs.finishArea({});
  const [first, second] = till.journal.facts("stock.areaCounted");
  expect(second?.replaces).toEqual([first?.id]);
  expect(view().counts[0]?.areas.map(({ area }) => area)).toEqual(["Stockroom", "shelf 1"]);
});

test("what is not part of the count is not counted; whoever counts openly sees what there should be", async () => {
  till.replica.put("counts", asked({ scope: { kind: "list", variants: [idOf<"Variant">("other")] } }));
  await begin();
  expect(await scan()).toEqual({ ok: false, reason: "notInCount" });
  expect(await till.verbs.countPiece({ code: "no such code" })).toEqual({ ok: false, reason: "noSuchItem" });
  await till.verbs.discardArea({});
  till.replica.put("counts", asked({ blind: false }));
  await begin();
  await scan();
  expect(view().area?.lines[0]?.expected).not.toBeNull();
});

test("a count that the store is done with is gone at once, but not while an area is in hand", async () => {
  till.replica.put("counts", asked());
  await begin();
  expect(await till.verbs.finishCount({ count: COUNT })).toEqual({ ok: false, reason: "areaOpen" });
  await till.verbs.discardArea({});
  expect(await till.verbs.finishCount({ count: COUNT })).toEqual({ ok: true, value: {} });
  expect(view().counts).toEqual([]);
  expect(till.journal.facts("stock.countFinished")).toEqual([{ type: "stock.countFinished", count: COUNT }]);
});

test("a piece that broke is off the shelf at once, by a manager's word where the one on duty may not say so", async () => {
  const onHand = async () => (await till.verbs.search({ text: "Becher", limit: 1 }))[0]?.onHand ?? 0;
  const before = await onHand();
  const broke = { variant: MUG, quantity: -1, why: "damaged", note: "Fell down", approval: null };
  expect(await till.verbs.adjustStock(broke)).toEqual({ ok: false, reason: "approvalNeeded" });
  await till.verbs.signOut({});
  await till.signIn("johanna");
  expect(await till.verbs.adjustStock({ ...broke, quantity: 1 })).toEqual({
    ok: false,
    reason: "wrongDirection",
  });
  expect(await till.verbs.adjustStock(broke)).toEqual({ ok: true, value: {} });
  expect(await onHand()).toBe(before - 1);
  expect(till.journal.facts("stock.adjusted")).toMatchObject([
    { variant: MUG, quantity: -1, why: "damaged" },
  ]);
});

test("an area in hand is finished though HQ cancelled its count meanwhile: nothing that was counted is lost", async () => {
  till.replica.put("counts", asked());
  await begin();
  await scan();
  till.replica.remove("counts", COUNT);
  expect(view()).toMatchObject({ counts: [], area: { area: "Shelf 1", pieces: 1 } });
  expect(await till.verbs.finishArea({})).toEqual({ ok: true, value: {} });
  expect(till.journal.facts("stock.areaCounted")).toMatchObject([{ count: COUNT, area: "Shelf 1" }]);
});
