import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { FREE_PIN_ATTEMPTS } from "#domain/staff/pin.ts";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import { type Engine, startEngine } from "../engine.ts";
import { engineSettings } from "../testing/engine-settings.ts";
import { FakePrinter } from "../testing/fake-printer.ts";
import { FakeServer, PAIRING_CODE, SERVER } from "../testing/fake-server.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { pinVerifierOf } from "../testing/pin-verifier-of.ts";
import { euros, JOHANNA, MIRA, MUG } from "../testing/shop-fixture.ts";
import { stockedServer } from "../testing/synced-till.ts";
import { untilView } from "../testing/until-view.ts";
import { IDLE_MS } from "./front.ts";

const PIN = "482913";
const PRINTER = {
  id: null,
  name: "Counter",
  link: { kind: "network", host: "10.0.0.9", port: 9100 },
  model: null,
  columns: 48,
  purposes: ["receipt"],
  drawer: "pin2",
  approval: null,
} as const;

let folder: string;
let server: FakeServer;
let timers: FakeTimers;
let engine: Engine;
let printers: FakePrinter[];
let defects: unknown[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-training-"));
  server = stockedServer(new FakeServer());
  const pin = await pinVerifierOf(PIN);
  server.books.put("staff", { ...MIRA, pin }, { ...JOHANNA, pin });
  timers = new FakeTimers();
  printers = [];
  defects = [];
  engine = await start();
  expect(await engine.verbs.pair({ server: SERVER, code: PAIRING_CODE })).toMatchObject({ ok: true });
  await until("sync", ({ firstSync, unsent }) => firstSync === null && unsent === 0);
  await signIn("johanna");
  expect(await engine.verbs.setUpPrinter({ ...PRINTER, purposes: ["receipt"] })).toMatchObject({ ok: true });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
  expect(defects).toEqual([]);
});

function start(): Promise<Engine> {
  return startEngine({
    ...engineSettings({ dataDir: folder, server, timers }),
    openPrinter: (setup) => {
      const printer = new FakePrinter(setup);
      printers.push(printer);
      return printer;
    },
    onDefect: (what, error) => defects.push([what, error]),
  });
}

function until<W extends View>(view: W, wanted: (value: ViewValue<W>) => boolean): Promise<void> {
  return untilView(engine, view, wanted);
}

async function signIn(staff: string): Promise<void> {
  expect(await engine.verbs.signIn({ staff: idOf<"Staff">(staff), pin: PIN })).toMatchObject({ ok: true });
}

/** Sells a mug for cash; answers the receipt's number. */
async function sell(): Promise<string> {
  const rung = await engine.verbs.addItem({ variant: MUG, quantity: 1 });
  if (!rung.ok) throw new Error(rung.reason);
  const due = engine.views.basket.current()?.remainingInCash;
  if (due === undefined) throw new Error("nothing is rung up");
  await engine.verbs.takeCash({ tendered: due });
  const sold = await engine.verbs.completeSale({ basket: rung.value.id });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value.receipt.number;
}

async function train(): Promise<void> {
  expect(await engine.verbs.startTraining({ approval: null })).toEqual({ ok: true, value: {} });
  await signIn("mira");
  await until("catalog", ({ searchReady }) => searchReady === "full");
}

/** All that the real till has on disk that nobody may lose; wrong PINs alone are counted there for both tills. */
function realJournal(): readonly unknown[] {
  const file = new DatabaseSync(join(folder, "journal.sqlite"), { readOnly: true });
  const rows = ["journal", "drafts"].map((name) =>
    file.prepare(`SELECT id, data FROM "journal/${name}/0" WHERE id NOT LIKE 'pin:%' ORDER BY id`).all(),
  );
  file.close();
  return rows;
}

const papers = () => printers.flatMap(({ printed }) => printed);
const isMark = (row: ReceiptRow | undefined) => row?.kind === "big" && row.left.startsWith("ÜBUNG");

test("what is sold in training is nowhere afterwards: not at the server, not in the real journal, and the real numbers go on without a gap", async () => {
  await until("catalog", ({ searchReady }) => searchReady === "full");
  expect(await sell()).toBe("BER1-03-000001");
  const kicks = () => printers.reduce((sum, printer) => sum + printer.kicks, 0);
  const before = { kicks: kicks(), papers: papers().length };
  await train();
  await until("sync", ({ unsent }) => unsent === 0);
  const journal = realJournal();
  const asks = server.asks.length;
  expect(await sell()).toBe("BER1-T03-000001");
  expect(await sell()).toBe("BER1-T03-000002");
  expect(await engine.verbs.openDrawer({ reason: "change", approval: null })).toBeDefined();
  expect(engine.views.sync.current()).toMatchObject({ unsent: 0, link: { state: "online" }, trouble: null });
  expect(kicks()).toBe(before.kicks);
  const practised = papers().slice(before.papers);
  expect(practised).toHaveLength(2);
  for (const paper of practised) {
    expect(isMark(paper.find(({ kind }) => kind === "big"))).toBe(true);
    expect(isMark(paper.at(-1))).toBe(true);
    expect(paper.some(({ kind }) => kind === "qr" || kind === "barcode")).toBe(false);
  }
  expect(await engine.verbs.recentTickets({ limit: 9 })).toHaveLength(2);

  expect(await engine.verbs.endTraining({})).toEqual({ ok: true, value: {} });
  expect(existsSync(join(folder, "training"))).toBe(false);
  expect(realJournal()).toEqual(journal);
  expect(server.asks.slice(asks).filter(({ call }) => call === "journal")).toEqual([]);
  expect(engine.views.session.current()).toMatchObject({ state: "locked" });
  await signIn("mira");
  expect(await sell()).toBe("BER1-03-000002");
  await until("sync", ({ unsent }) => unsent === 0);
  expect(JSON.stringify(server.books.entries)).not.toContain("T03");
});

