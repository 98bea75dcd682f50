import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import { type Engine, startEngine } from "./engine.ts";
import { FolderInUse } from "./folder-lock.ts";
import { engineSettings } from "./testing/engine-settings.ts";
import { FakeServer, NEVER, PAIRING_CODE, SERVER } from "./testing/fake-server.ts";
import { FakeTimers } from "./testing/fake-timers.ts";
import { product } from "./testing/shop-fixture.ts";
import { stockedServer } from "./testing/synced-till.ts";
import { untilView } from "./testing/until-view.ts";

let folder: string;
let server: FakeServer;
let timers: FakeTimers;
let engine: Engine | null;
let defects: unknown[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-engine-"));
  server = stockedServer(new FakeServer());
  timers = new FakeTimers();
  engine = null;
  defects = [];
});
afterEach(async () => {
  await engine?.close();
  rmSync(folder, { recursive: true });
  expect(defects).toEqual([]);
});

async function start(): Promise<Engine> {
  engine = await startEngine({
    ...engineSettings({ dataDir: folder, server, timers }),
    onDefect: (what, error) => defects.push([what, error]),
  });
  return engine;
}

async function stop(): Promise<void> {
  await engine?.close();
  engine = null;
}

/** Resolves as soon as a view is as wanted. */
function until<W extends View>(view: W, wanted: (value: ViewValue<W>) => boolean): Promise<void> {
  return untilView(engine as Engine, view, wanted);
}

async function pairedTill(): Promise<Engine> {
  const till = await start();
  expect(await till.verbs.pair({ server: SERVER, code: PAIRING_CODE })).toEqual({ ok: true, value: {} });
  await until("sync", ({ firstSync, unsent }) => firstSync === null && unsent === 0);
  return till;
}

/** What is in the journal's file, as any other program would read it. */
function entriesInFile(): number {
  const file = new DatabaseSync(join(folder, "journal.sqlite"), { readOnly: true });
  const row = file.prepare('SELECT count(*) AS entries FROM "journal/journal/0"').get();
  file.close();
  return Number(row?.entries);
}

describe("a till that is started", () => {
  test("for the first time asks to be paired, without any network", async () => {
    server.goDown();
    const { views } = await start();
    expect(views.session.current()).toEqual({ state: "unpaired" });
    expect(views.sync.current()).toMatchObject({
      link: { state: "neverOnline" },
      firstSync: null,
      unsent: 0,
    });
    expect(server.asks).toEqual([]);
  });

  test("greets its staff as soon as settings and staff are there, while goods still arrive", async () => {
    server.answerAlways("snapshot", (ask) => (ask.name === "products" ? NEVER(ask) : server.answer(ask)));
    const till = await start();
    await till.verbs.pair({ server: SERVER, code: PAIRING_CODE });
    await server.asked("snapshot", 1, "products");
    expect(till.views.session.current()).toMatchObject({ state: "locked" });
    expect(till.views.sync.current().firstSync).toMatchObject({ collection: "products" });
  });

  test("in the morning without a network knows its people, its goods and since when it is offline", async () => {
    await pairedTill();
    await stop();
    server.goDown();
    const till = await start();
    await until("catalog", ({ searchReady }) => searchReady === "full");
    expect(till.views.session.current()).toMatchObject({
      state: "locked",
      storeName: "Kreuzberg",
      register: 3,
    });
    expect(till.views.sync.current().link).toMatchObject({ state: "offline" });
    expect(await till.verbs.search({ text: "mug", limit: 5 })).toMatchObject([{ onHand: 12 }]);
  });

  test("asked to pair twice at once pairs once", async () => {
    const till = await start();
    const pair = { server: SERVER, code: PAIRING_CODE };
    const answers = await Promise.all([till.verbs.pair(pair), till.verbs.pair(pair)]);
    expect(answers).toEqual([
      { ok: true, value: {} },
      { ok: false, reason: "alreadyPaired" },
    ]);
    expect(server.asksOf("enrol")).toHaveLength(1);
  });

  test("a second time on the same folder is refused: two tills would write one journal", async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(FolderInUse);
    engine = first;
    await stop();
    await start();
  });

  test("ends all that it does when it is closed, and can be started again at once", async () => {
    server.answerAlways("replica", NEVER);
    const till = await start();
    await till.verbs.pair({ server: SERVER, code: PAIRING_CODE });
    await server.asked("replica", 1);
    await stop();
    expect(timers.rests).toEqual([]);
    expect(server.streams.count).toBe(0);
    server.answerAlways("replica", null);
    await start();
    await until("sync", ({ firstSync }) => firstSync === null);
  });
});

describe("a till that nobody touches", () => {
  const REST_MS = 10 * 60_000;

  test("has what it read looked through once it rests, not where somebody just did something, and no more once it is closed", async () => {
    let looks = 0;
    const openFile = (file: string) =>
      new (class extends DatabaseSync {
        override prepare(sql: string): StatementSync {
          if (sql.includes("quick_check")) looks += 1;
          return super.prepare(sql);
        }
      })(file);
    engine = await startEngine({ ...engineSettings({ dataDir: folder, server, timers }), openFile });
    const rested = async (): Promise<number> => {
      timers.pass(REST_MS);
      await new Promise((others) => setImmediate(others));
      return looks;
    };
    await engine.verbs.syncNow({});
    expect(await rested()).toBe(0);
    expect(await rested()).toBe(1);
    await stop();
    expect(timers.rests).toEqual([]);
  });
});

describe("a till whose disk was hurt", () => {
  test.each<[string, (file: string) => void]>([
    ["is no database any more", (file) => writeFileSync(file, "x".repeat(100_000))],
    ["is cut off", (file) => truncateSync(file, 5_000)],
    [
      "has lost the word on how far it had come",
      (file) => {
        const database = new DatabaseSync(file);
        database.exec(`UPDATE "replica/positions/0" SET data = replace(data, 'checkpoint', 'nonsense')`);
        database.close();
      },
    ],
  ])(
    "in its replica, which %s, takes a fresh one by itself: everything in it can be pulled again",
    async (_, hurt) => {
      await pairedTill();
      await stop();
      hurt(join(folder, "replica-2.sqlite"));
      server.books.put("products", product("new"));
      const till = await start();
      await until("sync", ({ firstSync, link }) => firstSync === null && link.state === "online");
      await until("catalog", ({ products }) => products === 3);
      expect(till.views.session.current()).toMatchObject({ state: "locked" });
      expect(entriesInFile()).toBe(1);
      expect(server.books.entries).toHaveLength(1);
      expect(defects.splice(0).map((defect) => (defect as unknown[])[0])).toEqual(["replica"]);
    },
  );
});
