import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { countSchema } from "#protocol/documents/count.ts";
import {
  bookedAnswerSchema,
  countDetailSchema,
  countRowSchema,
  countsAnswerSchema,
  resultsAnswerSchema,
} from "#protocol/hq/counts.ts";
import { levelsAnswerSchema, movementsAnswerSchema } from "#protocol/hq/stock.ts";
import { HttpForTests } from "../http-for-tests.ts";
import type { PairedTill } from "../server-for-tests.ts";
import { OrderBench } from "../testing/orders.ts";
import { BERLIN, CUP, HAMBURG, TEA } from "../testing/shop.ts";

const HOUR_MS = 3_600_000;

let http: HttpForTests;
let bench: OrderBench;
let desk: PairedTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA, CUP], 5);
  bench = new OrderBench(http.parts.deps);
  desk = await http.parts.pair(BERLIN);
});
afterEach(() => http.close());

const post = (path: string, body: unknown) => http.hq(path, { method: "POST", body });
const PLAN = {
  store: "BER1",
  name: "November",
  scope: { kind: "all" },
  blind: true,
  day: "2026-11-30",
  note: "",
} as const;

async function planned(more: object = {}) {
  const answer = await post("/hq/v1/counts", { ...PLAN, ...more });
  expect(answer.status).toBe(201);
  return countRowSchema.parse(await answer.json());
}

const detail = async (id: string) =>
  countDetailSchema.parse(await (await http.hq(`/hq/v1/counts/${id}`)).json());
const results = async (id: string, show = "off") =>
  resultsAnswerSchema.parse(await (await http.hq(`/hq/v1/counts/${id}/results?show=${show}`)).json()).results;
const book = async (id: string, missing = false) =>
  post(`/hq/v1/counts/${id}/book`, { variants: null, missing });

/** An hour goes by, for the till too. */
function anHourLater(): void {
  http.parts.clock.advance(HOUR_MS);
  desk.till.at = http.parts.clock.now();
}

/** What the tills of a store are asked to count. */
async function onTills(store = BERLIN) {
  const rows = await http.parts.storage.read((tx) =>
    tx.liveDocuments({ feed: `store:${store.store}`, collection: "counts", after: "", limit: 100 }),
  );
  return rows.map(({ data }) => countSchema.parse(JSON.parse(data)));
}

const area = (
  count: string,
  id: string,
  lines: readonly (readonly [typeof TEA, number])[],
  more: { readonly area?: string; readonly replaces?: readonly string[]; readonly at?: number } = {},
): Fact => ({
  type: "stock.areaCounted",
  id: idOf<"AreaCount">(id),
  count: idOf<"Count">(count),
  area: more.area ?? "Shelf 1",
  lines: lines.map(([variant, counted]) => ({
    variant,
    counted,
    at: instant(more.at ?? http.parts.clock.now()),
  })),
  replaces: (more.replaces ?? []).map((each) => idOf<"AreaCount">(each)),
});
const finished = (count: string): Fact => ({ type: "stock.countFinished", count: idOf<"Count">(count) });
const sale = (quantity: number): Fact => ({
  type: "ticket.completed",
  ticket: desk.till.ticket([{ variant: TEA, quantity }]),
});

describe("a count that HQ plans", () => {
  test("is on the tills of its store alone until that is done with it", async () => {
    const { id } = await planned();
    expect(await onTills()).toMatchObject([{ id, name: "November", blind: true, areas: [] }]);
    expect(await onTills(HAMBURG)).toEqual([]);
    await bench.push(desk, area(id, "a", [[TEA, 4]]));
    expect(await onTills()).toMatchObject([{ areas: [{ area: "Shelf 1", articles: 1, pieces: 4 }] }]);
    await bench.push(desk, finished(id));
    expect(await onTills()).toEqual([]);
    const { counts } = countsAnswerSchema.parse(await (await http.hq("/hq/v1/counts?store=BER1")).json());
    expect(counts).toMatchObject([{ id, state: "counted", counted: 1, off: 1, missing: 1, open: 1 }]);
  });

  test("names its articles by their SKUs, or takes those that nobody counted for the longest time", async () => {
    expect((await planned({ scope: { kind: "skus", skus: ["SKU-tea"] } })).scope).toEqual({
      kind: "list",
      variants: [TEA],
    });
    expect((await planned({ scope: { kind: "longest", articles: 1 } })).scope).toEqual({
      kind: "list",
      variants: [CUP],
    });
    const unknown = await post("/hq/v1/counts", { ...PLAN, scope: { kind: "skus", skus: ["nothing"] } });
    expect(unknown.status).toBe(400);
  });
});

