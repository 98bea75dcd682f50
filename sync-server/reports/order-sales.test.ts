import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedBesideReturns } from "#domain/orders/order-return.ts";
import type { ReportGroup, ReportName } from "#domain/reports/reports.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { MIGRATIONS } from "../storage/sqlite/schema.ts";
import { handedOver, OrderBench, picked, shipped, TO_SHIP } from "../testing/orders.ts";
import { returnTicket } from "../testing/returns.ts";
import { BERLIN, CUP, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { countOlderFacts } from "./book-across.ts";
import { createReports, type Reports } from "./reports.ts";

const PERIOD = { from: idOf<"BusinessDay">("2027-01-01"), until: idOf<"BusinessDay">("2027-12-31") };
const HQ = { kind: "hq", who: "hanna" } as const;
const VAT = {
  id: idOf<"TaxClass">("standard"),
  name: "Standard",
  rates: [{ id: "de-19", name: "VAT", ppm: 190_000 }],
};
const DAY_MS = 86_400_000;

interface World {
  readonly server: ServerForTests;
  readonly bench: OrderBench;
  readonly berlin: PairedTill;
  readonly hamburg: PairedTill;
  readonly reports: Reports;
}

async function opened(): Promise<World> {
  const server = await ServerForTests.open();
  const bench = new OrderBench(server.deps);
  await server.deps.publisher.publish(async (publication) => {
    for (const store of [BERLIN, HAMBURG])
      await publication.putStore({ ...store, tax: { ...store.tax, classes: [VAT] } });
  });
  for (const store of [BERLIN, HAMBURG])
    for (const variant of [TEA, CUP]) await bench.stock(store, variant, 40);
  await server.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(100, EUR) }));
  const [berlin, hamburg] = [await server.pair(BERLIN), await server.pair(HAMBURG)];
  return { server, bench, berlin, hamburg, reports: createReports(server.deps) };
}

let world: World;
beforeEach(async () => {
  world = await opened();
});
afterEach(() => world.server.close());

