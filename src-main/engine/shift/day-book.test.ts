import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditTill } from "#domain/audit/audit.ts";
import type { AuditedTill } from "#domain/audit/journal.ts";
import { idOf } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import { type Fact, GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { disagreements } from "#domain/shift/agree.ts";
import { dayReport } from "#domain/shift/day-report.ts";
import { nextNumber } from "#domain/shift/day-state.ts";
import { expectedCash } from "#domain/shift/drawers.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { ticketsOfReport } from "#domain/shift/report-tickets.ts";
import { sha256Hex } from "../journal/journal.ts";
import { cents } from "../testing/drawer-bench.ts";
import { FakeDrafts } from "../testing/fake-drafts.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import { DEVICE, EUR, euros, MIRA, STORE } from "../testing/shop-fixture.ts";
import { DayBook } from "./day-book.ts";

const SHIFT = idOf<"Shift">("shift-1");
const DAY = idOf<"BusinessDay">("2026-11-24");
const FLOAT = 10_000;

let bench: JournalBench;
let day: DayBook;
let drafts: FakeDrafts;
beforeEach(async () => {
  drafts = new FakeDrafts();
  bench = await JournalBench.open();
  day = await opened();
});
afterEach(async () => {
  await day.close();
  await bench.close();
});

async function opened(): Promise<DayBook> {
  const onTrouble = (error: unknown) => {
    throw error;
  };
  const book = new DayBook({ journal: bench.journal, drafts, onTrouble });
  await book.load();
  return book;
}

/** What a till that is started now reads from its disk is what the running one knew. */
async function expectSameFromDisk(): Promise<void> {
  const known = day.state;
  await day.close();
  await bench.reopen({ epoch: bench.journal.head.epoch, seq: 0 });
  day = await opened();
  expect(day.state).toEqual(known);
}

function write(fact: Fact) {
  return bench.journal.append({ staff: MIRA.id, makeFact: () => fact });
}

function open() {
  return write({
    type: "shift.opened",
    shift: SHIFT,
    owner: null,
    businessDay: DAY,
    float: cents(FLOAT),
    approvedBy: null,
  });
}

function put(minor: number) {
  return write({
    type: "cash.moved",
    id: bench.newId(),
    shift: SHIFT,
    kind: "in",
    amount: euros(minor),
    reason: "Coins",
    approvedBy: null,
  });
}

async function closeDay(): Promise<DayReport> {
  const { fact } = await bench.journal.append({
    staff: MIRA.id,
    makeFact: ({ epoch, seq }) => ({
      type: "day.closed",
      approvedBy: null,
      report: dayReport(day.state, {
        kind: "z",
        store: STORE,
        device: DEVICE,
        register: 3,
        today: DAY,
        at: bench.clock.now(),
        by: MIRA.id,
        currency: EUR,
        head: { epoch, seq },
        unsent: bench.journal.unsent().length,
      }),
    }),
  });
  if (fact.type !== "day.closed") throw new Error("the journal wrote something else");
  return fact.report;
}

function inDrawer() {
  return day.state.drawers.map((drawer) => expectedCash(drawer).minor);
}

test("a till that is started again knows its drawers and its day from its disk", async () => {
  await open();
  await put(500);
  await bench.sell();
  expect(inDrawer()).toEqual([FLOAT + 500]);
  expect(day.state.sums.receipts.count).toBe(1);
  await expectSameFromDisk();
  await closeDay();
  await bench.sell();
  await expectSameFromDisk();
  expect(nextNumber(day.state)).toBe(2);
});

test("an epoch that carries the day over counts each entry once, now and after a restart", async () => {
  await open();
  await bench.sell();
  bench.journal.acknowledge({ epoch: 1, seq: 2 });
  await put(500);
  await bench.sell();
  const before = { drawers: day.state.drawers, sums: day.state.sums };
  await bench.journal.carryOver({ epoch: 2, register: 3 });
  expect(day.state).toMatchObject(before);
  await expectSameFromDisk();
  await put(200);
  expect(inDrawer()).toEqual([FLOAT + 700]);
  expect((await closeDay()).span).toEqual({ from: { epoch: 1, seq: 1 }, until: { epoch: 2, seq: 5 } });
});

test("an epoch that carries a Z report over goes on with the next number and with nothing of the day before", async () => {
  await bench.sell();
  await closeDay();
  await bench.sell();
  await bench.journal.carryOver({ epoch: 2, register: 3 });
  await expectSameFromDisk();
  expect(day.state.sums.receipts.count).toBe(1);
  const second = await closeDay();
  expect(second).toMatchObject({ number: 2, turnover: euros(850), grandTotal: euros(1_700) });
  await bench.journal.carryOver({ epoch: 3, register: 3 });
  await expectSameFromDisk();
  expect(nextNumber(day.state)).toBe(3);
  // From the newest report to the one before it, whatever was carried where.
  expect((await bench.journal.entryBefore(second.span.from))?.fact).toMatchObject({ report: { number: 1 } });
});

test("a write that failed is in the day if it reached the disk, and is not if it did not", async () => {
  await open();
  bench.failNextWrite("before");
  await expect(put(500)).rejects.toThrow("full");
  bench.failNextWrite("after");
  await expect(put(300)).rejects.toThrow("full");
  await put(1);
  expect(inDrawer()).toEqual([FLOAT + 301]);
  await expectSameFromDisk();
});

test("an epoch whose beginning reached the disk although the write failed counts nothing twice", async () => {
  await open();
  await bench.sell();
  bench.failNextWrite("after");
  await expect(bench.journal.carryOver({ epoch: 2, register: 3 })).rejects.toThrow("full");
  await put(100);
  expect(inDrawer()).toEqual([FLOAT + 100]);
  expect(day.state.sums.receipts.count).toBe(1);
  await expectSameFromDisk();
});

test("a till that never makes a Z report reads no more than its last entries at a start", async () => {
  await open();
  await put(500);
  await write({
    type: "shift.counted",
    shift: SHIFT,
    count: cents(FLOAT + 500),
    expected: euros(FLOAT + 500),
  });
  for (let sale = 0; sale < 620; sale += 1) await bench.sell();
  await expectSameFromDisk();
  expect(day.state.drawers).toMatchObject([{ counted: { total: euros(FLOAT + 500) } }]);
  const read = countingReads();
  const again = await opened();
  expect(again.state).toEqual(day.state);
  expect(read()).toBeLessThan(200);
  await again.close();
});

test("what was kept before an epoch began is not counted on top of what that carried over", async () => {
  for (let sale = 0; sale < 520; sale += 1) await bench.sell();
  await bench.journal.carryOver({ epoch: 2, register: 3 });
  await expectSameFromDisk();
  expect(day.state.sums.receipts.count).toBe(520);
});

const ACTS = [
  "sell",
  "put",
  "closeDay",
  "acknowledge",
  "carryOver",
  "fails",
  "fails although written",
  "carryOver fails although written",
  "restart",
] as const;

/** Up to where the server is known to have each epoch that is over. */
const takenUpTo = new Map<number, number>();

function noteTaken(): void {
  const { epoch, seq } = bench.journal.acknowledged;
  takenUpTo.set(epoch, Math.max(1, seq));
}

async function perform(act: (typeof ACTS)[number]): Promise<void> {
  const { epoch, seq } = bench.journal.head;
  switch (act) {
    case "sell":
      await bench.sell();
      return;
    case "put":
      await put(100);
      return;
    case "closeDay":
      await closeDay();
      await open();
      return;
    case "acknowledge":
      bench.journal.acknowledge({ epoch, seq: Math.ceil(seq / 2) });
      return;
    case "carryOver":
      noteTaken();
      await bench.journal.carryOver({ epoch: epoch + 1, register: 3 });
      return;
    case "carryOver fails although written":
      noteTaken();
      bench.failNextWrite("after");
      await expect(bench.journal.carryOver({ epoch: epoch + 1, register: 3 })).rejects.toThrow("full");
      await put(1);
      return;
    case "fails":
    case "fails although written":
      bench.failNextWrite(act === "fails" ? "before" : "after");
      await expect(put(50)).rejects.toThrow("full");
      await put(1);
      return;
    case "restart":
      await expectSameFromDisk();
      return;
  }
}

test("S18 whatever is sold, closed, carried over, killed and lost on the way to the disk: Z numbers have no gap, each sale is in one report, and the disk tells the same day", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { maxLength: 14 }), async (acts) => {
      await day.close();
      await bench.close();
      takenUpTo.clear();
      bench = await JournalBench.open();
      drafts = new FakeDrafts();
      day = await opened();
      await open();
      for (const act of acts) await perform(act);
      await expectSameFromDisk();
      await closeDay();
      const entries = new Map((await bench.entries()).map((entry) => [entry.id, entry.fact]));
      const reports = [...entries.values()].flatMap((fact) =>
        fact.type === "day.closed" ? [fact.report] : [],
      );
      expect(reports.map(({ number }) => number)).toEqual(reports.map((_, index) => index + 1));
      const sold = [...entries.values()].filter(({ type }) => type === "ticket.completed").length;
      expect(reports.reduce((sum, { receipts }) => sum + receipts.count, 0)).toBe(sold);
      expect(reports.at(-1)?.grandTotal).toEqual(euros(850 * sold));
      expect(await fromTheNewestBack()).toEqual(reports.map(({ number }) => number).reverse());
      expectNothingFound(await bench.entries());
    }),
    { numRuns: Number(process.env.RUNS ?? 25) },
  );
});

