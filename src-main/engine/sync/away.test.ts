import { setImmediate as nextTask } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { FakeServer, NEVER } from "../testing/fake-server.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";
import { CALL_TIMEOUT_MS } from "./server-client.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  till = await SyncedTill.upToDate(server);
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A page of a hotel's or a café's network, which answers everything until somebody signs in. */
function portal(): Response {
  return new Response("<html>Welcome! Please sign in.</html>", { headers: { "content-type": "text/html" } });
}

describe("a till whose server is away", () => {
  test("is offline since the moment it noticed, and online as soon as the server is heard again", async () => {
    till.clock.pass(MINUTE_MS);
    server.goDown();
    await till.until(({ link }) => link.state === "offline");
    expect(till.view.link).toEqual({ state: "offline", since: till.clock.now() });
    till.clock.pass(MINUTE_MS);
    server.comeBack();
    await till.tryingAgain(till.until(({ link }) => link.state === "online"));
  });

  test("does not dial again at the very moment that the line breaks, as a thousand others would with it", async () => {
    const dialled = server.asks.length;
    server.streams.end();
    await till.backingOff();
    expect(server.asks).toHaveLength(dialled);
    till.tryAgain();
    await server.asked("changes", 2);
  });

  test("is looked for at once when somebody says that the network is back, by all that rested", async () => {
    server.goDown();
    await till.until(({ link }) => link.state === "offline");
    await till.backingOff();
    server.comeBack();
    till.sync.syncNow();
    await till.until(({ link }) => link.state === "online");
  });

  test("starts on what it has: settings, staff, goods and unsent sales, and says since when it is offline", async () => {
    const since = till.clock.now();
    server.goDown();
    const sale = await till.sell();
    await till.stop();
    till.clock.pass(DAY_MS);
    await till.start();
    expect(till.view).toMatchObject({
      link: { state: "offline", since },
      firstSync: null,
      unsent: 1,
      oldestUnsentAt: since,
      lastContactAt: since,
      offlinePolicy: "ok",
    });
    expect(till.parts.replica.settings()?.name).toBe("Kreuzberg");
    expect(till.parts.replica.staff()).toHaveLength(2);
    expect((await till.parts.replica.ids("products")).size).toBe(2);
    expect(till.parts.journal.unsent()).toEqual([sale]);
    await till.sell();
    expect(till.view.unsent).toBe(2);
  });

  test("warns after the days that the store's settings name, and then asks for a manager", async () => {
    server.goDown();
    await till.until(({ link }) => link.state === "offline");
    const policies = Array.from({ length: 9 }, () => {
      till.clock.pass(DAY_MS);
      return till.view.offlinePolicy;
    });
    expect(policies).toEqual(["ok", "ok", "warn", "warn", "warn", "warn", "manager", "manager", "manager"]);
  });

  test("a sale waits for no try to reach the server: the back-off looks for it, however much is sold meanwhile", async () => {
    server.answerAlways("journal", () => {
      throw new TypeError("fetch failed");
    });
    await till.sell();
    await nextTask();
    await till.backingOff();
    const tries = server.asksOf("journal").length;
    for (let sale = 0; sale < 5; sale += 1) await till.sell();
    await nextTask();
    await nextTask();
    expect(server.asksOf("journal")).toHaveLength(tries);
    server.answerAlways("journal", null);
    till.tryAgain();
    await till.until(({ unsent }) => unsent === 0);
  });

  test("wakes every part that rests when one of them has heard the server", async () => {
    server.goDown();
    await till.until(({ link }) => link.state === "offline");
    await till.sell();
    await till.timers.until((rests) => rests.filter((ms) => ms < CALL_TIMEOUT_MS).length >= 2);
    server.comeBack();
    till.tryAgain();
    await till.until(({ unsent, link }) => unsent === 0 && link.state === "online");
    await till.resting();
    expect(server.streams.count).toBe(1);
  });
});

