import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fulfilment } from "#domain/orders/order.ts";
import { DEFAULT_LEASE_TTL_MS, type LeaseRequest } from "#protocol/sync/leases.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";

let server: ServerForTests;
let first: PairedTill;
let second: PairedTill;

beforeEach(async () => {
  server = await ServerForTests.open();
  first = await server.pair();
  second = await server.pair();
});

afterEach(() => server.close());

async function act(till: PairedTill, what: LeaseRequest["act"], id = "order-1") {
  const subject = { kind: "order", id } as const;
  return server.deps.leases.decide(await till.record(), { act: what, subject, ttlMs: DEFAULT_LEASE_TTL_MS });
}

test("S60 two tills that ask for one order at once: one holds it, the other is told who and until when", async () => {
  const answers = await Promise.all([act(first, "ask"), act(second, "ask")]);
  const holder = answers.find(({ granted }) => granted);
  const other = answers.find(({ granted }) => !granted);
  expect(holder).toBeDefined();
  expect(other).toEqual({
    granted: false,
    reason: "heldByAnother",
    holder: holder?.holder,
    expiresAt: holder?.expiresAt,
  });
});

test("S60 leases on different orders do not meet", async () => {
  expect(await act(first, "ask", "order-1")).toMatchObject({ granted: true });
  expect(await act(second, "ask", "order-2")).toMatchObject({ granted: true });
});

test("S61 an expired lease is free, and its old holder cannot extend it", async () => {
  await act(first, "ask");
  server.clock.advance(DEFAULT_LEASE_TTL_MS);
  expect(await act(first, "extend")).toMatchObject({ granted: false, reason: "notHeld" });
  expect(await act(second, "ask")).toMatchObject({ granted: true, holder: second.till.device });
});

test("S61 the holder extends its lease in time, and gives it back when done", async () => {
  await act(first, "ask");
  server.clock.advance(DEFAULT_LEASE_TTL_MS - 1);
  expect(await act(first, "extend")).toMatchObject({ granted: true });
  server.clock.advance(DEFAULT_LEASE_TTL_MS - 1);
  expect(await act(second, "ask")).toMatchObject({ granted: false });
  expect(await act(second, "release")).toMatchObject({ granted: false, reason: "heldByAnother" });
  expect(await act(first, "release")).toMatchObject({ granted: true });
  expect(await act(second, "ask")).toMatchObject({ granted: true });
});

describe("the right to hand an order out", () => {
  let bench: OrderBench;
  beforeEach(async () => {
    bench = new OrderBench(server.deps);
    await bench.stock(BERLIN, TEA, 5);
  });

  /** An order that the first till picked: it holds the standing lease. */
  async function ready() {
    const { order } = await bench.place();
    await bench.push(first, picked(partOf(order)));
    return bench.part(order);
  }

  async function leaseOnTills(part: Fulfilment) {
    return (await bench.onTills(BERLIN.store, part.id))?.lease ?? null;
  }

  test("S62 moves by consent: who asks is told no, the holder sees it in its replica, gives it up, and the other has it for as long as the parcel is kept", async () => {
    const part = await ready();
    expect(await act(second, "ask", part.id)).toMatchObject({
      granted: false,
      reason: "heldByAnother",
      holder: first.till.device,
    });
    expect(await leaseOnTills(part)).toMatchObject({
      holder: first.till.device,
      wantedBy: second.till.device,
    });
    expect(await act(first, "release", part.id)).toMatchObject({ granted: true });
    expect(await leaseOnTills(part)).toEqual({
      holder: second.till.device,
      register: 2,
      expiresAt: part.collectBy,
      wantedBy: null,
    });
    expect(await act(second, "ask", part.id)).toMatchObject({ granted: true, expiresAt: part.collectBy });
    expect(await act(first, "ask", part.id)).toMatchObject({ granted: false });
  });

  test("S61 S63 is not shortened by being asked for again", async () => {
    const part = await ready();
    expect(await act(first, "extend", part.id)).toMatchObject({ granted: true, expiresAt: part.collectBy });
  });

  test("S64 is no till's of another store, and nobody's once the order is over", async () => {
    const part = await ready();
    const elsewhere = await server.pair(HAMBURG);
    await act(first, "release", part.id);
    expect(await act(elsewhere, "ask", part.id)).toMatchObject({ granted: false });
    await bench.push(first, handedOver(part));
    expect(await act(second, "ask", part.id)).toMatchObject({ granted: false, reason: "notHeld" });
    expect(await leaseOnTills(part)).toBeNull();
  });

  test("S64 leaves a till that HQ revoked, to the one that waits for it", async () => {
    const part = await ready();
    await act(second, "ask", part.id);
    await server.deps.publisher.publish(async (publication) => {
      await publication.tx.revokeDevice(first.till.device, publication.at);
      await server.deps.orders.dropLeasesOf(publication, first.till.device);
    });
    expect(await leaseOnTills(part)).toMatchObject({ holder: second.till.device, wantedBy: null });
  });

  test("goes to the desk where nobody waits, and a revoked till does not wait any more", async () => {
    await bench.policy(BERLIN, { collectDesk: 2 });
    const part = await ready();
    expect(await leaseOnTills(part)).toMatchObject({ holder: second.till.device });
    await act(first, "ask", part.id);
    await server.deps.publisher.publish(async (publication) => {
      await publication.tx.revokeDevice(first.till.device, publication.at);
      await server.deps.orders.dropLeasesOf(publication, first.till.device);
    });
    expect(await leaseOnTills(part)).toMatchObject({ holder: second.till.device, wantedBy: null });
  });

  test("S64 is not given to a till that was revoked while it waited", async () => {
    const part = await ready();
    await act(second, "ask", part.id);
    await server.storage.write((tx) => tx.revokeDevice(second.till.device, server.clock.now()));
    await act(first, "release", part.id);
    expect(await leaseOnTills(part)).toBeNull();
  });
});
