import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { ACROSS, ACROSS_NAMES, type AcrossColumn, type AcrossName } from "#domain/reports/across.ts";
import type { ReportGroup } from "#domain/reports/reports.ts";
import { type PairedTill, ServerForTests, TEST_ENGINE } from "../server-for-tests.ts";
import { MIGRATIONS } from "../storage/sqlite/schema.ts";
import { handedOver, OrderBench, picked, shipped, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { ticketBack } from "../testing/ticket-back.ts";
import { countOlderFacts } from "./book-across.ts";
import type { ReportQuestion } from "./question.ts";
import { createReports, type Reports } from "./reports.ts";

const PERIOD = { from: idOf<"BusinessDay">("2026-12-01"), until: idOf<"BusinessDay">("2027-12-31") };
const MINUTE_MS = 60_000;
/** Stock is read from its movements and what promotions did from lines, which are no facts of reports. */
const FACT_REPORTS = ACROSS_NAMES.filter((name) => name !== "sellThrough" && name !== "uplift");

let server: ServerForTests;
let bench: OrderBench;
let berlin: PairedTill;
let hamburg: PairedTill;
let reports: Reports;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 12);
  await bench.stock(HAMBURG, TEA, 12);
  berlin = await server.pair(BERLIN);
  hamburg = await server.pair(HAMBURG);
  reports = createReports(server.deps);
});
afterEach(() => server.close());

function question(
  report: AcrossName,
  group: ReportGroup,
  changes: Partial<ReportQuestion> = {},
): ReportQuestion {
  return {
    report,
    group,
    period: PERIOD,
    stores: null,
    channels: null,
    categories: null,
    compare: null,
    ...changes,
  };
}