describe("what a count found", () => {
  test("is booked against the books of the moment it was found at: what was sold meanwhile stays sold", async () => {
    const { id } = await planned();
    const counted = http.parts.clock.now();
    anHourLater();
    await bench.push(
      desk,
      area(
        id,
        "a",
        [
          [TEA, 3],
          [CUP, 5],
        ],
        { at: counted },
      ),
      sale(2),
      finished(id),
    );
    expect(await results(id)).toMatchObject([{ variant: TEA, counted: 3, expected: 5, difference: -2 }]);
    expect(await results(id, "counted")).toHaveLength(2);
    expect(bookedAnswerSchema.parse(await (await book(id)).json())).toMatchObject({
      booked: 2,
      count: { open: 0 },
    });
    expect(await bench.levels()).toMatchObject({ onHand: 1, sum: 1 });
    expect(await bench.stockOnTills(BERLIN.store, TEA)).toMatchObject({ onHand: 1 });
    expect(bookedAnswerSchema.parse(await (await book(id)).json()).booked).toBe(0);
    const closed = await post(`/hq/v1/counts/${id}/state`, { state: "closed" });
    expect(countRowSchema.parse(await closed.json()).state).toBe("closed");
  });

  test("is held against a sale that is told of only later, before it is booked and after", async () => {
    const other = await http.parts.pair(BERLIN);
    const { id } = await planned();
    const early = http.parts.clock.now();
    anHourLater();
    await bench.push(desk, area(id, "a", [[TEA, 3]]), finished(id));
    const sold = (quantity: number): Fact => ({
      type: "ticket.completed",
      ticket: other.till.ticket([{ variant: TEA, quantity }]),
    });
    other.till.at = early;
    await bench.push(other, sold(1));
    expect(await results(id)).toMatchObject([{ counted: 3, expected: 4, difference: -1 }]);
    await book(id);
    expect(await bench.levels()).toMatchObject({ onHand: 3, sum: 3 });
    await bench.push(other, sold(1));
    expect(await bench.levels()).toMatchObject({ onHand: 3, sum: 3 });
  });

  test("adds up over areas; an area counted again counts once, and one told by two tills waits for HQ", async () => {
    const other = await http.parts.pair(BERLIN);
    const { id } = await planned();
    await bench.push(desk, area(id, "a", [[TEA, 2]]), area(id, "b", [[TEA, 3]], { area: "Stockroom" }));
    await bench.push(desk, area(id, "c", [[TEA, 1]], { replaces: ["a"] }));
    expect(await results(id)).toMatchObject([{ counted: 4 }]);
    await bench.push(other, area(id, "d", [[TEA, 1]], { area: "shelf 1" }));
    await bench.push(desk, finished(id));
    expect((await detail(id)).areas).toMatchObject([
      { id: "a", replaced: true, toldTwice: false },
      { id: "b", replaced: false, toldTwice: false },
      { id: "c", replaced: false, toldTwice: true },
      { id: "d", replaced: false, toldTwice: true },
    ]);
    expect((await book(id)).status).toBe(409);
    await post(`/hq/v1/counts/${id}/areas/d`, { leftOut: true });
    expect((await book(id)).status).toBe(200);
    expect(await bench.levels()).toMatchObject({ onHand: 4, sum: 4 });
  });

  test("was told twice by a till that began anew, and counts once", async () => {
    const { id } = await planned();
    await bench.push(desk, area(id, "a", [[TEA, 2]]));
    await bench.push(desk, area(id, "a", [[TEA, 2]]));
    expect(await results(id, "counted")).toMatchObject([{ counted: 2 }]);
  });

  test("leaves what was found nowhere as it is, unless HQ says that it is gone", async () => {
    const { id } = await planned();
    await bench.push(desk, area(id, "a", [[TEA, 5]]), finished(id));
    expect((await detail(id)).uncounted).toBe(1);
    expect(await results(id, "uncounted")).toMatchObject([{ variant: CUP, counted: null, difference: -5 }]);
    await book(id);
    expect(await http.parts.storage.read((tx) => tx.onHand({ store: BERLIN.store, variant: CUP }))).toBe(5);
    await book(id, true);
    expect(await http.parts.storage.read((tx) => tx.onHand({ store: BERLIN.store, variant: CUP }))).toBe(0);
  });

  test("is counted anew where HQ does not believe it, by a count of its own", async () => {
    const { id } = await planned();
    await bench.push(desk, area(id, "a", [[TEA, 1]]), finished(id));
    const answer = await post(`/hq/v1/counts/${id}/again`, { variants: [TEA], name: "November, again" });
    const again = countRowSchema.parse(await answer.json());
    expect(await onTills()).toMatchObject([{ id: again.id, scope: { kind: "list", variants: [TEA] } }]);
    expect(bookedAnswerSchema.parse(await (await book(id)).json()).booked).toBe(0);
    await bench.push(desk, area(again.id, "b", [[TEA, 4]]), finished(again.id));
    await book(again.id);
    expect(await bench.levels()).toMatchObject({ onHand: 4, sum: 4 });
  });

  test("of an area that is told when HQ was done already is looked at all the same", async () => {
    const { id } = await planned();
    await bench.push(desk, area(id, "a", [[TEA, 2]]), finished(id));
    await book(id);
    await post(`/hq/v1/counts/${id}/state`, { state: "closed" });
    anHourLater();
    await bench.push(desk, area(id, "b", [[TEA, 3]], { area: "Stockroom" }));
    expect((await detail(id)).count).toMatchObject({ state: "counted", open: 1 });
    await book(id);
    expect(await bench.levels()).toMatchObject({ onHand: 5, sum: 5 });
  });
});

