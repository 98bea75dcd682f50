import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import { PROGRAM_HEADER } from "#protocol/version.ts";
import { type Engine, startEngine } from "../engine.ts";
import { engineSettings } from "../testing/engine-settings.ts";
import { countingIds } from "../testing/fake-clock.ts";
import { FakeServer, PAIRING_CODE, SERVER } from "../testing/fake-server.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { FakeUpdater } from "../testing/fake-updater.ts";
import { pinVerifierOf } from "../testing/pin-verifier-of.ts";
import { JOHANNA, MIRA, MUG, SETTINGS } from "../testing/shop-fixture.ts";
import { stockedServer } from "../testing/synced-till.ts";
import { untilView } from "../testing/until-view.ts";

const PIN = "482913";
const WANTED = { version: "0.4.0", notBefore: instant(0) };
const MINUTE_MS = 60_000;

let folder: string;
let server: FakeServer;
let timers: FakeTimers;
let updater: FakeUpdater;
let engine: Engine;
let defects: unknown[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-update-"));
  server = stockedServer(new FakeServer());
  const pin = await pinVerifierOf(PIN);
  server.books.put("staff", { ...MIRA, pin }, { ...JOHANNA, pin });
  server.books.put("settings", { ...SETTINGS, update: WANTED });
  timers = new FakeTimers();
  updater = new FakeUpdater();
  defects = [];
  await start("0.3.0");
  expect(await engine.verbs.pair({ server: SERVER, code: PAIRING_CODE })).toMatchObject({ ok: true });
  await until("sync", ({ firstSync, unsent }) => firstSync === null && unsent === 0);
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
  expect(defects).toEqual([]);
});

async function start(version: string): Promise<void> {
  engine = await startEngine({
    ...engineSettings({ dataDir: folder, server, timers }),
    version,
    updater,
    newId: countingIds(`of-${version}`),
    onDefect: (what, error) => defects.push([what, error]),
  });
}

function until<W extends View>(view: W, wanted: (value: ViewValue<W>) => boolean): Promise<void> {
  return untilView(engine, view, wanted);
}

const now = () => engine.views.update.current().now;
const untilWaitsFor = (why: string) =>
  until("update", (update) => update.now.state === "waiting" && update.now.why === why);

async function signIn(staff: string): Promise<void> {
  expect(await engine.verbs.signIn({ staff: idOf<"Staff">(staff), pin: PIN })).toMatchObject({ ok: true });
}

async function ringUpMug(): Promise<void> {
  await until("catalog", ({ searchReady }) => searchReady === "full");
  expect(await engine.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
}

test("a sale is rung up, sold offline and sent before the till changes to the new version", async () => {
  expect(updater.asked).toEqual(["0.4.0"]);
  await signIn("mira");
  await ringUpMug();
  updater.end("downloaded");
  await untilWaitsFor("openBasket");
  // Locked with goods in the basket it is still the middle of a ticket.
  await engine.verbs.signOut({});
  await until("sync", ({ unsent }) => unsent === 0);
  await untilWaitsFor("openBasket");
  await signIn("johanna");
  expect(await engine.verbs.installUpdate({ approval: null })).toEqual({ ok: false, reason: "openBasket" });
  await signIn("mira");
  server.goDown();
  await until("sync", ({ link }) => link.state === "offline");
  const basket = engine.views.basket.current();
  await engine.verbs.takeCash({ tendered: basket!.remainingInCash });
  expect(await engine.verbs.completeSale({ basket: basket!.id })).toMatchObject({ ok: true });
  await engine.verbs.signOut({});
  await untilWaitsFor("unsentEntries");
  server.clock.pass(10 * MINUTE_MS);
  timers.hurry(60 * MINUTE_MS);
  expect(updater.installed).toEqual([]);
  server.comeBack();
  const installing = until("update", (update) => update.now.state === "installing");
  timers.hurry(60 * MINUTE_MS);
  await installing;
  expect(engine.views.sync.current().unsent).toBe(0);
  expect(server.books.entries.some(({ fact }) => fact.type === "ticket.completed")).toBe(true);
});

test("a manager has it installed at once; who may not set tills up asks for a word first", async () => {
  await signIn("mira");
  await until("sync", ({ unsent }) => unsent === 0);
  updater.end("downloaded");
  await until("update", (update) => update.now.state === "ready");
  expect(await engine.verbs.installUpdate({ approval: null })).toEqual({
    ok: false,
    reason: "approvalNeeded",
  });
  expect(updater.installed).toEqual([]);
  const approval = { manager: JOHANNA.id, pin: PIN };
  expect(await engine.verbs.installUpdate({ approval })).toEqual({ ok: true, value: {} });
  expect(updater.installed).toEqual(["0.4.0"]);
});

test("nothing is installed while somebody practises", async () => {
  await signIn("johanna");
  expect(await engine.verbs.startTraining({ approval: null })).toMatchObject({ ok: true });
  await until("sync", ({ unsent }) => unsent === 0);
  updater.end("downloaded");
  await untilWaitsFor("training");
  expect(await engine.verbs.installUpdate({ approval: null })).toEqual({ ok: false, reason: "training" });
  await engine.verbs.endTraining({});
  await until("update", (update) => update.now.state === "installing");
  expect(updater.installed).toEqual(["0.4.0"]);
});

test("the till tells the server which version it runs, and after the change the new one, on the same folder", async () => {
  expect(server.asks.map(({ headers }) => headers.get(PROGRAM_HEADER))).toContain("0.3.0");
  updater.end("downloaded");
  await until("update", (update) => update.now.state === "installing");
  await engine.close();
  const before = server.asks.length;
  updater = new FakeUpdater();
  await start("0.4.0");
  await until("sync", ({ link }) => link.state === "online");
  expect(now()).toEqual({ state: "upToDate" });
  expect(updater.asked).toEqual([]);
  const told = server.asks.slice(before).map(({ headers }) => headers.get(PROGRAM_HEADER));
  expect(new Set(told)).toEqual(new Set(["0.4.0"]));
});
