import { afterEach, beforeEach, expect, test } from "vitest";
import type { StaffId } from "#domain/ids.ts";
import { commissionOf } from "#domain/staff/commission.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { ofTicket, returnTicket } from "../testing/returns.ts";
import { BERLIN, TEA } from "../testing/shop.ts";

let server: ServerForTests;
let bench: OrderBench;
let desk: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 5);
  desk = await server.pair(BERLIN);
});
afterEach(() => server.close());

/** Whose sums there are, in cents with tax. */
async function sums(): Promise<readonly (readonly [StaffId | null, number])[]> {
  const { businessDay } = desk.till.ticket([]);
  const ask = { from: businessDay, until: businessDay, store: null };
  const amounts = await server.storage.read((tx) => tx.commissionAmounts(ask));
  return commissionOf(amounts).map(({ staff, total }) => [staff, total.minor]);
}

test("an order that was paid at a till and comes back is taken off whoever was paid for it", async () => {
  const { order } = await bench.place({ payment: { kind: "atPickup" } });
  await bench.push(desk, picked(partOf(order)));
  const part = await bench.part(order);
  const ticket = desk.till.ticket([{ variant: TEA, quantity: 2 }]);
  const lines = ticket.lines.map((each) => ({
    ...each,
    order: { order: order.id, line: part.lines[0]!.line },
  }));
  await bench.push(desk, handedOver(part, { ticket: { ...ticket, lines } }));
  expect(await sums()).toEqual([["mira", 700]]);
  const back = returnTicket(desk.till, { kind: "order", id: order.id });
  await bench.push(desk, { type: "ticket.completed", ticket: back });
  expect(await sums()).toEqual([["mira", 350]]);
});

test("what was bought online and comes back counts against nobody, whoever takes it back", async () => {
  const { order } = await bench.place();
  const back = returnTicket(desk.till, { kind: "order", id: order.id });
  await bench.push(desk, { type: "ticket.completed", ticket: back });
  expect(await sums()).toEqual([[null, -350]]);
});

test("a return that a till tells of before the sale is taken off the seller once the sale is known", async () => {
  const other = await server.pair(BERLIN);
  const sale = other.till.ticket([{ variant: TEA, quantity: 2 }]);
  await bench.push(desk, { type: "ticket.completed", ticket: returnTicket(desk.till, ofTicket(sale)) });
  expect(await sums()).toEqual([[null, -350]]);
  await bench.push(other, { type: "ticket.completed", ticket: sale });
  expect(await sums()).toEqual([["mira", 350]]);
});
