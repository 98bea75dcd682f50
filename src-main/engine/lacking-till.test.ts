import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { healthSchema } from "#protocol/sync/health.ts";
import type { Records } from "#protocol/sync/records.ts";
import type { Approval } from "#protocol/till/approval.ts";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import { JOURNAL_FILE } from "./database.ts";
import { type Engine, startEngine } from "./engine.ts";
import { openAppendFile } from "./journal/append-file.ts";
import { JournalDamaged } from "./journal/journal-document.ts";
import { JournalLacks } from "./journal/lacking.ts";
import { RECORDS_FILE } from "./journal/own-records.ts";
import { COPY_FILE } from "./journal/second-copy.ts";
import { engineSettings } from "./testing/engine-settings.ts";
import { FakeServer, PAIRING_CODE, refusal, SERVER } from "./testing/fake-server.ts";
import { FakeTimers } from "./testing/fake-timers.ts";
import { JOHANNAS_WORD, MIRA, verifyPlainPin } from "./testing/shop-fixture.ts";
import { stockedServer } from "./testing/synced-till.ts";
import { untilView } from "./testing/until-view.ts";

const REST_MS = 5 * 60_000;
/** Of its health, once it is connected. */
const TOLD_WITHIN_MS = 3_000;
/** What it tells HQ of its health has the same rest. */
const restsBeforeItAsks = (rests: readonly number[]) => rests.filter((ms) => ms === REST_MS).length === 2;

