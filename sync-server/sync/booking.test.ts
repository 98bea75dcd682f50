import { DatabaseError } from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { type PairedTill, ServerForTests, TEST_ENGINE } from "../server-for-tests.ts";
import { SqlWrites } from "../storage/sql/writes.ts";
import { BERLIN, EUR, TEA } from "../testing/shop.ts";
import { createBooking } from "./booking.ts";
import { createIngestion } from "./ingest.ts";
import { Publication } from "./publisher.ts";

let server: ServerForTests;
let paired: PairedTill;

beforeEach(async () => {
  server = await ServerForTests.open();
  paired = await server.pair();
  await server.stockUp([TEA], 10);
});

afterEach(() => {
  vi.restoreAllMocks();
  return server.close();
});

/** An ingestion whose booking of orders fails as `error` says. */
function failingWith(error: () => Error | null) {
  const { publisher, orders, returns, cases, customers, now } = server.deps;
  const book: typeof orders.book = (...booked) => {
    const failure = error();
    return failure === null ? orders.book(...booked) : Promise.reject(failure);
  };
  return createIngestion({
    publisher,
    booking: createBooking({ orders: { book }, returns, cases, customers }),
    now,
  });
}

/** A sale that is booked by itself: its desks are asked one after the other. */
function sellToAnna({ till }: PairedTill) {
  const ticket = till.ticket([{ variant: TEA, quantity: 3 }]);
  const anna = idOf<"Customer">("anna");
  const id = idOf<"Tender">("points");
  const points = { id, kind: "points", points: 100, customer: anna, amount: ticket.totals.due } as const;
  return till.write({
    type: "ticket.completed",
    ticket: { ...ticket, customer: anna, tenders: [points] },
  });
}

function diskFull(said: string): Error {
  return TEST_ENGINE === "postgres"
    ? Object.assign(new DatabaseError(said, said.length, "error"), { code: "53100" })
    : Object.assign(new Error(said), { errcode: 13 });
}

async function books() {
  const place = { store: BERLIN.store, variant: TEA };
  return server.storage.read(async (tx) => ({
    tickets: await tx.ticketCount(null),
    onHand: await tx.onHand(place),
    exceptions: (await tx.exceptions(9)).map(({ kind, closing }) => [kind, closing?.resolution ?? null]),
  }));
}

describe("an entry that cannot be booked", () => {
  test("does not hold up what the till does after it: it is in the journal, nothing of it is booked, and HQ is told once", async () => {
    const { till } = paired;
    const nothing = {
      id: idOf<"Tender">("nothing"),
      kind: "credit",
      amount: money(0, EUR),
      code: "7Q2M-X0VD-4T9K-W3HB-N5RC",
      left: money(0, EUR),
    } as const;
    const odd: Ticket = { ...till.ticket([{ variant: TEA, quantity: 3 }]), tenders: [nothing] };
    const run = [
      till.begin(),
      till.write({ type: "ticket.completed", ticket: odd }),
      till.sell([{ variant: TEA, quantity: 1 }]),
    ];
    const told = await server.stockToldAt(BERLIN, TEA);
    const taken = await server.deps.ingestion.ingest(await paired.record(), run.slice(0, 2));
    // The till counts the three pieces until it is told that what it reads contains its sale.
    expect(await server.stockToldAt(BERLIN, TEA)).toBeGreaterThan(told);
    expect(await server.stockOnTills(BERLIN, TEA)).toBe(10);
    expect(taken).toMatchObject({ ok: true, acknowledged: 2 });
    const rest = await server.deps.ingestion.ingest(await paired.record(), run.slice(2));
    expect(rest).toMatchObject({ ok: true, acknowledged: 3 });
    expect(await books()).toEqual({ tickets: 1, onHand: 9, exceptions: [["notBooked", null]] });
    expect(await server.stockOnTills(BERLIN, TEA)).toBe(9);
    const kept = await server.storage.read((tx) =>
      tx.entries({ store: till.store, device: till.device, epoch: 1, after: 0, limit: 9 }),
    );
    expect(kept).toEqual(run);
    expect(await server.deps.ingestion.ingest(await paired.record(), run)).toMatchObject({ ok: true });
    const [{ id } = { id: "" }] = await server.deps.exceptions.list({ open: true, limit: 9 });
    const again = { id, resolution: "bookAgain", by: "Hanna", note: "", store: null } as const;
    expect(await server.deps.exceptions.resolve(again)).toEqual({ ok: false, reason: "stillNotBooked" });
    expect(await books()).toEqual({ tickets: 1, onHand: 9, exceptions: [["notBooked", null]] });
  });

  test("of a count tells the shelf's level anew: its till shows what was counted until then", async () => {
    const { till } = paired;
    const task = idOf<"Notice">("00000000-0000-7000-8000-000000000001");
    const run = [till.begin(), till.write({ type: "stock.counted", task, variant: TEA, counted: 4 })];
    const told = await server.stockToldAt(BERLIN, TEA);
    await failingWith(() => new TypeError("undefined is not a shop")).ingest(await paired.record(), run);
    expect(await books()).toMatchObject({ onHand: 10 });
    expect(await server.stockToldAt(BERLIN, TEA)).toBeGreaterThan(told);
  });

  test.each([
    ["by HQ", true],
    ["by a newer version as it starts", false],
  ])("is booked later %s, once", async (_how, isByHq) => {
    const { till } = paired;
    const run = [till.begin(), sellToAnna(paired)];
    await failingWith(() => new TypeError("undefined is not a shop")).ingest(await paired.record(), run);
    expect(await books()).toMatchObject({ tickets: 0, onHand: 10 });
    const open = await server.deps.exceptions.list({ open: true, limit: 9 });
    expect(open.map(({ detail }) => detail.entry)).toEqual(["ticket.completed", "epoch.begun"]);
    for (let time = 0; time < 2; time += 1) {
      if (!isByHq) await server.deps.exceptions.bookAgain();
      const decision = { resolution: "bookAgain", by: "Hanna", note: "", store: null } as const;
      for (const { id } of isByHq ? open : []) await server.deps.exceptions.resolve({ ...decision, id });
      const exceptions = open.map(() => ["notBooked", isByHq ? "bookAgain" : "causeGone"]);
      expect(await books()).toEqual({ tickets: 1, onHand: 7, exceptions });
    }
    expect(await server.stockOnTills(BERLIN, TEA)).toBe(7);
  });
});