describe("what turns up once a count is booked", () => {
  const onHand = (variant: typeof TEA) =>
    http.parts.storage.read((tx) => tx.onHand({ store: BERLIN.store, variant }));

  test("was counted at a till that was cut off: it is there, though HQ had it gone meanwhile, but for what was sold since", async () => {
    const other = await http.parts.pair(BERLIN);
    const { id } = await planned();
    const early = http.parts.clock.now();
    anHourLater();
    await bench.push(desk, {
      type: "ticket.completed",
      ticket: desk.till.ticket([{ variant: CUP, quantity: 1 }]),
    });
    anHourLater();
    await bench.push(desk, area(id, "a", [[TEA, 5]]), finished(id));
    await book(id, true);
    expect(await onHand(CUP)).toBe(0);
    other.till.at = early;
    await bench.push(other, area(id, "b", [[CUP, 3]], { area: "Stockroom", at: early }));
    expect(await results(id)).toMatchObject([{ variant: CUP, counted: 3, expected: 1, difference: 2 }]);
    await book(id);
    expect(await onHand(CUP)).toBe(2);
    await book(id);
    expect(await onHand(CUP)).toBe(2);
  });

  test("is an area that was no area: what it added is taken back", async () => {
    const { id } = await planned();
    const early = http.parts.clock.now();
    anHourLater();
    await bench.push(
      desk,
      area(id, "a", [[TEA, 3]], { at: early }),
      area(id, "b", [[TEA, 4]], { area: "Stockroom" }),
      finished(id),
    );
    await book(id);
    expect(await onHand(TEA)).toBe(7);
    await post(`/hq/v1/counts/${id}/areas/b`, { leftOut: true });
    await book(id);
    expect(await onHand(TEA)).toBe(3);
    await post(`/hq/v1/counts/${id}/areas/b`, { leftOut: false });
    await book(id);
    expect(await bench.levels()).toMatchObject({ onHand: 7, sum: 7 });
  });
});