/** What auditors and HQ find in the journal: nothing, whether the server took in all that an epoch says again, or kept it aside. */
function expectNothingFound(entries: readonly JournalEntry[]): void {
  for (const answersLost of [true, false]) {
    const taken = entries.filter(
      ({ epoch, seq }) => answersLost || seq <= (takenUpTo.get(epoch) ?? Number.POSITIVE_INFINITY),
    );
    const { findings } = auditTill(
      audited(
        taken,
        entries.filter((entry) => !taken.includes(entry)),
      ),
    );
    expect(findings.filter(({ level }) => level === "error")).toEqual([]);
    const seen = new Set<string>();
    for (const entry of taken) {
      const isCopy = seen.has(entry.id);
      seen.add(entry.id);
      if (isCopy || entry.fact.type !== "day.closed") continue;
      const { report } = entry.fact;
      const known = new Set(ticketsOfReport(report, entry, taken));
      const tickets = taken.flatMap(({ fact }) => ticketOf(fact) ?? []).filter(({ id }) => known.has(id));
      expect(disagreements(report, tickets)).toEqual([]);
    }
  }
}

function audited(entries: readonly JournalEntry[], keptAside: readonly JournalEntry[]): AuditedTill {
  return {
    device: DEVICE,
    register: 3,
    isWhole: true,
    crypto: { sha256Hex, verify: bench.identity.verify },
    keptAside,
    epochs: [...new Set(entries.map(({ epoch }) => epoch))].map((epoch) => {
      const run = entries.filter((entry) => entry.epoch === epoch);
      return {
        epoch,
        first: { seq: 1, prev: GENESIS_HASH },
        last: { seq: run.at(-1)!.seq, hash: run.at(-1)!.hash },
        lines: run.map((entry) => ({ ok: true, entry, receivedAt: entry.at }) as const),
      };
    }),
  };
}

/** Numbers of the reports that each report leads to: it stands right before the first entry of the next. */
async function fromTheNewestBack(): Promise<readonly number[]> {
  const numbers: number[] = [];
  const { epoch, seq } = bench.journal.head;
  for (let place = { epoch, seq: seq + 1 }; ; ) {
    const entry = await bench.journal.entryBefore(place);
    if (entry?.fact.type !== "day.closed") return numbers;
    const { number, span } = entry.fact.report;
    numbers.push(number);
    place = span.from;
  }
}

/** How many entries were read back since. */
function countingReads(): () => number {
  const { journal } = bench;
  const all = journal.newestFirst.bind(journal);
  let read = 0;
  journal.newestFirst = async function* () {
    for await (const entry of all()) {
      read += 1;
      yield entry;
    }
  };
  return () => read;
}
