import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { type ReportName, reportCalled } from "#domain/reports/reports.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReportAnswer } from "#protocol/hq/reports.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { ticketBack } from "../testing/ticket-back.ts";
import { bookReports, countOlderTickets } from "./book.ts";
import type { TicketPlace, TicketsAsk } from "./port.ts";
import type { ReportQuestion } from "./question.ts";
import { createReports, type Reports } from "./reports.ts";

let parts: ServerForTests;
let paired: PairedTill;
let reports: Reports;
const DAY = idOf<"BusinessDay">("2027-01-15");
const SALES: ReportQuestion = {
  report: "sales",
  group: "category",
  period: { from: DAY, until: DAY },
  stores: null,
  channels: null,
  categories: null,
  compare: null,
};

beforeEach(async () => {
  parts = await ServerForTests.open();
  await parts.stockUp([TEA, CUP], 100);
  await parts.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(100, EUR) }));
  paired = await parts.pair();
  paired.till.begin();
  reports = createReports(parts.deps);
});
afterEach(() => parts.close());

async function arrive(...tickets: readonly Ticket[]): Promise<void> {
  for (const ticket of tickets) paired.till.write({ type: "ticket.completed", ticket });
  const answer = await parts.deps.ingestion.ingest(await paired.record(), paired.till.entries);
  if (!answer.ok) throw new Error(answer.reason);
}

async function rowsOf(changes: Partial<ReportQuestion> = {}): Promise<ReportAnswer> {
  const answer = await reports.rows({ ...SALES, ...changes }, { offset: 0, limit: 100 });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

/** The figures of a report's rows by their column. */
async function figures(column: string, changes: Partial<ReportQuestion> = {}) {
  const { columns, rows } = await rowsOf(changes);
  const place = columns.findIndex(({ name }) => name === column);
  return rows.map(({ name, figures: all }) => [name, all[place]]);
}

const asked = (ask: TicketsAsk) => parts.storage.aside.read("reportTickets", ask);

async function ticketsOf(key: string | null, changes: Partial<ReportQuestion> = {}) {
  const page = { key, currency: EUR, after: null, limit: 100 };
  const answer = await reports.tickets({ ...SALES, ...changes }, page);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

const selling = (quantity: number) => paired.till.ticket([{ variant: TEA, quantity }]);

describe("a sale", () => {
  test("is in the reports as soon as it is booked, by category, hour, store, channel, article and whoever sold it", async () => {
    await arrive(selling(2), paired.till.ticket([{ variant: CUP, quantity: 1 }]));
    expect(await figures("total")).toEqual([["Kitchen", 1_050]]);
    expect(await figures("total", { group: "hour" })).toEqual([["09:00", 1_050]]);
    expect(await figures("total", { group: "store" })).toEqual([["BER1 Berlin Mitte", 1_050]]);
    expect(await figures("total", { group: "channel" })).toEqual([["In store", 1_050]]);
    expect((await figures("total", { group: "article" })).map(([, total]) => total)).toEqual([700, 350]);
    expect(await figures("total", { group: "seller" })).toEqual([["mira", 1_050]]);
    expect(await figures("total", { report: "tenders", group: "value" })).toEqual([["Cash", 1_050]]);
  });

  test("that is told twice counts once", async () => {
    const ticket = selling(2);
    await arrive(ticket);
    await parts.storage.write((tx) => bookReports(tx, [ticket]));
    expect(await figures("total")).toEqual([["Kitchen", 700]]);
  });

  test("keeps the category that its goods had when they were sold", async () => {
    await arrive(selling(1));
    await parts.storage.write(async (tx) => {
      const product = await tx.productWith(TEA);
      if (product !== null) await tx.putProduct({ ...product, category: "Drinks" });
    });
    await arrive(selling(1));
    expect(await figures("total")).toEqual([
      ["Drinks", 350],
      ["Kitchen", 350],
    ]);
  });

  test("earns its price less what the goods cost on that day", async () => {
    await arrive(selling(2));
    await parts.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(300, EUR) }));
    await arrive(selling(1));
    expect(await figures("margin", { report: "margins" })).toEqual([["Kitchen", 1_050 - 200 - 300]]);
  });
});

describe("what comes back", () => {
  test("is taken off where and for whom it was sold, at the cost that it had", async () => {
    const sale = selling(3);
    await arrive(sale);
    await parts.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(900, EUR) }));
    await arrive(ticketBack(paired.till, sale, 1));
    expect(await figures("returned")).toEqual([["Kitchen", -350]]);
    expect(await figures("total", { group: "seller" })).toEqual([["mira", 700]]);
    expect(await figures("margin", { report: "margins" })).toEqual([["Kitchen", 700 - 200]]);
    expect(await figures("returned", { report: "refunds", group: "value" })).toEqual([["Cash", -350]]);
  });

  test("before its sale has come is counted anew once that comes", async () => {
    const sale = selling(3);
    const back = ticketBack(paired.till, sale, 1);
    await arrive(back);
    expect(await figures("total", { group: "seller" })).toEqual([["Nobody knows", -350]]);
    await arrive(sale);
    expect(await figures("total", { group: "seller" })).toEqual([["mira", 700]]);
  });
});