describe("a line that hangs", () => {
  test("S52 a stream that says nothing for three heartbeats is given up and opened anew", async () => {
    expect(server.streams.count).toBe(1);
    till.timers.pass(HEARTBEAT_MS * 3 - 1);
    expect(server.asksOf("changes")).toHaveLength(1);
    till.timers.pass(1);
    await till.backingOff();
    till.tryAgain();
    await server.asked("changes", 2);
  });

  test("S52 a stream that beats is kept, for hours", async () => {
    for (let beat = 0; beat < 40; beat += 1) {
      const heard = till.timers.until((rests) => rests.includes(HEARTBEAT_MS * 3));
      till.timers.pass(HEARTBEAT_MS);
      server.streams.beat();
      await heard;
      await nextTask();
    }
    expect(server.asksOf("changes")).toHaveLength(1);
  });

  test("a call that is not answered within half a minute counts as a broken line", async () => {
    server.answerNext("replica", NEVER);
    server.streams.wake("prices");
    await till.timers.until((rests) => rests.includes(30_000));
    till.timers.pass(30_000);
    await till.until(({ link }) => link.state === "offline");
  });

  test("does not hold up the closing of the till", async () => {
    server.answerAlways("replica", NEVER);
    server.answerAlways("journal", NEVER);
    await till.sell();
    server.streams.wake("prices");
    await server.asked("journal", 2);
    await till.stop();
    expect(till.timers.rests).toEqual([]);
  });
});

describe("something that answers and is no Onetill server", () => {
  test("is as good as no server: the till says offline, whatever it is told, and keeps what it has", async () => {
    for (const call of ["newer", "replica", "journal", "changes", "snapshot"] as const)
      server.answerAlways(call, portal);
    server.streams.cut();
    const sale = await till.sell();
    await till.until(({ link }) => link.state === "offline");
    const said: string[] = [];
    till.sync.watch(() => said.push(till.view.link.state));
    await till.tryingAgain(server.asked("changes", 10));
    expect(said).not.toContain("online");
    expect(till.parts.journal.unsent()).toEqual([sale]);
    expect((await till.parts.replica.ids("products")).size).toBe(2);
  });

  test.each([
    ["JSON of another kind", () => Response.json({ hello: "world" })],
    [
      "half of an answer",
      () => new Response('{"documents":[', { headers: { "content-type": "application/json" } }),
    ],
    ["nothing", () => new Response("")],
    ["an error page", () => new Response("<h1>404</h1>", { status: 404 })],
    ["a word of its own on who may ask", () => Response.json({ error: "login" }, { status: 401 })],
    [
      "a way to somewhere else",
      () => new Response(null, { status: 307, headers: { location: "http://portal.test/" } }),
    ],
  ])("that answers %s takes no sale and changes nothing", async (_, answer) => {
    server.answerAlways("journal", answer);
    const sale = await till.sell();
    await till.until(({ link }) => link.state === "offline");
    expect(till.parts.journal.unsent()).toEqual([sale]);
    expect(till.view.trouble).toBeNull();
    server.answerAlways("journal", null);
    await till.sell();
    await till.until(({ unsent, link }) => unsent === 0 && link.state === "online");
  });

  test("a first sync from it brings nothing, and is no defect of the till", async () => {
    await till.close();
    server = stockedServer(new FakeServer());
    server.answerAlways("snapshot", () => Response.json({ hello: "world" }));
    till = await SyncedTill.paired(server);
    await till.backingOff();
    await till.until(({ link }) => link.state === "offline");
    expect(till.view.firstSync).toMatchObject({ percent: 0 });
  });
});

describe("the two clocks", () => {
  test("S20 the till knows from each answer how far its own clock is off, and takes the network's delay for no drift", async () => {
    const offsets: number[] = [];
    for (const aheadMs of [0, 900, 3 * MINUTE_MS, 3 * MINUTE_MS + 900, -2 * MINUTE_MS]) {
      server.clockAheadMs = aheadMs;
      const asked = server.asksOf("replica", "prices").length;
      server.streams.wake("prices");
      await server.asked("replica", asked + 1, "prices");
      await till.resting();
      offsets.push(till.view.clockOffsetMs);
    }
    expect(offsets).toEqual([0, 0, -3 * MINUTE_MS, -3 * MINUTE_MS, 2 * MINUTE_MS]);
  });

  test("S20 a till that starts anew without the server goes on by the server's clock", async () => {
    server.clockAheadMs = 60 * MINUTE_MS;
    const asked = server.asksOf("replica", "prices").length;
    server.streams.wake("prices");
    await server.asked("replica", asked + 1, "prices");
    await till.resting();
    server.goDown();
    await till.restart();
    expect(till.view.clockOffsetMs).toBe(-60 * MINUTE_MS);
  });

  test("S20 the till says its time and its protocol with each call, and its token where it has one", () => {
    for (const { call, headers } of server.asks) {
      expect(headers.get("onetill-clock"), call).toMatch(/^\d{13}$/);
      expect(headers.get("onetill-protocol"), call).toBe(String(PROTOCOL_VERSION));
      expect(headers.get("authorization"), call).toBe(
        call === "enrol" ? null : "Bearer secret-token-of-this-till",
      );
    }
  });
});