async function rowsOf(asked: ReportQuestion) {
  const answer = await reports.rows(asked, { offset: 0, limit: 100 });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

/** Some columns of a report's rows, times without something left out. */
async function figures(
  columns: readonly AcrossColumn[],
  report: AcrossName,
  group: ReportGroup,
  changes: Partial<ReportQuestion> = {},
) {
  const answer = await rowsOf(question(report, group, changes));
  return answer.rows.map(({ name, figures: all }) => [
    name,
    ...columns.map((column) => all[answer.columns.findIndex((each) => each.name === column)]),
  ]);
}

async function behind(report: AcrossName, group: ReportGroup, key: string | null) {
  const page = { key, currency: EUR, after: null, limit: 100 };
  const answer = await reports.tickets(question(report, group), page);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

function after(minutes: number): void {
  server.clock.advance(minutes * MINUTE_MS);
  for (const { till } of [berlin, hamburg]) till.at = server.clock.now();
}

test("a parcel tells how long it took to be ready and to be collected, and whether it was ready as promised", async () => {
  after(0);
  const { order } = await bench.place();
  after(30);
  await bench.push(berlin, picked(await bench.part(order)));
  after(120);
  await bench.push(berlin, handedOver(await bench.part(order)));
  const columns = [
    "ready",
    "readyOnTime",
    "promiseKept",
    "toReady",
    "collected",
    "toCollect",
    "open",
  ] as const;
  expect(await figures(columns, "promise", "store")).toEqual([
    ["BER1 Berlin Mitte", 1, 1, 1_000_000, 1_800, 1, 7_200, 0],
  ]);
  const { tickets } = await behind("promise", "store", BERLIN.store);
  expect(tickets).toMatchObject([{ kind: "order", id: order.id, number: "T-1042", store: "BER1" }]);
});

test("one that nobody has picked yet is open and breaks no promise so far", async () => {
  await bench.place();
  expect(await figures(["orderParts", "ready", "promiseKept", "open"], "promise", "channel")).toEqual([
    ["Click & collect", 1, 0, null, 1],
  ]);
});

test("a store that declines an order and the one that sends it are both told of, each with its own", async () => {
  after(0);
  const { order } = await bench.place({ ...TO_SHIP });
  const first = await bench.part(order);
  const [one, other] = first.store === BERLIN.store ? [berlin, hamburg] : [hamburg, berlin];
  await bench.push(one, { type: "order.declined", fulfilment: first.id, reason: "Broken" });
  after(60);
  await bench.push(other, picked(await bench.part(order)));
  await bench.push(other, shipped(await bench.part(order)));
  const columns = ["sentParts", "sentPieces", "sentValue", "toSend", "declined", "rerouted"] as const;
  const rows = await figures(columns, "sent", "store");
  expect(rows.map(([, ...each]) => each).toSorted((a, b) => Number(b[0]) - Number(a[0]))).toEqual([
    [1, 2, 700, 3_600, 0, 0],
    [0, 0, 0, null, 1, 1],
  ]);
  expect(await figures(["baskets", "basketValue"], "baskets", "channel")).toEqual([
    ["Ordered online, sent", 1, 700],
  ]);
});

test("an online order that a store hands over is credited to both, and says why", async () => {
  after(0);
  const { order } = await bench.place();
  await bench.push(berlin, picked(await bench.part(order)));
  await bench.push(berlin, handedOver(await bench.part(order)));
  expect(await figures(["placedOnline", "fulfilled"], "attribution", "value")).toEqual([
    ["The store, because it handed the goods over or sent them", 0, 700],
    ["The shop, because it was ordered online", 700, 0],
  ]);
  expect((await figures(["placedOnline"], "attribution", "store")).toSorted()).toEqual([
    ["BER1 Berlin Mitte", 0],
    ["No store", 700],
  ]);
  const own = { stores: [BERLIN.store] };
  expect(await figures(["placedOnline", "fulfilled"], "attribution", "store", own)).toEqual([
    ["BER1 Berlin Mitte", 0, 700],
  ]);
});

test("what comes back is told by its reason, held against what was sold, and leads to its ticket", async () => {
  berlin.till.begin();
  const sale = berlin.till.ticket([{ variant: TEA, quantity: 4 }]);
  await bench.push(berlin, { type: "ticket.completed", ticket: sale });
  const back = ticketBack(berlin.till, sale, 1);
  await bench.push(berlin, { type: "ticket.completed", ticket: back });
  const columns = ["backPieces", "backValue", "pieceRate", "valueRate"] as const;
  expect(await figures(columns, "returns", "value")).toEqual([
    ["Changed their mind", 1, 350, 250_000, 250_000],
  ]);
  expect(await figures(columns, "returns", "channel")).toEqual([["In store", 1, 350, 250_000, 250_000]]);
  expect((await behind("returns", "value", "changedMind")).tickets).toMatchObject([
    { kind: "ticket", id: back.id, figures: [1, 350] },
  ]);
  expect(await figures(["baskets", "averageBasket", "piecesPerBasket"], "baskets", "store")).toEqual([
    ["BER1 Berlin Mitte", 1, 1_400, 4_000],
  ]);
});

test("a drawer that is closed tells by how much it was off, at its till", async () => {
  berlin.till.begin();
  const shift = idOf<"Shift">("shift-1");
  const eur = (minor: number) => money(minor, EUR);
  const businessDay = idOf<"BusinessDay">("2027-01-15");
  await bench.push(
    berlin,
    {
      type: "shift.opened",
      shift,
      owner: null,
      businessDay,
      float: { pieces: [], total: eur(0) },
      approvedBy: null,
    },
    {
      type: "shift.closed",
      shift,
      businessDay,
      count: { pieces: [], total: eur(9_950) },
      expected: eur(10_000),
      variance: eur(-50),
      reason: "Not known",
      kept: eur(0),
      approvedBy: null,
    },
  );
  expect(await figures(["shifts", "variance", "short", "over", "off"], "variances", "till")).toEqual([
    ["BER1 Till", 1, -50, -50, 0, 1],
  ]);
  expect((await behind("variances", "till", berlin.till.device)).tickets).toMatchObject([
    { kind: "shift", id: shift, day: businessDay, store: "BER1" },
  ]);
});

if (TEST_ENGINE === "sqlite")
  test("what was there before these reports is counted bit by bit, and comes to the same figures", async () => {
    berlin.till.begin();
    const { order } = await bench.place();
    await bench.push(berlin, picked(await bench.part(order)), {
      type: "ticket.completed",
      ticket: berlin.till.ticket([{ variant: TEA, quantity: 1 }]),
    });
    const all = () =>
      Promise.all(FACT_REPORTS.map((name) => rowsOf(question(name, ACROSS[name].groups[0] ?? "store"))));
    const told = await all();
    asBeforeTheseReports();
    expect((await all()).every(({ complete, rows }) => !complete && rows.length === 0)).toBe(true);
    while (await server.storage.write(countOlderFacts));
    expect(await all()).toEqual(told);
  });

/** Takes the database back to before these reports, and forward again. */
function asBeforeTheseReports(): void {
  const migration = MIGRATIONS.find((each) => each.includes("CREATE TABLE report_facts"));
  const database = new DatabaseSync(server.file);
  database.exec(`BEGIN; DROP TABLE report_facts; DROP TABLE report_uncounted; ${migration}; COMMIT`);
  database.close();
}
