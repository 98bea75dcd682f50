import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import { money } from "#domain/money/money.ts";
import { keyIdOf } from "#domain/returns/code/key-id.ts";
import { dayReport } from "#domain/shift/day-report.ts";
import { foldDay } from "#domain/shift/fold-day.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { type EnrolAnswer, enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { type PushAnswer, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { openZip } from "../archive/read.ts";
import { zipped } from "../archive/zip.ts";
import { exportFiles } from "../audit/export-files.ts";
import { type Judgement, judgeExport } from "../audit/judge-export.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { ensureReceiptKeys, sha256 } from "../receipts/keys.ts";
import { writeDay } from "../testing/audited-day.ts";
import { BERLIN, CUP, EUR } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import { PAIRING_CODE_TTL_MS } from "./enrol.ts";
import { RECEIPTS_FEED } from "./feeds.ts";

const SHIFT = idOf<"Shift">("shift-2");
const MIRA = idOf<"Staff">("mira");
const DAY = idOf<"BusinessDay">("2027-01-15");

let http: HttpForTests;
let before: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  before = await http.pair();
});
afterEach(() => http.close());

const device = () => before.till.device;
const exceptions = () => http.parts.storage.read((tx) => tx.exceptions(99));

async function code(): Promise<string> {
  const made = await http.hq(`/hq/v1/tills/${device()}/take-over`, { method: "POST" });
  return pairAnswerSchema.parse(await made.json()).code;
}

function enrol(kind: "pair" | "takeOver", code: string, { publicKey }: TestTill): Promise<Response> {
  const body = { kind, code, publicKey, name: "Another machine" };
  return http.ask("/sync/v1/enrol", { method: "POST", body });
}

interface Successor extends HttpTill {
  readonly enrolment: EnrolAnswer;
}

/** Another machine takes the register over, and begins to write. */
async function takenOver(machine = new TestTill({ store: BERLIN.store })): Promise<Successor> {
  const answer = await enrol("takeOver", await code(), machine);
  const enrolment = enrolAnswerSchema.parse(await answer.json());
  machine.goOn(enrolment);
  return { till: machine, enrolment, token: enrolment.token ?? "" };
}

async function push(from: HttpTill, entries = from.till.entries): Promise<PushAnswer> {
  return pushAnswerSchema.parse(await (await http.push(from, entries)).json());
}

async function judged(): Promise<Judgement> {
  const pieces: Uint8Array[] = [];
  const madeAt = http.parts.clock.now();
  await http.parts.storage.read(async (tx) => {
    const days = { from: null, until: null };
    const files = exportFiles(tx, { format: "journal", store: BERLIN, register: null, days, madeAt });
    for await (const piece of zipped(files, new Date(madeAt))) pieces.push(piece);
  });
  return judgeExport(openZip(Buffer.concat(pieces)), { pinned: null, manifestHash: null });
}

const numbers = ({ entries }: TestTill) => entries.flatMap(({ fact }) => ticketOf(fact)?.number ?? []);

test("S4b a till that has lost its journal goes on by itself, in its next epoch, where the server knows it; an auditor finds nothing wrong", async () => {
  writeDay(before.till);
  await push(before);
  const last = before.till.entries.at(-1);
  const signature = before.till.sign(`onetill.journal.v1:next-epoch:${device()}:1`);
  const ask = async (more: object) => {
    const body = { kind: "nextEpoch", epoch: 1, signature, ...more };
    return enrolAnswerSchema.parse(
      await (await http.ask("/sync/v1/enrol", { method: "POST", token: before.token, body })).json(),
    );
  };
  const enrolment = await ask({ lost: true });
  expect(enrolment).toMatchObject({
    epoch: 2,
    token: null,
    takenOver: { nextReceipt: 6, previous: { epoch: 1, seq: last?.seq, hash: last?.hash } },
  });
  // The answer was lost, and is the same the next time.
  expect(await ask({ lost: true })).toEqual(enrolment);
  before.till.entries.length = 0;
  before.till.goOn(enrolment);
  before.till.sell([{ variant: CUP, quantity: 1 }]);
  expect(await push(before)).toMatchObject({ ok: true, acknowledged: 2 });
  expect(numbers(before.till)).toEqual(["BER1-01-000006"]);
  expect((await exceptions()).map(({ kind }) => kind)).not.toContain("forked");
  expect((await exceptions()).map(({ kind }) => kind)).not.toContain("receiptGap");
  expect((await judged()).findings).toEqual([]);
  // One that has only forked is told nothing of the kind.
  expect(
    (await ask({ epoch: 2, signature: before.till.sign(`onetill.journal.v1:next-epoch:${device()}:2`) }))
      .takenOver,
  ).toBeUndefined();
});

