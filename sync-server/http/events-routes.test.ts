import { afterEach, beforeEach, expect, test } from "vitest";
import { eventsAnswerSchema } from "#protocol/hq/events.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { zReport } from "../testing/day.ts";
import { TEA } from "../testing/shop.ts";

let http: HttpForTests;
let erp: string;
beforeEach(async () => {
  http = await HttpForTests.open();
  const made = await http.hq("/hq/v1/keys", { method: "POST", body: { scope: "erp", name: "ERP" } });
  erp = makeKeyAnswerSchema.parse(await made.json()).key;
});
afterEach(() => http.close());

const events = async (query = "") =>
  eventsAnswerSchema.parse(await (await http.ask(`/hq/v1/events${query}`, { token: erp })).json());

async function sells(from: HttpTill, times = 1): Promise<void> {
  if (from.till.entries.length === 0) from.till.begin();
  for (let n = 0; n < times; n += 1) from.till.sell([{ variant: TEA, quantity: 1 }]);
  expect((await http.push(from, from.till.entries)).status).toBe(200);
}

test("an ERP follows what is sold and each day that is closed, from its last cursor on", async () => {
  const from = await http.pair("BER1");
  await sells(from, 2);
  const first = await events("?limit=1");
  expect(first).toMatchObject({ caughtUp: false, events: [{ type: "ticket.booked" }] });
  const rest = await events(`?after=${first.next}`);
  const [ticket] = rest.events;
  expect(rest).toMatchObject({ caughtUp: true });
  expect(rest.events).toHaveLength(1);
  expect(ticket?.data).toMatchObject({ store: "BER1", register: 1, due: { currency: "EUR" } });
  const report = zReport({ device: from.till.device });
  from.till.write({ type: "day.closed", report, approvedBy: null });
  await http.push(from, from.till.entries);
  const after = await events(`?after=${rest.next}`);
  expect(after.events).toMatchObject([{ type: "day.closed", data: { number: 1, store: "BER1" } }]);
  expect(await events(`?after=${after.next}`)).toMatchObject({
    events: [],
    next: after.next,
    caughtUp: true,
  });
});

test("what is told twice by a till is one event", async () => {
  const from = await http.pair("BER1");
  await sells(from);
  await http.push(from, from.till.entries);
  expect((await events()).events).toHaveLength(1);
});

test("only types that are asked for come, and the cursor goes on past the others", async () => {
  const from = await http.pair("BER1");
  await sells(from);
  const none = await events("?types=order.placed,order.ready");
  expect(none).toMatchObject({ events: [], caughtUp: true });
  expect((await events(`?after=${none.next}`)).events).toEqual([]);
  expect((await events("?types=ticket.booked")).events).toHaveLength(1);
  expect(none.types.map(({ type }) => type)).toContain("ticket.booked");
});

test("whoever comes back after events were forgotten is told so; whoever begins takes what there is", async () => {
  const from = await http.pair("BER1");
  await sells(from, 3);
  const { events: all } = await events();
  const { storage, clock } = http.parts;
  await storage.write((tx) => tx.spreadEvents(clock.now()));
  clock.advance(1_000);
  await storage.write((tx) => tx.purgeEvents(clock.now()));
  const old = await http.ask(`/hq/v1/events?after=${all[0]?.cursor}`, { token: erp });
  expect(await refusalOf(old)).toEqual({ status: 410, reason: "checkpointExpired" });
  await sells(from);
  expect((await events()).events).toHaveLength(1);
  expect((await events(`?after=${all[2]?.cursor}`)).events).toHaveLength(1);
});

test("whoever was further than the server is, which went back to a backup, is told so: what happens next has numbers that they know already", async () => {
  const from = await http.pair("BER1");
  await sells(from, 2);
  const { next } = await events();
  const ahead = await http.ask(`/hq/v1/events?after=${next + 1}`, { token: erp });
  expect(await refusalOf(ahead)).toEqual({ status: 410, reason: "checkpointExpired" });
  expect(await events(`?after=${next}`)).toMatchObject({ events: [], next, caughtUp: true });
});

test("a key opens what its scope says and nothing else; HQ sees when it was last used", async () => {
  const made = await http.hq("/hq/v1/keys", { method: "POST", body: { scope: "reports", name: "BI" } });
  const { key } = makeKeyAnswerSchema.parse(await made.json());
  expect(await refusalOf(await http.ask("/hq/v1/events", { token: key }))).toMatchObject({ status: 403 });
  expect(await refusalOf(await http.ask("/hq/v1/keys", { token: erp }))).toMatchObject({ status: 403 });
  await events();
  const { keys } = (await (await http.hq("/hq/v1/keys")).json()) as {
    keys: { name: string; lastUsedAt: number | null }[];
  };
  const used = Object.fromEntries(keys.map(({ name, lastUsedAt }) => [name, lastUsedAt]));
  expect(used).toMatchObject({ ERP: http.parts.clock.now(), BI: http.parts.clock.now() });
});