test("sales that can be booked need no point to go back to, and one that cannot is found with one", async () => {
  const { till } = paired;
  const tried = vi.spyOn(Publication.prototype, "attempt");
  const written = vi.spyOn(server.deps.storage, "write");
  const sold = () => till.sell([{ variant: TEA, quantity: 1 }]);
  await server.deps.ingestion.ingest(await paired.record(), [till.begin()]);
  const alone = tried.mock.calls.length;
  await server.deps.ingestion.ingest(await paired.record(), [sold(), sold()]);
  expect([tried.mock.calls.length - alone, written.mock.calls.length]).toEqual([0, 2]);
  const odd = { ...till.ticket([{ variant: TEA, quantity: 1 }]), businessDay: null as never };
  const run = [sold(), till.write({ type: "ticket.completed", ticket: odd }), sold()];
  const taken = await server.deps.ingestion.ingest(await paired.record(), run);
  expect(taken).toMatchObject({ ok: true, acknowledged: 6 });
  expect(await books()).toEqual({ tickets: 4, onHand: 6, exceptions: [["notBooked", null]] });
});

test("where the database itself fails nothing is acknowledged, and the till sends it again", async () => {
  const { till } = paired;
  const run = [till.begin(), sellToAnna(paired)];
  const said = "database or disk is full";
  const full = diskFull(said);
  let isFull = true;
  const ingestion = failingWith(() => (isFull ? full : null));
  await expect(ingestion.ingest(await paired.record(), run)).rejects.toThrow(said);
  expect(await books()).toEqual({ tickets: 0, onHand: 10, exceptions: [] });
  isFull = false;
  expect(await ingestion.ingest(await paired.record(), run)).toMatchObject({ ok: true, acknowledged: 2 });
  expect(await books()).toEqual({ tickets: 1, onHand: 7, exceptions: [] });
});

test.each([
  ["the disk is full", () => diskFull("database or disk is full"), 1],
  ["a sale cannot be booked with others", () => new TypeError("undefined is not a shop"), 2],
])(
  "where %s as sales are booked together, their transaction is done so many times",
  async (_, error, times) => {
    const { till } = paired;
    await server.deps.ingestion.ingest(await paired.record(), [till.begin()]);
    const run = [till.sell([{ variant: TEA, quantity: 1 }]), till.sell([{ variant: TEA, quantity: 1 }])];
    const booked = vi.spyOn(SqlWrites.prototype, "addTickets").mockRejectedValueOnce(error());
    const written = vi.spyOn(server.deps.storage, "write");
    const [taken] = await Promise.allSettled([server.deps.ingestion.ingest(await paired.record(), run)]);
    expect(written).toHaveBeenCalledTimes(times);
    expect(booked).toHaveBeenCalledTimes(times);
    expect(taken?.status).toBe(times === 1 ? "rejected" : "fulfilled");
    expect(await books()).toMatchObject({ tickets: times === 1 ? 0 : 2, exceptions: [] });
  },
);