describe("a level and what it is made of", () => {
  const levels = async (query: string) =>
    levelsAnswerSchema.parse(await (await http.hq(`/hq/v1/stock?${query}`)).json());
  const movements = async (query = "") =>
    movementsAnswerSchema.parse(
      await (await http.hq(`/hq/v1/stores/BER1/stock/${TEA}/movements?${query}`)).json(),
    );

  test("page by page the movements lead down from the level that is shown to nothing", async () => {
    await bench.push(desk, sale(1), sale(2), sale(3));
    let next: string | null = "";
    const seen: number[] = [];
    let above: number | null = null;
    while (next !== null) {
      const page: Awaited<ReturnType<typeof movements>> = await movements(
        next === "" ? "limit=1" : `limit=1&before=${encodeURIComponent(next)}`,
      );
      const [row] = page.movements;
      expect(row!.after).toBe(above ?? page.level.onHand);
      above = row!.after - row!.quantity;
      seen.push(row!.quantity);
      next = page.next;
    }
    expect(above).toBe(0);
    expect(seen.toSorted()).toEqual([-1, -2, -3, 5].toSorted());
  });

  test("a sale names its ticket, an adjustment who and why, a booked count the count", async () => {
    anHourLater();
    await bench.push(desk, sale(1));
    const adjusted = await post(`/hq/v1/stores/BER1/stock/${TEA}/adjust`, {
      id: "act-1",
      quantity: -1,
      why: "damaged",
      note: "Fell down",
    });
    expect(await adjusted.json()).toMatchObject({ onHand: 3 });
    const { id } = await planned();
    anHourLater();
    await bench.push(desk, area(id, "a", [[TEA, 2]]), finished(id));
    await book(id);
    const { level, movements: rows } = await movements();
    expect(level).toMatchObject({ onHand: 2, countedAt: http.parts.clock.now() });
    expect(rows[0]).toMatchObject({ kind: "counted", quantity: -1, after: 2, source: { kind: "count", id } });
    expect(rows.find(({ kind }) => kind === "adjusted")).toMatchObject({ why: "damaged", note: "Fell down" });
    expect(rows.find(({ kind }) => kind === "sale")?.source?.kind).toBe("ticket");
  });

  test("asked twice with one id it is adjusted once, and never the wrong way", async () => {
    const adjust = (quantity: number) =>
      post(`/hq/v1/stores/BER1/stock/${TEA}/adjust`, { id: "act-1", quantity, why: "stolen", note: "" });
    await adjust(-2);
    await adjust(-2);
    expect(await bench.levels()).toMatchObject({ onHand: 3, sum: 3 });
    expect(await bench.stockOnTills(BERLIN.store, TEA)).toMatchObject({ onHand: 3 });
    expect((await adjust(2)).status).toBe(400);
  });

  test("a till's adjustment is a movement with its reason; the retailer's own reasons are on the tills", async () => {
    const reasons = [{ id: "tasting", name: "Tasting", direction: "out" }];
    await http.hq("/hq/v1/adjustment-reasons", { method: "PUT", body: { reasons } });
    anHourLater();
    const id = idOf<"Adjustment">("act-2");
    await bench.push(desk, {
      type: "stock.adjusted",
      id,
      variant: TEA,
      quantity: -1,
      why: "tasting",
      note: "",
    });
    expect(await bench.levels()).toMatchObject({ onHand: 4, sum: 4 });
    expect((await movements()).movements[0]).toMatchObject({ kind: "adjusted", why: "tasting" });
    const settings = await http.parts.storage.read((tx) => tx.storeByCode("BER1"));
    expect(settings?.adjustmentReasons).toEqual(reasons);
  });

  test("levels are found by words and by what is wrong with them, sorted and counted", async () => {
    await bench.push(desk, sale(7));
    const skus = async (query: string) => (await levels(query)).levels.map(({ sku }) => sku);
    expect(await skus("sort=onHand")).toEqual(["SKU-tea", "SKU-cup"]);
    expect(await skus("sort=onHand&descending=true")).toEqual(["SKU-cup", "SKU-tea"]);
    expect(await skus("state=belowZero")).toEqual(["SKU-tea"]);
    expect(await skus("search=cup&store=BER1")).toEqual(["SKU-cup"]);
    expect(await skus("store=HAM1")).toEqual([]);
    expect(await skus("state=low&atMost=4")).toEqual(["SKU-tea"]);
    http.parts.clock.advance(40 * 24 * HOUR_MS);
    expect(await skus("state=idle&idleDays=30")).toEqual(["SKU-cup"]);
    expect(await levels("limit=1")).toMatchObject({ total: 2, isMore: false, levels: [{}] });
    const csv = await (await http.hq("/hq/v1/stock/csv?sort=onHand")).text();
    expect(csv.split("\r\n").map((line) => line.split(",").slice(0, 2).join(","))).toEqual([
      "store,sku",
      "BER1,SKU-tea",
      "BER1,SKU-cup",
      "",
    ]);
  });
});
