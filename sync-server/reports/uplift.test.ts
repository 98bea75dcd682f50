import { afterEach, beforeEach, expect, test } from "vitest";
import { type BusinessDay, idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { AcrossColumn } from "#domain/reports/across.ts";
import type { Ticket, TicketLine } from "#domain/ticket/ticket.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { CUP, EUR, TEA } from "../testing/shop.ts";
import { bookReports } from "./book.ts";
import { createReports, type Reports } from "./reports.ts";

const PERIOD = { from: idOf<"BusinessDay">("2027-01-01"), until: idOf<"BusinessDay">("2027-01-31") };
const [BEFORE, FIRST, LAST] = ["2027-01-11", "2027-01-18", "2027-01-20"].map((day) =>
  idOf<"BusinessDay">(day),
) as [BusinessDay, BusinessDay, BusinessDay];

let server: ServerForTests;
let paired: PairedTill;
let reports: Reports;
beforeEach(async () => {
  server = await ServerForTests.open();
  await server.stockUp([TEA, CUP], 500);
  await server.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(100, EUR) }));
  paired = await server.pair();
  paired.till.begin();
  reports = createReports(server.deps);
});
afterEach(() => server.close());

/** Sells teas on a day, with so much off all of them by the promotion. */
async function sell(day: BusinessDay, quantity: number, off = 0): Promise<Ticket> {
  const sold = paired.till.ticket([{ variant: TEA, quantity }]);
  const reduced = (line: TicketLine): TicketLine => ({
    ...line,
    total: money(line.total.minor - off, EUR),
    discounts: [
      {
        source: "promotion",
        reason: "Tea weeks",
        amount: money(off, EUR),
        promotion: idOf<"Promotion">("tea-weeks"),
        needs: null,
      },
    ],
  });
  const ticket = { ...sold, businessDay: day, lines: off === 0 ? sold.lines : sold.lines.map(reduced) };
  await server.storage.write((tx) => bookReports(tx, [ticket]));
  return ticket;
}

async function effect(...names: readonly AcrossColumn[]) {
  const asked = {
    report: "uplift",
    group: "value",
    period: PERIOD,
    stores: null,
    channels: null,
    categories: null,
    compare: null,
  } as const;
  const answer = await reports.rows(asked, { offset: 0, limit: 10 });
  if (!answer.ok) throw new Error(answer.reason);
  const { columns, rows, totals } = answer.value;
  expect(totals).toEqual([]);
  return rows.map(({ name, figures }) => [
    name,
    ...names.map((wanted) => figures[columns.findIndex((each) => each.name === wanted)]),
  ]);
}

test("a promotion is held against the same weekdays before it, by what its articles sold and earned", async () => {
  await sell(BEFORE, 20);
  await sell(FIRST, 10, 100);
  await sell(FIRST, 10);
  const last = await sell(LAST, 10, 100);
  await server.storage.write((tx) => bookReports(tx, [paired.till.ticket([{ variant: CUP, quantity: 1 }])]));
  expect(
    await effect("piecesWhile", "piecesBefore", "pieceUplift", "valueWhile", "valueUplift", "givenAway"),
  ).toEqual([["Tea weeks", 30, 20, 500_000, 10_300, 471_429, 200]]);
  expect(await effect("marginWhile", "marginBefore", "marginMore")).toEqual([
    ["Tea weeks", 7_300, 5_000, 2_300],
  ]);
  expect(await effect("promotedBaskets", "basketShare")).toEqual([["Tea weeks", 2, 666_667]]);
  const page = { key: "tea-weeks", currency: EUR, after: null, limit: 10 };
  const asked = {
    report: "uplift",
    group: "value",
    period: PERIOD,
    stores: null,
    channels: null,
    categories: null,
    compare: null,
  } as const;
  const behind = await reports.tickets(asked, page);
  if (!behind.ok) throw new Error(behind.reason);
  expect(behind.value.tickets[0]).toMatchObject({ kind: "ticket", id: last.id, figures: [100, 1] });
  expect(behind.value.figures).toEqual([200, 2]);
});

test("where too little was sold before, it says so and gives no rate", async () => {
  await sell(BEFORE, 3);
  await sell(FIRST, 40, 100);
  expect(await effect("piecesBefore", "pieceUplift", "marginMore")).toEqual([
    ["Tea weeks (not enough to compare: fewer than 20 pieces were sold before)", 3, null, null],
  ]);
});