let folder: string;
let server: FakeServer;
let engine: Engine | null;
let defects: [string, unknown][];
let timers: FakeTimers;
/** The disk has no room for the journal's second copy. */
let isFull: boolean;
/** The journal's database cannot be opened any more. */
let isLocked: boolean;
/** What ended the till by itself. */
let ended: unknown[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-lacking-"));
  server = stockedServer(new FakeServer());
  engine = null;
  defects = [];
  isFull = false;
  isLocked = false;
  ended = [];
  const till = await start();
  await till.verbs.pair({ server: SERVER, code: PAIRING_CODE });
  await until(
    "sync",
    ({ firstSync, unsent, link }) => firstSync === null && unsent === 0 && link.state === "online",
  );
});
afterEach(async () => {
  await engine?.close();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<Engine> {
  timers = new FakeTimers();
  engine = await startEngine({
    ...engineSettings({ dataDir: folder, server, timers }),
    openFile: (file, options) => {
      if (isLocked && file === join(folder, JOURNAL_FILE))
        throw Object.assign(new Error("attempt to write a readonly database"), { errcode: 8 });
      return new DatabaseSync(file, options);
    },
    openAppend: (file) => {
      if (isFull && file === join(folder, COPY_FILE))
        throw Object.assign(new Error("no space"), { code: "ENOSPC" });
      return openAppendFile(file);
    },
    verifyPin: verifyPlainPin,
    onDefect: (what, error) => defects.push([what, error]),
    onEnded: (error) => ended.push(error),
  });
  return engine;
}

async function stop(): Promise<void> {
  await engine?.close();
  engine = null;
}

function now(): Engine {
  if (engine === null) throw new Error("the till is not running");
  return engine;
}

/** Resolves as soon as a view is as wanted. */
function until<W extends View>(view: W, wanted: (value: ViewValue<W>) => boolean): Promise<void> {
  return untilView(now(), view, wanted);
}

const untilRecords = (state: string) => until("sync", ({ records }) => records?.[0]?.state === state);
const sent = () => until("sync", ({ unsent }) => unsent === 0);
const signIn = () => now().verbs.signIn({ staff: MIRA.id, pin: "111111" });

const confirmed = (read: readonly Records[], approval: Approval | null = null) =>
  now().verbs.confirmRecords({ words: read.map(({ state, at }) => ({ state, at })), approval });

/** Each writes an entry: 1/2, 1/3, and so on. */
async function signInAndOut(): Promise<void> {
  expect(await signIn()).toMatchObject({ ok: true });
  expect(await now().verbs.signOut({})).toMatchObject({ ok: true });
}

/** Hurts an entry of the first epoch in both copies of a till that is off. */
function hurt(seq: number): void {
  const path = join(folder, COPY_FILE);
  const lines = readFileSync(path, "latin1").split("\n");
  lines[seq - 1] = (lines[seq - 1] ?? "").replace('"seq":', '"sea":');
  writeFileSync(path, lines.join("\n"), "latin1");
  const database = new DatabaseSync(join(folder, JOURNAL_FILE));
  database.exec(`UPDATE "journal/journal/0" SET data = '{}' WHERE id LIKE '%00${seq}'`);
  database.close();
}

/** Both copies of a till that is off lose the end of their last entry. */
function cutEnds(): void {
  const path = join(folder, COPY_FILE);
  const lines = readFileSync(path);
  writeFileSync(path, lines.subarray(0, lines.lastIndexOf("}") - 50));
  writeFileSync(join(folder, JOURNAL_FILE), "x".repeat(100_000));
}

const lentKey = () => JSON.parse(readFileSync(join(folder, "keys.json"), "utf8")).lent;

/** Seqs of what the server has. */
const booked = () => server.books.entries.map(({ epoch, seq }) => `${epoch}/${seq}`);

describe("S4e a till whose two copies are hurt at the same entry", () => {
  test("has it from the server, and goes on in its epoch behind what it wrote last", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(2);
    await start();
    await untilRecords("given");
    expect(now().views.session.current()).toMatchObject({ state: "locked" });
    expect(defects.map(([what, error]) => [what, error instanceof JournalLacks])).toEqual([
      ["journal", true],
    ]);
    await signInAndOut();
    await sent();
    expect(booked()).toEqual(["1/1", "1/2", "1/3", "1/4", "1/5"]);
    expect(server.books.keptAside).toEqual([]);
    await stop();
    await start();
    const { records = [] } = now().views.sync.current();
    expect(records).toMatchObject([{ state: "given" }]);
    expect(await confirmed(records)).toEqual({ ok: false, reason: "notSignedIn" });
    expect(await signIn()).toMatchObject({ ok: true });
    expect(await confirmed(records)).toMatchObject({ ok: true });
    expect(now().views.sync.current().records).toBeUndefined();
    await stop();
    await start();
    expect(now().views.sync.current().records).toBeUndefined();
  });

  test("waits where the server is away, writes nothing and says so, and goes on by itself", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(3);
    server.goDown();
    await start();
    expect(now().views.sync.current().records).toMatchObject([{ state: "asking" }]);
    expect(await signIn()).toMatchObject({ ok: false, reason: "storage" });
    const given = untilRecords("given");
    server.comeBack();
    await now().verbs.syncNow({});
    await given;
    expect(await signIn()).toMatchObject({ ok: true });
    await sent();
    expect(booked()).toEqual(["1/1", "1/2", "1/3", "1/4"]);
  });

  test("sends what was whole behind it and the server never had", async () => {
    await signInAndOut();
    await sent();
    server.goDown();
    await signInAndOut();
    await stop();
    hurt(2);
    server.comeBack();
    await start();
    await untilRecords("given");
    await sent();
    expect(booked()).toEqual(["1/1", "1/2", "1/3", "1/4", "1/5"]);
  });

  test("that the server never had writes nothing, and says between which entries it is missing", async () => {
    server.goDown();
    await signInAndOut();
    await stop();
    hurt(2);
    const file = () => readFileSync(join(folder, COPY_FILE), "base64");
    const before = file();
    server.comeBack();
    await start();
    await untilRecords("incomplete");
    const { records, unsent } = now().views.sync.current();
    expect(records?.[0]?.missing).toEqual([
      { from: expect.any(Number), until: expect.any(Number), firstReceipt: null, lastReceipt: null },
    ]);
    expect(unsent).toBe(0);
    expect(await signIn()).toMatchObject({ ok: false, reason: "storage" });
    await stop();
    expect(file()).toBe(before);
    expect(booked()).toEqual(["1/1"]);
  });

  test("whose disk has no room for what it was given asks again later", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(2);
    isFull = true;
    await start();
    await timers.until((rests) => defects.length === 2 && restsBeforeItAsks(rests));
    expect(now().views.sync.current().records).toMatchObject([{ state: "asking" }]);
    expect(await signIn()).toMatchObject({ ok: false, reason: "storage" });
    isFull = false;
    const mended = until("sync", ({ records }) => records === undefined);
    timers.hurry(REST_MS);
    await mended;
    expect(await signIn()).toMatchObject({ ok: true });
    await sent();
    expect(booked()).toEqual(["1/1", "1/2", "1/3", "1/4"]);
  });

  test("waits on where the server is of before there was the question", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(2);
    server.knowsOwnJournal = false;
    await start();
    // It has heard the answer, and asks again later.
    await timers.until(restsBeforeItAsks);
    expect(now().views.sync.current().records).toMatchObject([{ state: "asking" }]);
  });

  test("does not take another till's word for its own", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(2);
    const [, second] = server.books.entries;
    const forged = { ...second!, at: server.clock.now() + 1 };
    server.answerAlways("journal", () =>
      Response.json({ entries: [forged], serverTime: server.clock.now() }),
    );
    await start();
    await untilRecords("incomplete");
  });

  test("that HQ has revoked says so, and writes nothing either", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(2);
    const aside = join(folder, "set-aside", "1");
    mkdirSync(aside, { recursive: true });
    for (const name of [JOURNAL_FILE, COPY_FILE]) writeFileSync(join(aside, name), "of earlier damage");
    server.answerAlways("journal", () => refusal(403, "deviceRevoked"));
    await start();
    expect(now().views.sync.current().firstSync).toBeNull();
    // What it read of the shop is wiped: of that there is a first sync again.
    await until("sync", ({ trouble, firstSync }) => trouble === "deviceRevoked" && firstSync !== null);
    expect(now().views.sync.current().records).toMatchObject([{ state: "asking" }]);
    expect(readdirSync(aside)).toEqual([COPY_FILE]);
    await stop();
    expect(lentKey()).toBeNull();
  });

  test("gives the lent key back as long as it hears of nobody who is erased, and borrows it again", async () => {
    await signInAndOut();
    await sent();
    expect(lentKey()).not.toBeNull();
    await stop();
    hurt(2);
    server.goDown();
    await start();
    expect(lentKey()).toBeNull();
    expect(now().views.sync.current().customersNeedConnection).toBe(true);
    server.comeBack();
    await now().verbs.syncNow({});
    await untilRecords("given");
    await until("sync", ({ customersNeedConnection }) => !customersNeedConnection);
    expect(lentKey()).not.toBeNull();
  });

  test("does not ask a server that forgot it to be let in: it would say of itself what will not be so any more", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(2);
    server.forgotTill = true;
    await start();
    await until("sync", ({ trouble }) => trouble === "notKnown");
    expect(server.asksOf("let-in")).toEqual([]);
    server.forgotTill = false;
    await now().verbs.syncNow({});
    await untilRecords("given");
    expect(now().views.sync.current().trouble).toBeNull();
  });

  test("whose own journal cannot be opened with what it was given ends, as at any other start", async () => {
    await signInAndOut();
    await sent();
    await stop();
    hurt(2);
    server.goDown();
    await start();
    isLocked = true;
    server.comeBack();
    await now().verbs.syncNow({});
    await expect.poll(() => ended).toEqual([expect.objectContaining({ errcode: 8 })]);
    await expect(now().verbs.syncNow({})).rejects.toThrow("readonly");
  });

  test("begins no journal in its place, also where it is told to pair", async () => {
    await stop();
    hurt(1);
    const identity = join(folder, "identity.json");
    const saved = JSON.parse(readFileSync(identity, "utf8"));
    writeFileSync(identity, JSON.stringify({ ...saved, lastContactAt: null }));
    server.goDown();
    await start();
    expect(await now().verbs.pair({ server: SERVER, code: PAIRING_CODE })).toEqual({
      ok: false,
      reason: "alreadyPaired",
    });
    expect(now().views.sync.current()).toMatchObject({ unsent: 0, records: [{ state: "asking" }] });
    expect(await signIn()).toMatchObject({ ok: false, reason: "storage" });
  });

  test("and that lost its pairing as well does not start", async () => {
    await signInAndOut();
    await stop();
    hurt(2);
    rmSync(join(folder, "identity.json"));
    await expect(start()).rejects.toThrow(JournalDamaged);
  });
});