test("wrong PINs that are tried in training count at the till, and a training begun anew forgives none", async () => {
  await signIn("mira");
  await train();
  const guess = () => engine.verbs.signIn({ staff: JOHANNA.id, pin: "000000" });
  for (let tries = 0; tries <= FREE_PIN_ATTEMPTS; tries += 1)
    expect(await guess()).toMatchObject({ reason: "wrongPin" });
  await engine.verbs.endTraining({});
  expect(await guess()).toMatchObject({ reason: "throttled" });
  await signIn("mira");
  await train();
  expect(await guess()).toMatchObject({ reason: "throttled" });
});

test("training begins only where somebody is at the till, and with nothing rung up", async () => {
  const approval = { manager: JOHANNA.id, pin: PIN };
  await engine.verbs.signOut({});
  expect(await engine.verbs.startTraining({ approval })).toEqual({ ok: false, reason: "notSignedIn" });
  await signIn("mira");
  await engine.verbs.addItem({ variant: MUG, quantity: 1 });
  expect(await engine.verbs.startTraining({ approval })).toEqual({ ok: false, reason: "saleOpen" });
  await engine.verbs.parkBasket({ label: "" });
  expect(await engine.verbs.startTraining({ approval })).toEqual({ ok: true, value: {} });
  expect(engine.views.training.current()).toEqual({ since: server.clock.now() });
  expect(engine.views.parked.current()).toEqual([]);
  await engine.verbs.endTraining({});
  expect(await engine.verbs.endTraining({})).toEqual({ ok: false, reason: "notTraining" });
  await signIn("mira");
  expect(engine.views.parked.current()).toHaveLength(1);
});

test("a customer who is made up in training can be changed there: no key of the real till's customers is missed", async () => {
  await train();
  const made = await engine.verbs.registerCustomer({ changes: { name: "Ada" }, consents: [] });
  if (!made.ok) throw new Error(made.reason);
  const { id: customer } = made.value;
  expect(
    await engine.verbs.editCustomer({ customer, changes: { name: "Ada L." }, consents: [] }),
  ).toMatchObject({ ok: true, value: { name: "Ada L." } });
  expect(engine.views.sync.current()?.customersNeedConnection).toBe(false);
});

test("whoever watches the till sees the other one the moment training begins and ends", async () => {
  const seen: string[] = [];
  const stop = engine.views.session.watch(() => seen.push(engine.views.session.current().state));
  await train();
  expect(seen.at(-1)).toBe("open");
  await engine.verbs.endTraining({});
  expect(seen.at(-1)).toBe("locked");
  stop();
});

test("a training that everybody left is over by itself", async () => {
  await train();
  timers.pass(IDLE_MS - 1);
  expect(engine.views.training.current()).not.toBeNull();
  await engine.verbs.addItem({ variant: MUG, quantity: 1 });
  timers.pass(IDLE_MS - 1);
  expect(engine.views.training.current()).not.toBeNull();
  timers.pass(1);
  await until("training", (training) => training === null);
  expect(engine.views.session.current()).toMatchObject({ state: "locked" });
});

test("a till that was killed in training comes back as the real one, and nothing of the training is left", async () => {
  await train();
  await engine.close();
  mkdirSync(join(folder, "training"));
  writeFileSync(join(folder, "training", "journal.sqlite"), "left behind");
  engine = await start();
  expect(engine.views.training.current()).toBeNull();
  expect(existsSync(join(folder, "training"))).toBe(false);
  await signIn("mira");
  expect(await sell()).toBe("BER1-03-000001");
});

test("without the server for longer than its rules allow, there is still practice", async () => {
  server.goDown();
  await train();
  server.clock.pass(30 * 86_400_000);
  await engine.verbs.signOut({});
  await signIn("mira");
  expect(await sell()).toBe("BER1-T03-000001");
});

test("whatever is done in training, the server and the real journal never hear of it", async () => {
  await train();
  await until("sync", ({ unsent }) => unsent === 0);
  const journal = realJournal();
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    sell,
    ring: () => engine.verbs.addItem({ variant: MUG, quantity: 2 }),
    park: () => engine.verbs.parkBasket({ label: "for later" }),
    discard: async () => {
      const basket = engine.views.basket.current();
      if (basket !== null) await engine.verbs.discardBasket({ basket: basket.id });
    },
    lock: () => engine.verbs.signOut({}).then(() => signIn("mira")),
    cash: () =>
      engine.verbs.moveCash({
        kind: "in",
        amount: euros(500),
        reason: "change",
        approval: { manager: JOHANNA.id, pin: PIN },
      }),
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 8 }), async (names) => {
      for (const name of names) await acts[name]?.().catch(() => undefined);
      expect(realJournal()).toEqual(journal);
      expect(server.asks.filter(({ body }) => JSON.stringify(body ?? null).includes("training-"))).toEqual(
        [],
      );
    }),
    { numRuns: 15 },
  );
});