async function rowsOf({ reports }: World, report: ReportName, group: ReportGroup) {
  const asked = {
    report,
    group,
    period: PERIOD,
    stores: null,
    channels: null,
    categories: null,
    compare: null,
  };
  const answer = await reports.rows(asked, { offset: 0, limit: 500 });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

/** A column of a report's rows that have something in it. */
async function figures(from: World, column: string, report: ReportName, group: ReportGroup) {
  const { columns, rows } = await rowsOf(from, report, group);
  const place = columns.findIndex(({ name }) => name === column);
  return rows.map(({ name, figures: all }) => [name, all[place]]).filter(([, figure]) => figure !== 0);
}

async function behind({ reports }: World, report: ReportName, group: ReportGroup, key: string | null) {
  const asked = {
    report,
    group,
    period: PERIOD,
    stores: null,
    channels: null,
    categories: null,
    compare: null,
  };
  const answer = await reports.tickets(asked, { key, currency: EUR, after: null, limit: 200 });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

function tillOf({ berlin, hamburg }: World, store: string): PairedTill {
  const till = store === BERLIN.store ? berlin : hamburg;
  return till;
}

/** All that is due of the order's newest part is picked and sent, or handed out. */
async function goesOut(from: World, order: Pick<Order, "id">): Promise<void> {
  const part = await from.bench.part(order);
  const till = tillOf(from, part.store);
  till.till.at = from.server.clock.now();
  await from.bench.push(till, picked(part));
  const ready = await from.bench.part(order);
  await from.bench.push(till, part.kind === "ship" ? shipped(ready) : handedOver(ready));
}

const WITH_DELIVERY = { ...TO_SHIP, shipping: money(500, EUR), total: money(1_200, EUR) };

test("an order that is paid online and sent is a sale of the store that sends it, on the day it does, with its delivery", async () => {
  const { order } = await world.bench.place(WITH_DELIVERY);
  expect(await figures(world, "total", "sales", "store")).toEqual([]);
  world.server.clock.advance(DAY_MS);
  await goesOut(world, order);
  const { store } = await world.bench.part(order);
  const name = store === BERLIN.store ? "BER1 Berlin Mitte" : "HAM1 Hamburg Hafen";
  expect(await figures(world, "total", "sales", "store")).toEqual([[name, 1_200]]);
  expect(await figures(world, "total", "sales", "day")).toEqual([["2027-01-16", 1_200]]);
  expect(await figures(world, "total", "sales", "channel")).toEqual([["Ordered online, sent", 1_200]]);
  expect(await figures(world, "total", "sales", "article")).toEqual([
    ["SKU-tea · A tea", 700],
    ["Delivery", 500],
  ]);
  expect(await figures(world, "total", "tenders", "value")).toEqual([["Paid online", 1_200]]);
  expect(await figures(world, "tax", "taxes", "value")).toEqual([["VAT 19 %", 192]]);
  expect(await figures(world, "margin", "margins", "channel")).toEqual([["Ordered online, sent", 588 - 200]]);
  const { tickets } = await behind(world, "sales", "store", store);
  expect(tickets).toMatchObject([{ kind: "order", id: order.id, number: "T-1042", day: "2027-01-16" }]);
});

test("one that is paid online and collected is a sale of the store that hands it over", async () => {
  const { order } = await world.bench.place();
  await goesOut(world, order);
  expect(await figures(world, "total", "sales", "store")).toEqual([["BER1 Berlin Mitte", 700]]);
  expect(await figures(world, "total", "sales", "channel")).toEqual([["Click & collect", 700]]);
});

test("one that is cancelled before it goes out never was a sale", async () => {
  const { order } = await world.bench.place(WITH_DELIVERY);
  await world.server.deps.orders.cancel({ name: { id: order.id }, reason: "Changed their mind", by: HQ });
  expect((await rowsOf(world, "sales", "store")).rows).toEqual([]);
});

test("money that is given back besides goods is taken off on the day it is given, once", async () => {
  const { order } = await world.bench.place(WITH_DELIVERY);
  await goesOut(world, order);
  world.server.clock.advance(DAY_MS);
  const given = { order: order.id, amount: money(200, EUR), reason: "Came late", by: HQ };
  expect((await world.server.deps.orders.refund(given)).ok).toBe(true);
  expect(await figures(world, "total", "sales", "day")).toEqual([
    ["2027-01-15", 1_200],
    ["2027-01-16", -200],
  ]);
  expect(await figures(world, "returnedPieces", "sales", "day")).toEqual([]);
  expect(await figures(world, "returned", "refunds", "value")).toEqual([["Paid online", -200]]);
});

test("what comes back to a store counts by its ticket alone, at the cost that it was sold at", async () => {
  const { order } = await world.bench.place(TO_SHIP);
  await goesOut(world, order);
  await world.server.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(900, EUR) }));
  world.berlin.till.at = world.server.clock.now();
  if (world.berlin.till.entries.length === 0) world.berlin.till.begin();
  const back = returnTicket(
    world.berlin.till,
    { kind: "order", id: order.id },
    { to: { kind: "online", order: order.id } },
  );
  await world.bench.push(world.berlin, { type: "ticket.completed", ticket: back });
  expect(await figures(world, "returned", "sales", "channel")).toEqual([["Ordered online, sent", -350]]);
  expect(await figures(world, "cost", "margins", "channel")).toEqual([["Ordered online, sent", 100]]);
  expect((await behind(world, "refunds", "value", null)).tickets).toMatchObject([
    { kind: "ticket", id: back.id },
  ]);
});

async function sentBack(from: World, order: Pick<Order, "id">, id: string, pieces: number): Promise<boolean> {
  const { mailReturns } = from.server.deps;
  const announced = await mailReturns.announce({
    channel: idOf<"Channel">("web"),
    reach: [],
    externalId: id,
    purchase: { ref: { kind: "order", id: order.id } },
    wanted: [{ position: 0, sku: null, pieces, reason: "wrongSize" }],
    note: "",
  });
  if (!announced.ok || announced.value.mailReturn === null) return false;
  const { id: known } = announced.value.mailReturn;
  await mailReturns.receive(known, {
    by: "hanna",
    store: BERLIN.store,
    note: "",
    lines: [{ position: 0, pieces, condition: "asNew", disposition: "stock" }],
  });
  return (await mailReturns.refund(known, { by: "hanna", way: "shop" })).ok;
}

test("what comes back by mail is taken off the store that had sent it, once its money goes", async () => {
  const { order } = await world.bench.place(WITH_DELIVERY);
  await goesOut(world, order);
  world.server.clock.advance(DAY_MS);
  expect(await sentBack(world, order, "r-1", 1)).toBe(true);
  expect(await figures(world, "returned", "sales", "day")).toEqual([["2027-01-16", -350]]);
  expect(await figures(world, "returnedPieces", "sales", "article")).toEqual([["SKU-tea · A tea", 1]]);
  expect(await figures(world, "returned", "tenders", "value")).toEqual([["Paid online", -350]]);
  expect(await figures(world, "total", "sales", "store")).toHaveLength(1);
});