test("a till whose end nobody can tell says so after restarts and beside that its second copy cannot be written, until a manager confirms it, and tells HQ", async () => {
  await signInAndOut();
  await sent();
  server.goDown();
  expect(await signIn()).toMatchObject({ ok: true });
  await stop();
  cutEnds();
  server.comeBack();
  await start();
  await until("sync", ({ records }) => records?.[0]?.missing !== undefined);
  await stop();
  writeFileSync(join(folder, COPY_FILE), "of damage that cannot be mended");
  isFull = true;
  await start();
  const { records = [] } = now().views.sync.current();
  expect(records).toMatchObject([
    { state: "oneCopy" },
    { state: "database", missing: [{ lastReceipt: null }] },
  ]);
  await vi.waitFor(() => {
    timers.hurry(TOLD_WITHIN_MS);
    expect(server.asksOf("health").map(({ body }) => healthSchema.parse(body).records)).toContainEqual(
      records,
    );
  });
  expect(await signIn()).toMatchObject({ ok: true });
  expect(await confirmed(records)).toEqual({ ok: false, reason: "approvalNeeded" });
  expect(await confirmed(records, JOHANNAS_WORD)).toMatchObject({ ok: true });
  await sent();
  expect(server.books.entries.at(-1)?.fact).toMatchObject({
    type: "action.approved",
    permission: "devices.setUp",
    approvedBy: JOHANNAS_WORD.manager,
    what: expect.stringMatching(/^In question: no receipt known \(after .* UTC\)$/),
  });
  expect(now().views.sync.current().records).toMatchObject([{ state: "oneCopy" }]);
  isFull = false;
  await stop();
  await start();
  expect(now().views.sync.current().records).toMatchObject([{ state: "copy" }]);
  // HQ had not heard of it before the till was shut down.
  await vi.waitFor(() => {
    timers.hurry(TOLD_WITHIN_MS);
    const told = server.asksOf("health").map(({ body }) => healthSchema.parse(body).records);
    expect(told.at(-1)).toMatchObject([
      { state: "copy" },
      { state: "database", missing: [{ lastReceipt: null }], confirmedAt: expect.any(Number) },
    ]);
    expect(JSON.parse(readFileSync(join(folder, RECORDS_FILE), "utf8"))).toMatchObject({ confirmed: [] });
  });
});
