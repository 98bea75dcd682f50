import { afterEach, beforeEach, expect, test } from "vitest";
import type { TillLag } from "../metrics/port.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { TEA } from "../testing/shop.ts";
import { createMetrics } from "./metrics.ts";
import { buildServer } from "./server.ts";

const TOKEN = "a-token-for-the-metrics";

let parts: ServerForTests;
beforeEach(async () => {
  parts = await ServerForTests.open();
});
afterEach(() => parts.close());

const metricsOf = (storage = parts.storage) =>
  createMetrics(() => ({ storage, now: parts.clock.now, streams: () => 3 }));

test("are told to whoever has the token, and to nobody where there is none", async () => {
  const settings = { logger: null, consoleRoot: null };
  const app = await buildServer(parts.deps, { ...settings, metrics: { metrics: metricsOf(), token: TOKEN } });
  const ask = (token: string) =>
    app.inject({ url: "/metrics", headers: { authorization: `Bearer ${token}` } });
  expect((await app.inject("/metrics")).statusCode).toBe(401);
  expect((await ask("another-token-altogether")).statusCode).toBe(401);
  await app.inject("/hq/v1/customers/anna@example.com");
  const told = await ask(TOKEN);
  expect(told.statusCode).toBe(200);
  expect(told.body).toContain(
    'onetill_http_request_duration_seconds_count{method="GET",route="/hq/v1/customers/:id",status="4xx"} 1',
  );
  expect(told.body).not.toContain("anna");
  await app.close();
  const without = await buildServer(parts.deps, settings);
  expect((await without.inject("/metrics")).statusCode).toBe(404);
  await without.close();
});

test("tell what waits, how far feeds are and how far tills are behind", async () => {
  await parts.stockUp([TEA], 5);
  const { record } = await parts.pair();
  const device = await record();
  await parts.storage.write((tx) =>
    tx.noteContacts([{ device: device.id, at: parts.clock.now(), clockOffsetMs: 0 }]),
  );
  parts.clock.advance(90_000);
  const { text } = await metricsOf().read();
  expect(text).toContain("onetill_tills 1\n");
  expect(text).toContain('onetill_tills_silent{over_seconds="60"} 1');
  expect(text).toContain('onetill_till_silence_seconds{till="BER1-01"} 90');
  expect(text).toMatch(/onetill_feed_head\{feed="catalog"\} [1-9]/);
  expect(text).toContain('onetill_waiting{queue="mails"} 0');
  expect(text).toContain("onetill_on_duty 1\n");
  expect(text).toContain("onetill_streams 3\n");
});

test("name only the tills and feeds that matter most, however many there are", async () => {
  const lags = Array.from(
    { length: 3_000 },
    (_, at): TillLag => ({
      till: `S${at}-01`,
      lastSeenAt: parts.clock.now(),
      unsent: at,
      behind: at,
    }),
  );
  const tx = {
    workWaiting: async () => ({}),
    tillLags: async () => lags,
    feedHeads: async () =>
      new Map(Array.from({ length: 3_000 }, (_, at) => [`${at % 2 === 0 ? "store" : "prices"}:${at}`, at])),
  };
  const storage = {
    isOnDuty: true,
    read: (work: (of: typeof tx) => unknown) => work(tx),
  } as unknown as typeof parts.storage;
  const { text } = await metricsOf(storage).read();
  expect(text.match(/^onetill_till_unsent_entries\{/gm)).toHaveLength(20);
  expect(text).toContain('onetill_till_unsent_entries{till="S2999-01"} 2999');
  expect(text.match(/^onetill_feed_head\{/gm)).toHaveLength(51);
});