/** What stands in the sums of a day and in the facts that they are sums of. */
function sumsAndFacts(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  const one = (sql: string) => database.prepare(sql).all();
  const measures =
    "sum(sold_pieces), sum(returned_pieces), sum(sold), sum(returned), sum(net), sum(tax), sum(discount), sum(cost)";
  const by = (table: string, value: string, where: string) =>
    one(
      `SELECT store, day, channel, ${value} AS value, ${measures} FROM ${table} WHERE ${where} GROUP BY 1, 2, 3, 4 HAVING sum(parts) <> 0 ORDER BY 1, 2, 3, 4`,
    );
  const found = {
    sums: (["category", "brand", "channel", "hour", "seller"] as const).map((family) =>
      by("report_sums", "value", `family = '${family}' AND store <> ''`),
    ),
    facts: (["category", "brand", "channel", "hour", "seller"] as const).map((family) =>
      by("report_lines", family, "true"),
    ),
    parts: by("report_parts", "family || ' ' || value", "true"),
    partSums: by(
      "report_sums",
      "family || ' ' || value",
      "store <> '' AND family IN ('tender', 'tax', 'discount', 'promotion', 'refund')",
    ),
    totals: one(
      "SELECT coalesce(sum(sold), 0) AS sold, coalesce(sum(returned), 0) AS returned, coalesce(sum(net + tax), 0) AS taxed, coalesce(sum(tax), 0) AS tax FROM report_lines",
    )[0] as { sold: number; returned: number; taxed: number; tax: number },
    tax: one("SELECT coalesce(sum(tax), 0) AS tax FROM report_parts WHERE family = 'tax'")[0] as {
      tax: number;
    },
    paid: one(
      "SELECT coalesce(sum(sold + returned), 0) AS paid FROM report_parts WHERE family = 'tender'",
    )[0] as {
      paid: number;
    },
  };
  database.close();
  return found;
}

const act = fc.oneof(
  fc.constant({ kind: "goesOut" } as const),
  fc.record({ kind: fc.constant("pickShort" as const), found: fc.nat(2) }),
  fc.record({ kind: fc.constant("gesture" as const), minor: fc.integer({ min: 1, max: 900 }) }),
  fc.record({ kind: fc.constant("mailed" as const), pieces: fc.integer({ min: 1, max: 2 }) }),
  fc.constant({ kind: "backInStore" } as const),
  fc.constant({ kind: "cancelled" } as const),
  fc.constant({ kind: "dayPasses" } as const),
);
const placed = fc.record({
  quantity: fc.integer({ min: 1, max: 3 }),
  cups: fc.integer({ min: 0, max: 2 }),
  unit: fc.integer({ min: 1, max: 999 }),
  shipping: fc.constantFrom(0, 495),
  pickup: fc.boolean(),
  acts: fc.array(act, { minLength: 1, maxLength: 6 }),
});

async function run(
  from: World,
  nth: number,
  { quantity, cups, unit, shipping, pickup, acts }: typeof placed extends fc.Arbitrary<infer T> ? T : never,
) {
  const { bench, server } = from;
  const lines = [
    { sku: "SKU-tea", quantity, unitPrice: money(unit, EUR) },
    ...(cups === 0 ? [] : [{ sku: "SKU-cup", quantity: cups, unitPrice: money(unit + 7, EUR) }]),
  ];
  const total = quantity * unit + cups * (unit + 7) + (pickup ? 0 : shipping);
  const { order } = await bench.place({
    id: `o-${nth}`,
    number: `T-${nth}`,
    lines,
    total: money(total, EUR),
    ...(pickup ? {} : { ...TO_SHIP, shipping: money(shipping, EUR) }),
  });
  for (const [step, each] of acts.entries()) {
    const now = await bench.order(order);
    const part = now.fulfilments.at(-1);
    switch (each.kind) {
      case "goesOut":
        if (part !== undefined && (part.state === "allocated" || part.state === "ready"))
          await goesOut(from, order);
        break;
      case "pickShort":
        if (part?.state === "allocated") {
          const till = tillOf(from, part.store);
          till.till.at = server.clock.now();
          await bench.push(till, picked(part, { found: each.found, rest: "refundRest" }));
          const ready = await bench.part(order);
          if (ready.state === "ready")
            await bench.push(till, ready.kind === "ship" ? shipped(ready) : handedOver(ready));
        }
        break;
      case "gesture":
        await server.deps.orders.refund({
          order: order.id,
          amount: money(each.minor, EUR),
          reason: "Sorry",
          by: HQ,
        });
        break;
      case "mailed":
        await sentBack(from, order, `r-${nth}-${step}`, each.pieces);
        break;
      case "backInStore": {
        if (!now.fulfilments.some(({ lines: all }) => all.some(({ handed }) => handed > 0))) break;
        const { berlin } = from;
        berlin.till.at = server.clock.now();
        if (berlin.till.entries.length === 0) berlin.till.begin();
        const to = { kind: "online", order: order.id } as const;
        const back = returnTicket(berlin.till, { kind: "order", id: order.id }, { minor: unit, to });
        await bench.push(berlin, { type: "ticket.completed", ticket: back });
        break;
      }
      case "cancelled":
        await server.deps.orders.cancel({ name: { id: order.id }, reason: "No", by: HQ });
        break;
      case "dayPasses":
        server.clock.advance(DAY_MS);
    }
  }
  return bench.order(order);
}

