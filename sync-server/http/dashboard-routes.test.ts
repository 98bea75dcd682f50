import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { dashboardSchema } from "#protocol/hq/dashboard.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { raiseException } from "../exceptions/raise.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { userRecord } from "../testing/users.ts";
import { WakeStream } from "../testing/wake-stream.ts";

const WEEK_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const dashboard = async (query = "") =>
  dashboardSchema.parse(await (await http.hq(`/hq/v1/dashboard${query}`)).json());

/** Books a sale of so many cents as if it had been completed then. */
async function sold(store: typeof BERLIN, minor: number, at: number): Promise<void> {
  const { till } = await http.pair(store === BERLIN ? "BER1" : "HAM1");
  till.at = instant(at);
  const entry = till.sell([{ variant: TEA, quantity: 1 }]);
  const { fact } = [entry].flat().at(-1) ?? {};
  if (fact?.type !== "ticket.completed") throw new Error("no ticket");
  const ticket = {
    ...fact.ticket,
    totals: { ...fact.ticket.totals, due: money(minor, EUR) },
    completedAt: instant(at),
    businessDay: idOf<"BusinessDay">(new Date(at).toISOString().slice(0, 10)),
  };
  await http.parts.deps.publisher.publish(({ tx, at: receivedAt }) =>
    tx.addTickets([{ ticket, register: 1 }], receivedAt).then(() => undefined),
  );
}

test("sales today stand beside those of the same day last week up to the same time of day", async () => {
  const now = http.parts.clock.now();
  await sold(BERLIN, 2_000, now);
  await sold(BERLIN, 500, now - WEEK_MS - HOUR_MS);
  await sold(BERLIN, 9_900, now - WEEK_MS + HOUR_MS);
  await sold(HAMBURG, 300, now);
  const { sales, stores } = await dashboard();
  expect(sales).toMatchObject([
    { today: { count: 2, amount: money(2_300, EUR) }, lastWeek: { count: 1, amount: money(500, EUR) } },
  ]);
  expect(stores).toMatchObject([
    { code: "BER1", today: { count: 1 }, lastWeek: { amount: money(500, EUR) } },
    { code: "HAM1", today: { amount: money(300, EUR) } },
  ]);
});

test("where there are many stores some are shown as sorted, and the rest as one sum", async () => {
  const now = http.parts.clock.now();
  await sold(BERLIN, 2_000, now);
  await sold(HAMBURG, 300, now);
  const first = await dashboard("?limit=1&sort=sales&order=up");
  expect(first).toMatchObject({
    storesTotal: 2,
    stores: [{ code: "HAM1" }],
    rest: [{ today: { amount: money(2_000, EUR) } }],
  });
  expect((await dashboard("?limit=1&offset=1&sort=store&order=up")).stores).toMatchObject([{ code: "HAM1" }]);
});

test("what is open and what is late is counted by kind and by store", async () => {
  await http.parts.deps.publisher.publish(async (publication) => {
    for (const [id, kind] of [
      ["1", "late"],
      ["2", "oversold"],
    ] as const)
      await raiseException(publication, { id, kind, detail: {}, store: BERLIN.store, subject: null });
  });
  const { exceptions, orders, stores } = await dashboard("?sort=exceptions");
  expect(exceptions).toEqual([
    { kind: "late", count: 1 },
    { kind: "oversold", count: 1 },
  ]);
  expect(orders.late).toBe(1);
  expect(stores[0]).toMatchObject({ code: "BER1", exceptions: 2, late: 1 });
});

test("tills that were not heard of are silent, and the oldest entry that waits is named", async () => {
  const till = await http.pair();
  await http.pair("HAM1");
  const at = http.parts.clock.now();
  await http.ask("/sync/v1/health", {
    method: "POST",
    token: till.token,
    body: {
      at,
      startedAt: at,
      platform: { os: "Linux", arch: "x64", runtime: "Node" },
      unsent: 2,
      oldestUnsentAt: at,
      storage: { databaseBytes: null, diskFreeBytes: null },
      devices: [],
      trouble: null,
      replicas: [],
    },
  });
  expect((await dashboard()).tills).toEqual({
    all: 2,
    silent: 1,
    unsent: 2,
    oldestUnsent: { device: till.till.device, store: "BER1", register: 1, at },
  });
});

test("a console is told of a sale as it is booked, and what it asks then has it", async () => {
  const stream = await WakeStream.open(await http.hq("/hq/v1/live"));
  const till = await http.pair();
  await http.parts.stockUp([TEA], 3);
  till.till.begin();
  till.till.sell([{ variant: TEA, quantity: 1 }]);
  await http.push(till, till.till.entries);
  let told = "";
  while (!told.includes('"sales"')) told += await stream.nextPart();
  expect((await dashboard()).sales[0]?.today.count).toBe(1);
});

test("whoever was dismissed or signed out hears nothing any more, though the line was open", async () => {
  const ask = await http.as("merchandiser");
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const stream = await WakeStream.open(await ask("/hq/v1/live"));
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(await stream.nextPart()).toBe(": here");
    const dismissed = userRecord("merchandiser", http.parts.clock.now(), { active: false });
    await http.parts.storage.write((tx) => tx.putUser(dismissed));
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await expect(stream.nextPart()).rejects.toThrow();
  } finally {
    vi.useRealTimers();
  }
});

test("nobody takes all the lines there are: one who has fifty gets no more, and another still does", async () => {
  const ada = await http.as("merchandiser");
  const open = await Promise.all(Array.from({ length: 50 }, () => ada("/hq/v1/live")));
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await refusalOf(await ada("/hq/v1/live"))).toEqual({ status: 429, reason: "tooManyRequests" });
  const other = await http.hq("/hq/v1/live");
  expect(other.status).toBe(200);
  await Promise.all([...open, other].map(({ body }) => body?.cancel()));
});
