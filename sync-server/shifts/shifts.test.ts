import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, type ShiftId } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { money } from "#domain/money/money.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { zReport } from "../testing/day.ts";
import { BERLIN, CUP, EUR, TEA } from "../testing/shop.ts";

const SHIFT = idOf<"Shift">("shift-1");
const DAY = idOf<"BusinessDay">("2027-01-15");
const eur = (minor: number) => money(minor, EUR);

let server: ServerForTests;
let berlin: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  const cash = {
    drawer: "shared",
    requireShift: true,
    blindCount: true,
    variance: eur(200),
    float: eur(15_000),
    pickupAbove: null,
    lockAfterMinutes: null,
  } as const;
  await server.deps.publisher.publish((publication) => publication.putStore({ ...BERLIN, cash }));
  await server.stockUp([TEA, CUP], 100);
  berlin = await server.pair(BERLIN);
  berlin.till.at = server.clock.now();
  berlin.till.begin();
});
afterEach(() => server.close());

const opened = (shift: ShiftId = SHIFT): Fact => ({
  type: "shift.opened",
  shift,
  owner: null,
  businessDay: DAY,
  float: { pieces: [{ face: 5_000, pieces: 3 }], total: eur(15_000) },
  approvedBy: null,
});
const movedIn = (id: string, minor: number): Fact => ({
  type: "cash.moved",
  id,
  shift: SHIFT,
  kind: "in",
  amount: eur(minor),
  reason: "Change from the bank",
  approvedBy: idOf<"Staff">("johanna"),
});
const closed = (variance: number, shift: ShiftId = SHIFT): Fact => ({
  type: "shift.closed",
  shift,
  businessDay: DAY,
  count: { pieces: [], total: eur(15_000 + variance) },
  expected: eur(15_000),
  variance: eur(variance),
  reason: variance === 0 ? null : "Not known",
  kept: eur(10_000),
  approvedBy: null,
});

async function pushAll(): Promise<void> {
  const answer = await server.deps.ingestion.ingest(await berlin.record(), berlin.till.entries);
  if (!answer.ok) throw new Error(answer.reason);
}

async function push(...facts: readonly Fact[]): Promise<readonly JournalEntry[]> {
  const entries = facts.map((fact) => berlin.till.write(fact));
  await pushAll();
  return entries;
}

/** Closes the day with a report over everything since `from`, as the till would add it up, but for these changes. */
function dayClosed(
  number: number,
  { from = 1, ...changes }: Partial<DayReport> & { readonly from?: number } = {},
): Fact {
  const sold = berlin.till.entries.flatMap(({ seq, fact }) =>
    fact.type === "ticket.completed" && seq >= from ? [fact.ticket] : [],
  );
  const turnover = eur(sold.reduce((sum, { totals }) => sum + totals.due.minor, 0));
  const report = zReport({
    number,
    device: berlin.till.device,
    businessDay: DAY,
    span: { from: { epoch: 1, seq: from }, until: { epoch: 1, seq: berlin.till.entries.length } },
    receipts: { count: sold.length, first: null, last: null },
    turnover,
    tenders: sold.length === 0 ? [] : [{ kind: "cash", count: sold.length, in: turnover, out: eur(0) }],
    ...changes,
  });
  return { type: "day.closed", report, approvedBy: null };
}

const shift = () => server.storage.read((tx) => tx.shift(SHIFT));
const exceptions = async () =>
  (await server.storage.read((tx) => tx.exceptions(99))).map(({ kind, detail }) => ({ kind, detail }));