describe("a register goes on at another machine", () => {
  test("as the same till, in its next epoch, with the receipt number after the last that the server knows", async () => {
    writeDay(before.till);
    await push(before);
    const after = await takenOver();
    const last = before.till.entries.at(-1);
    expect(after.enrolment).toMatchObject({
      device: device(),
      register: 1,
      epoch: 2,
      takenOver: {
        nextReceipt: 6,
        previous: { epoch: 1, seq: last?.seq, hash: last?.hash },
        day: { last: { number: 1, grandTotal: money(8_380, EUR) }, drawers: [] },
      },
    });
    after.till.sell([{ variant: CUP, quantity: 1 }]);
    expect(await push(after)).toMatchObject({ ok: true, acknowledged: 2 });
    expect(numbers(after.till)).toEqual(["BER1-01-000006"]);
  });

  test("with the day that was open: one Z report tells of what both machines sold, and an auditor finds nothing wrong", async () => {
    const { till } = before;
    const cup = [{ variant: CUP, quantity: 1 }];
    const float = { pieces: [{ face: 10_000, pieces: 1 }], total: money(10_000, EUR) };
    till.begin();
    till.write({
      type: "shift.opened",
      shift: SHIFT,
      owner: null,
      businessDay: DAY,
      float,
      approvedBy: null,
    });
    till.write({ type: "ticket.completed", ticket: { ...till.ticket(cup), shift: SHIFT } });
    await push(before);
    const after = await takenOver();
    const inDrawer = { pieces: [{ face: 100, pieces: 107 }], total: money(10_700, EUR) };
    const open = after.enrolment.takenOver?.day;
    expect(open?.drawers).toMatchObject([{ shift: SHIFT, closed: null }]);
    after.till.write({ type: "ticket.completed", ticket: { ...after.till.ticket(cup), shift: SHIFT } });
    after.till.write({
      type: "shift.closed",
      shift: SHIFT,
      businessDay: DAY,
      count: inDrawer,
      expected: inDrawer.total,
      variance: money(0, EUR),
      reason: null,
      kept: inDrawer.total,
      approvedBy: null,
    });
    const [begun, ...since] = after.till.entries;
    if (begun?.fact.type !== "epoch.begun" || begun.fact.day === undefined) throw new Error("no day began");
    const report = dayReport(since.reduce(foldDay, begun.fact.day), {
      kind: "z",
      store: BERLIN.store,
      device: device(),
      register: 1,
      today: DAY,
      at: after.till.at,
      by: MIRA,
      currency: EUR,
      head: { epoch: 2, seq: after.till.entries.length },
      unsent: 0,
    });
    expect(report).toMatchObject({ number: 1, receipts: { count: 2 } });
    after.till.write({ type: "day.closed", report, approvedBy: null });
    await push(after);
    expect((await exceptions()).filter(({ kind }) => kind !== "oversold")).toEqual([]);
    const found = await judged();
    expect(found).toMatchObject({ ok: true, findings: [], counts: { tills: 1, tickets: 2, zReports: 1 } });
  });

  test("even where nothing of the first machine ever arrived", async () => {
    const after = await takenOver();
    expect(after.enrolment).toMatchObject({ epoch: 1, takenOver: { nextReceipt: 1, previous: null } });
    after.till.sell([{ variant: CUP, quantity: 1 }]);
    expect(await push(after)).toMatchObject({ ok: true });
    expect(await judged()).toMatchObject({ ok: true, findings: [] });
  });

  test("and once more at a third, and every epoch is checked with the key of the machine that wrote it", async () => {
    before.till.begin();
    await push(before);
    await push(await takenOver());
    const third = await takenOver();
    expect(third.enrolment.epoch).toBe(3);
    await push(third);
    expect(await judged()).toMatchObject({ ok: true, findings: [], counts: { entries: 3 } });
  });

  test("when HQ had revoked the one before, which is then the register's no more", async () => {
    await http.hq(`/hq/v1/devices/${device()}/revoke`, { method: "POST" });
    const after = await takenOver();
    expect(await push(after)).toMatchObject({ ok: true });
    expect(await refusalOf(await http.ask("/sync/v1/replica/settings?after=&limit=9", before))).toEqual({
      status: 403,
      reason: "deviceRevoked",
    });
  });

  test("also when its answer was lost: it takes over from itself, and no epoch is missing", async () => {
    before.till.begin();
    await push(before);
    const machine = new TestTill({ store: BERLIN.store });
    await enrol("takeOver", await code(), machine);
    const after = await takenOver(machine);
    expect(after.enrolment.epoch).toBe(2);
    await push(after);
    expect(await judged()).toMatchObject({ ok: true, findings: [] });
  });
});

