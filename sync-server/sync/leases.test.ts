import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_LEASE_TTL_MS, type LeaseRequest } from "#protocol/sync/leases.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";

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