test("after whatever happens to orders, sums are those of their facts, and every cent is in them once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(placed, { minLength: 1, maxLength: 3 }), async (all) => {
      const own = await opened();
      try {
        const orders: Order[] = [];
        for (const [nth, each] of all.entries()) orders.push(await run(own, nth, each));
        const found = sumsAndFacts(own.server.file);
        expect(found.sums).toEqual(found.facts);
        expect(found.partSums).toEqual(found.parts);
        expect(found.totals.taxed).toBe(found.totals.sold + found.totals.returned);
        expect(found.tax.tax).toBe(found.totals.tax);
        expect(found.paid.paid).toBe(found.totals.sold + found.totals.returned);
        expect(found.totals.sold + found.totals.returned).toBe(await keptOf(own, orders));
        // Counted bit by bit afterwards, it comes to the same.
        asBeforeOrdersWereSales(own.server.file);
        while (await own.server.storage.write(countOlderFacts));
        const again = sumsAndFacts(own.server.file);
        expect(again.totals).toEqual(found.totals);
        expect(again.sums).toEqual(again.facts);
        expect(again.partSums).toEqual(again.parts);
      } finally {
        await own.server.close();
      }
    }),
    { numRuns: 12 },
  );
}, 240_000);

/** What is left of the money for goods that went out: charged, less gestures that exceed what was never delivered, less what came back. */
async function keptOf({ server }: World, orders: readonly Order[]): Promise<number> {
  let kept = 0;
  for (const order of orders) {
    const purchase = await server.storage.read((tx) => tx.orderPurchase(order.id));
    const handed = order.fulfilments.some(({ lines }) => lines.some((each) => each.handed > 0));
    if (handed && purchase !== null) {
      const charged = purchase.lines.reduce((sum, { total }) => sum + total.minor, 0) + order.shipping.minor;
      kept += Math.min(charged, Math.max(0, order.payment.paid.minor - refundedBesideReturns(order).minor));
    }
    for (const each of order.returns ?? []) kept -= each.amount.minor;
  }
  return kept;
}

/** Takes away what orders sold and what came back by mail, and has all of it counted. */
function asBeforeOrdersWereSales(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("BEGIN");
  const own = "ticket IN (SELECT ticket FROM report_tickets WHERE order_id IS NOT NULL)";
  for (const table of ["report_lines", "report_parts"]) database.exec(`DELETE FROM ${table} WHERE ${own}`);
  database.exec("DELETE FROM report_tickets WHERE order_id IS NOT NULL; DELETE FROM report_sums;");
  const measures =
    "parts, sold_pieces, returned_pieces, sold, returned, net, tax, discount, cost, costed_net";
  const summed = measures
    .split(", ")
    .map((each) => `sum(${each})`)
    .join(", ");
  for (const family of ["channel", "category", "brand", "hour", "seller"])
    for (const store of ["store", "''"])
      database.exec(
        `INSERT INTO report_sums (family, store, day, currency, channel, value, ${measures}) SELECT '${family}', ${store}, day, currency, channel, ${family}, ${summed} FROM report_lines GROUP BY 2, 3, 4, 5, 6`,
      );
  for (const store of ["store", "''"])
    database.exec(
      `INSERT INTO report_sums (family, store, day, currency, channel, value, ${measures}) SELECT family, ${store}, day, currency, channel, value, ${summed} FROM report_parts GROUP BY 1, 2, 3, 4, 5, 6`,
    );
  const migration = MIGRATIONS.find((each) => each.includes("report_tickets_of_order"));
  const waiting = (migration ?? "")
    .split(";")
    .filter((each) => each.includes("INSERT INTO report_uncounted"));
  database.exec(`${waiting.join(";")}; COMMIT`);
  database.close();
}