describe("a figure", () => {
  test("is what the tickets behind it add up to, in every report and however its rows are made", async () => {
    const sale = selling(3);
    await arrive(sale, selling(1), ticketBack(paired.till, sale, 2));
    for (const report of [
      "sales",
      "margins",
      "tenders",
      "refunds",
      "taxes",
      "discounts",
    ] satisfies ReportName[])
      for (const group of reportCalled(report).groups) {
        const answer = await rowsOf({ report, group });
        for (const { key, figures: told } of answer.rows) {
          const store = key === BERLIN.code ? BERLIN.store : key;
          const behind = await ticketsOf(store, { report, group });
          const columns = behind.columns.map(({ name }) =>
            answer.columns.findIndex((each) => each.name === name),
          );
          expect([report, group, key, behind.figures]).toEqual([
            report,
            group,
            key,
            columns.map((at) => told[at]),
          ]);
          const added = behind.figures.map((_, at) =>
            behind.tickets.reduce((sum, each) => sum + (each.figures[at] ?? 0), 0),
          );
          const place = behind.columns.findIndex(({ name }) => name === answer.main);
          expect(added[place]).toBe(behind.figures[place]);
        }
      }
  });

  test("of many tickets is shown page by page, none twice and none left out", async () => {
    await arrive(...Array.from({ length: 7 }, () => selling(1)));
    const seen: string[] = [];
    let after: TicketPlace | null = null;
    do {
      const page = { key: null, currency: EUR, after, limit: 3 };
      const read: Awaited<ReturnType<typeof asked>> = await asked({
        filter: {
          ...SALES.period,
          family: "category",
          stores: null,
          channels: null,
          values: null,
          categories: null,
        },
        days: null,
        ...page,
      });
      if (!read.ok) throw new Error(read.reason);
      seen.push(...read.value.tickets.map(({ ticket }) => ticket));
      expect(read.value.count).toBe(7);
      after = read.value.next;
    } while (after !== null);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  test("of some stores, channels or categories leaves the others out, whichever way it is added up", async () => {
    await arrive(selling(2));
    for (const group of ["category", "brand", "hour", "article", "store", "day", "seller"] as const) {
      expect((await figures("total", { group, categories: ["Kitchen"], channels: ["store"] }))[0]?.[1]).toBe(
        700,
      );
      expect((await rowsOf({ group, stores: [HAMBURG.store] })).totals).toEqual([]);
      expect((await rowsOf({ group, categories: ["Books"] })).totals).toEqual([]);
      expect((await rowsOf({ group, channels: ["online"] })).totals).toEqual([]);
    }
  });
});

test("sales of before there were reports are counted bit by bit, and come to the same figures", async () => {
  const sale = selling(3);
  const all = [sale, ticketBack(paired.till, sale, 1), ...Array.from({ length: 60 }, () => selling(1))];
  await arrive(...all);
  const before = await Promise.all(
    (["category", "hour", "seller"] as const).map((group) => rowsOf({ group })),
  );
  await parts.storage.write(async (tx) => {
    for (const { id } of all) await tx.takeTicketFacts(id);
  });
  expect((await rowsOf()).totals.every(({ figures: told }) => told.every((each) => (each ?? 0) === 0))).toBe(
    true,
  );
  await parts.storage.write((tx) => tx.putUncountedBelow(Number.MAX_SAFE_INTEGER));
  expect((await rowsOf()).complete).toBe(false);
  let turns = 0;
  while (await parts.storage.write(countOlderTickets)) turns += 1;
  expect(turns).toBeGreaterThan(1);
  const after = await Promise.all(
    (["category", "hour", "seller"] as const).map((group) => rowsOf({ group })),
  );
  expect(after.map(({ totals }) => totals)).toEqual(before.map(({ totals }) => totals));
  expect(after.every(({ complete }) => complete)).toBe(true);
});

test("a day compares with the day before it", async () => {
  paired.till.at = instant(1_800_000_000_000);
  await arrive(selling(2), { ...selling(1), businessDay: idOf<"BusinessDay">("2027-01-14") });
  const { totals, compared } = await rowsOf({ compare: "before", group: "store" });
  expect(compared).toEqual({ from: "2027-01-14", until: "2027-01-14" });
  expect(totals[0]?.figures[4]).toBe(700);
  expect(totals[0]?.before?.[4]).toBe(350);
});