describe("what the lost machine had not sent, and sends later", () => {
  test("is kept aside whole and raised, and is neither refused nor mixed with what was sold since", async () => {
    before.till.begin();
    await push(before);
    const unsent = before.till.sell([{ variant: CUP, quantity: 1 }]);
    const after = await takenOver();
    after.till.sell([{ variant: CUP, quantity: 2 }]);
    await push(after);
    expect(numbers(after.till)).toEqual(numbers(before.till));
    expect(await push(before)).toMatchObject({ ok: true, acknowledged: 2 });
    expect(await push(before)).toMatchObject({ ok: true, acknowledged: 2 });
    const kept = await http.parts.storage.read((tx) => tx.quarantined(device()));
    expect(kept.map(({ entry }) => entry)).toEqual([unsent]);
    const ticket = ticketOf(unsent.fact);
    expect(await http.parts.storage.read((tx) => tx.ticket(ticket?.id ?? idOf<"Ticket">("")))).toBeNull();
    expect((await exceptions()).filter(({ kind }) => kind !== "oversold")).toMatchObject([
      { kind: "forked", detail: { register: "1", lateEntries: "1", lateReceipts: "1" } },
    ]);
    const found = await judged();
    expect(found.ok).toBe(true);
    expect(found.findings).toMatchObject([{ level: "warning", kind: "keptAside" }]);
  });

  test("is not believed when the machine has not signed it", async () => {
    before.till.begin();
    await takenOver();
    const thief = new TestTill({ store: BERLIN.store });
    thief.device = device();
    thief.begin();
    expect(await push(before, thief.entries)).toMatchObject({ ok: false, reason: "badSignature" });
    expect(await exceptions()).toEqual([]);
  });
});

describe("the code of a register", () => {
  test("works once, for a quarter of an hour, and not as one of a new till", async () => {
    const made = await code();
    const machine = new TestTill({ store: BERLIN.store });
    expect((await refusalOf(await enrol("pair", made, machine))).reason).toBe("codeUnknown");
    expect((await enrol("takeOver", made, machine)).status).toBe(200);
    expect((await refusalOf(await enrol("takeOver", made, machine))).reason).toBe("codeUnknown");
    const late = await code();
    http.parts.clock.advance(PAIRING_CODE_TTL_MS + 1);
    expect((await refusalOf(await enrol("takeOver", late, machine))).reason).toBe("codeExpired");
  });

  test("is not for the key of a machine that was replaced: that stays out of service", async () => {
    await takenOver();
    expect((await refusalOf(await enrol("takeOver", await code(), before.till))).reason).toBe("keyRevoked");
    const made = await http.hq("/hq/v1/pairing-codes", { method: "POST", body: { store: "BER1" } });
    const { code: fresh } = pairAnswerSchema.parse(await made.json());
    expect((await refusalOf(await enrol("pair", fresh, before.till))).reason).toBe("keyRevoked");
  });

  test("is made by those alone who may manage tills", async () => {
    const manager = await http.as("storeManager", [BERLIN.store]);
    expect((await manager(`/hq/v1/tills/${device()}/take-over`, { method: "POST" })).status).toBe(403);
  });
});

test("receipts that the lost machine signed stay good, unless HQ had revoked it", async () => {
  const keyOf = ({ publicKey }: TestTill) =>
    http.parts.storage.read(async (tx) => {
      const id = `key:${keyIdOf(Buffer.from(publicKey, "base64url"), sha256)}`;
      const found = await tx.liveDocument({ feed: RECEIPTS_FEED, collection: "receipts", id });
      return JSON.parse(found ?? "null");
    });
  const second = await takenOver();
  await ensureReceiptKeys(http.parts.deps.publisher);
  const good = { device: device(), tills: [{ store: BERLIN.store, register: 1 }], revokedAt: null };
  expect(await keyOf(before.till)).toMatchObject(good);
  expect(await keyOf(second.till)).toMatchObject(good);
  await http.hq(`/hq/v1/devices/${device()}/revoke`, { method: "POST" });
  const third = await takenOver();
  await ensureReceiptKeys(http.parts.deps.publisher);
  expect(await keyOf(before.till)).toMatchObject(good);
  expect(await keyOf(second.till)).toMatchObject({ ...good, revokedAt: http.parts.clock.now() });
  expect(await keyOf(third.till)).toMatchObject(good);
});