describe("what a till's journal says of its drawer", () => {
  test("HQ knows it from the float to the close, with all that was done in between", async () => {
    await push(opened(), movedIn("move-1", 2_000));
    await push(
      { type: "drawer.opened", shift: SHIFT, reason: "Change money", approvedBy: null },
      { type: "shift.counted", shift: SHIFT, count: { pieces: [], total: eur(1) }, expected: eur(15_000) },
      closed(0),
    );
    const known = await shift();
    expect(known).toMatchObject({ store: BERLIN.store, register: 1, float: eur(15_000), businessDay: DAY });
    expect(known?.acts.map(({ kind }) => kind)).toEqual(["in", "opened", "counted"]);
    expect(known?.closed).toMatchObject({ counted: eur(15_000), variance: eur(0), kept: eur(10_000) });
    expect(await exceptions()).toEqual([]);
  });

  test("what is told twice, by a till that begins a new epoch, counts once", async () => {
    const told = await push(opened(), movedIn("move-1", 2_000), closed(0));
    const before = await shift();
    berlin.till.epoch = 2;
    await server.storage.write((tx) => tx.beginEpoch(berlin.till.device, 2));
    berlin.till.begin();
    for (const entry of told) berlin.till.repeat(entry);
    await pushAll();
    expect(await shift()).toEqual(before);
  });

  test("an act in a drawer that was never opened is kept in the journal and told to HQ", async () => {
    await push(movedIn("move-1", 2_000));
    expect(await exceptions()).toMatchObject([{ kind: "notBooked", detail: { entry: "cash.moved" } }]);
  });

  test("a drawer that is off by more than its store lets pass is told to HQ, one that is off by less is not", async () => {
    const second = idOf<"Shift">("shift-2");
    await push(opened(), closed(-200), opened(second), closed(-201, second));
    expect(await exceptions()).toEqual([
      {
        kind: "cashVariance",
        detail: {
          register: "BER1-01",
          day: DAY,
          counted: "147.99 EUR",
          expected: "150.00 EUR",
          variance: "-2.01 EUR",
          reason: "Not known",
        },
      },
    ]);
  });
});

describe("the Z reports of a till", () => {
  test("are kept, and nothing is said of days whose numbers follow and whose sums agree", async () => {
    berlin.till.sell([{ variant: TEA, quantity: 2 }]);
    berlin.till.sell([{ variant: CUP, quantity: 1 }]);
    await push(dayClosed(1));
    const from = berlin.till.entries.length + 1;
    berlin.till.sell([{ variant: CUP, quantity: 3 }]);
    await push(dayClosed(2, { from }));
    const known = await server.storage.read((tx) => tx.zReports({ store: null, day: null, limit: 9 }));
    expect(known.reports.map(({ report }) => report.turnover.minor).toSorted()).toEqual([1_050, 1_050]);
    expect(await exceptions()).toEqual([]);
  });

  test("a number that is missing is told to HQ", async () => {
    await push(dayClosed(1), dayClosed(3));
    expect(await exceptions()).toEqual([
      { kind: "zGap", detail: { register: "BER1-01", day: DAY, number: "3", expectedNumber: "2" } },
    ]);
  });

  test("a number that comes twice is told to HQ, and both reports are kept", async () => {
    await push(dayClosed(1), dayClosed(1));
    expect(await exceptions()).toEqual([
      { kind: "zGap", detail: { register: "BER1-01", day: DAY, number: "1", expectedNumber: "2" } },
    ]);
    expect(await server.storage.read((tx) => tx.zNumbers(berlin.till.device))).toEqual([1, 1]);
  });

  test("a report that says less than was sold is told to HQ, figure by figure", async () => {
    berlin.till.sell([{ variant: TEA, quantity: 2 }]);
    await push(dayClosed(1, { turnover: eur(600) }));
    expect(await exceptions()).toEqual([
      {
        kind: "zDisagrees",
        detail: { register: "BER1-01", day: DAY, number: "1", figures: "turnover: 600 / 700" },
      },
    ]);
  });

  test("only what was sold in its span counts for a report", async () => {
    berlin.till.sell([{ variant: TEA, quantity: 2 }]);
    const from = berlin.till.entries.length + 1;
    berlin.till.sell([{ variant: CUP, quantity: 1 }]);
    await push(dayClosed(1, { from }));
    expect(await exceptions()).toEqual([]);
  });

  test("one that was carried over with its day is right by the tickets that came with it, and by no others", async () => {
    await pushAll();
    const first = berlin.till.sell([{ variant: TEA, quantity: 2 }]);
    const one = berlin.till.write(dayClosed(1));
    const from = berlin.till.entries.length + 1;
    const second = berlin.till.sell([{ variant: CUP, quantity: 1 }]);
    const two = berlin.till.write(dayClosed(2, { from }));
    berlin.till.epoch = 2;
    await server.storage.write((tx) => tx.beginEpoch(berlin.till.device, 2));
    berlin.till.begin();
    for (const entry of [first, one, second, two]) berlin.till.repeat(entry);
    await pushAll();
    expect(await exceptions()).toEqual([]);
  });

  test("a till cannot speak for another one", async () => {
    await push(dayClosed(1, { device: idOf<"Device">("another") }));
    expect(await exceptions()).toMatchObject([{ kind: "notBooked" }]);
    expect(await server.storage.read((tx) => tx.zNumbers(berlin.till.device))).toEqual([]);
  });
});
