import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fact } from "#domain/journal/entry.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION, VERSIONS_APART } from "#protocol/version.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { TEA } from "../testing/shop.ts";

let http: HttpForTests;

beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 10);
});
afterEach(() => http.close());

const NEXT = PROTOCOL_VERSION + 1;
/** What a till of next year may say happened. */
const UNHEARD_OF = { type: "loyalty.badgeGiven", badge: "gold" } as unknown as Fact;

const push = (from: HttpTill, entries: readonly unknown[], version: number) =>
  http.ask("/sync/v1/journal", {
    method: "POST",
    token: from.token,
    body: { entries },
    headers: { [PROTOCOL_HEADER]: String(version) },
  });

test("S153 a later till's news is kept as it is and told to HQ, and the sales around it are booked", async () => {
  const from = await http.pair();
  const { till } = from;
  const begun = till.begin();
  const sale = till.sell([{ variant: TEA, quantity: 2 }]);
  if (sale.fact.type !== "ticket.completed") throw new Error("no sale");
  const withMore = { ...sale.fact, mood: "cheerful" } as Fact;
  const run = [begun, sale, till.write(UNHEARD_OF), till.write(withMore)];
  const answer = await push(from, run, NEXT);
  expect(pushAnswerSchema.parse(await answer.json())).toMatchObject({ ok: true, acknowledged: 4 });

  const { parts } = http;
  const kept = await parts.storage.read((tx) =>
    tx.entries({ store: till.store, device: till.device, epoch: 1, after: 0, limit: 9 }),
  );
  expect(kept.map(({ fact }) => fact)).toContainEqual(UNHEARD_OF);
  expect(kept.map(({ fact }) => fact)).toContainEqual(withMore);
  // The same ticket counts once, however often it is told.
  expect(await parts.storage.read((tx) => tx.onHand({ store: sale.store, variant: TEA }))).toBe(8);
  const [told, ...others] = await parts.deps.exceptions.list({ open: true, limit: 9 });
  expect(others).toEqual([]);
  expect(told).toMatchObject({ kind: "notBooked", detail: { entry: "loyalty.badgeGiven" } });
  expect(told?.detail.error).toContain("older than the till");
});

test("S153 what a till of this version says must be known to the letter", async () => {
  const from = await http.pair();
  const run = [from.till.begin(), from.till.write(UNHEARD_OF)];
  expect(await refusalOf(await push(from, run, PROTOCOL_VERSION))).toMatchObject({ reason: "badRequest" });
});

test("S6 S150 a till that is much later is told to wait, and keeps what it has", async () => {
  const from = await http.pair();
  const version = PROTOCOL_VERSION + VERSIONS_APART + 1;
  expect(await refusalOf(await push(from, [from.till.begin()], version))).toEqual({
    status: 426,
    reason: "protocolTooOld",
  });
});

test("S154 what was sold in training is refused by the server, whoever sends it", async () => {
  for (const version of [PROTOCOL_VERSION, NEXT]) {
    const from = await http.pair();
    const begun = from.till.begin();
    const sale = from.till.sell([{ variant: TEA, quantity: 1 }]);
    if (sale.fact.type !== "ticket.completed") throw new Error("no sale");
    const number = sale.fact.ticket.number.replace(/-(\d+)-/, "-T$1-") as typeof sale.fact.ticket.number;
    const practised = from.till.write({ ...sale.fact, ticket: { ...sale.fact.ticket, number } });
    expect(await refusalOf(await push(from, [begun, sale, practised], version))).toMatchObject({
      reason: "badRequest",
    });
  }
});

test("S150 every answer names the server's version, a refusal too", async () => {
  for (const path of ["/healthz", "/sync/v1/replica/products", "/nowhere"])
    expect((await http.ask(path)).headers.get(PROTOCOL_HEADER)).toBe(String(PROTOCOL_VERSION));
});
