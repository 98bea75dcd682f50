import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { KNOCKS_FOR_MS } from "#domain/store/letting-in.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { tillsAnswerSchema } from "#protocol/hq/tills.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { certificateAnswerSchema, letInAnswerSchema, letInWish } from "#protocol/sync/letting-in.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { ensureReceiptKeys } from "../receipts/keys.ts";
import { serverKeyOf } from "../receipts/server-key.ts";
import type { Storage } from "../storage/port.ts";
import { BERLIN, CUP } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import { LET_IN_CALL } from "./letting-in.ts";

let http: HttpForTests;
/** The server of the same shop that went back to the time before anything below happened. */
let back: HttpForTests;
const open: HttpForTests[] = [];
beforeEach(async () => {
  http = await opened();
  back = await opened();
  await shareKey(back.parts.storage);
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function opened(): Promise<HttpForTests> {
  const server = await HttpForTests.open({ ids: `server-${open.length}` });
  open.push(server);
  return server;
}

/** Its backup has the key that the server signs with. */
async function shareKey(to: Storage): Promise<void> {
  const { storage, clock } = http.parts;
  await storage.write((tx) => serverKeyOf(tx, clock.now()));
  const key = await storage.read((tx) => tx.receiptSigningKey());
  await to.write((tx) => tx.addReceiptSigningKey(key ?? "", clock.now()));
}

async function certificateOf({ token }: HttpTill, at = http): Promise<string> {
  const answer = await at.ask("/sync/v1/certificate", { token });
  return certificateAnswerSchema.parse(await answer.json()).certificate;
}

/** What a till shows a server that does not know it. */
function shown({ till, token }: HttpTill, certificate: string, lost = false): unknown {
  const tokenHash = createHash("sha256").update(token, "utf8").digest("hex");
  const signature = till.sign(letInWish({ certificate, tokenHash, lost }));
  return { certificate, signature, ...(lost ? { lost } : {}) };
}

interface Shows {
  readonly at?: HttpForTests;
  readonly certificate?: string;
  readonly lost?: boolean;
}

async function asks(till: HttpTill, { at = back, certificate, lost }: Shows = {}): Promise<Response> {
  const body = shown(till, certificate ?? (await certificateOf(till)), lost);
  return at.ask("/sync/v1/let-in", { method: "POST", token: till.token, body });
}

async function letIn(till: HttpTill, shows: Shows = {}) {
  return letInAnswerSchema.parse(await (await asks(till, shows)).json());
}

async function push(till: HttpTill, at = back) {
  return pushAnswerSchema.parse(await (await at.push(till, till.till.entries)).json());
}

/** Another machine takes a register over at a server. */
async function takeOver(of: HttpTill, at = http): Promise<HttpTill> {
  const made = await at.hq(`/hq/v1/tills/${of.till.device}/take-over`, { method: "POST" });
  const { code } = pairAnswerSchema.parse(await made.json());
  const till = new TestTill({ store: BERLIN.store });
  const body = { kind: "takeOver", code, publicKey: till.publicKey, name: "Another" };
  const enrolment = enrolAnswerSchema.parse(
    await (await at.ask("/sync/v1/enrol", { method: "POST", body })).json(),
  );
  till.goOn(enrolment);
  return { till, enrolment, token: enrolment.token ?? "" };
}

const registers = async (at = back) =>
  (await at.parts.storage.read((tx) => tx.devices())).map(({ register }) => register);
const exceptions = (at = back) => at.parts.storage.read((tx) => tx.exceptions(99));
async function trail(at = back) {
  const subject = { kind: "till", id: null };
  const entries = await at.parts.storage.read((tx) => tx.trail({ before: null, limit: 9, subject }));
  return entries.filter(({ call }) => call === LET_IN_CALL);
}

async function knocks() {
  return tillsAnswerSchema.parse(await (await back.hq("/hq/v1/tills")).json()).knocks;
}

const NEW_STORE = {
  ...{ like: "BER1", name: "Made again", timeZone: "Europe/Berlin", locale: "de-DE", currency: "EUR" },
  ...{ address: ["Street 1"], contact: { phone: "", email: "" }, vatId: "", hours: null },
};

const makeStore = (body: object) => back.hq("/hq/v1/stores", { method: "POST", body });

describe("S4c a till that was paired after the backup that its server went back to", () => {
  test("is not known there, shows its pairing, and is what it was: id, number, token and journal", async () => {
    const till = await http.pair();
    till.till.begin();
    till.till.sell([{ variant: CUP, quantity: 1 }]);
    await push(till, http);
    expect(await refusalOf(await back.push(till, till.till.entries))).toMatchObject({
      reason: "unauthorised",
    });
    expect(await letIn(till)).toMatchObject({ as: "till", epoch: 1 });
    expect(await push(till)).toMatchObject({ ok: true, acknowledged: 2 });
    const [device] = await back.parts.storage.read((tx) => tx.devices());
    expect(device).toMatchObject({
      id: till.till.device,
      register: till.enrolment.register,
      publicKey: till.till.publicKey,
      name: "Till by the door",
      letInAt: back.parts.clock.now(),
    });
    expect((await exceptions()).filter(({ kind }) => kind === "forked")).toEqual([]);
  });

  test("HQ reads in the audit log and in the list of tills that it was let in again", async () => {
    const till = await http.pair();
    await letIn(till);
    const listed = tillsAnswerSchema.parse(await (await back.hq("/hq/v1/tills")).json());
    expect(listed.tills).toMatchObject([{ register: 1, letInAt: back.parts.clock.now() }]);
    expect(await trail()).toMatchObject([
      {
        by: { kind: "till", name: "BER1-01 Till by the door" },
        call: "POST /sync/v1/let-in",
        subject: { kind: "till", id: till.till.device },
        after: { letIn: "madeAgain", register: 1 },
        outcome: "done",
      },
    ]);
  });

  test("asked twice, because the answer was lost, or by two clones of it, it is the same till", async () => {
    const till = await http.pair();
    const certificate = await certificateOf(till);
    await letIn(till, { certificate });
    await letIn(till, { certificate });
    expect(await registers()).toEqual([1]);
    // What clones write is told apart as ever: by their journals.
    till.till.begin();
    expect(await push(till)).toMatchObject({ ok: true });
    till.till.begin();
    expect(await push(till)).toMatchObject({ ok: false, reason: "fork" });
  });

  test("its number is given to none that is paired after it came back, nor are those beside it", async () => {
    const till = await http.pair();
    await letIn(till);
    expect((await back.pair()).enrolment.register).toBe(12);
  });

  test("whose number another till got before it came back sells no more; what it sold is kept aside, and HQ told", async () => {
    const till = await http.pair();
    till.till.begin();
    till.till.sell([{ variant: CUP, quantity: 1 }]);
    const other = await back.pair();
    expect(other.enrolment.register).toBe(till.enrolment.register);
    expect(await letIn(till)).toMatchObject({ as: "aside" });
    // The answer was lost: it is the same again.
    expect(await letIn(till)).toMatchObject({ as: "aside" });
    expect(await refusalOf(await back.ask("/sync/v1/replica/settings", { token: till.token }))).toMatchObject(
      {
        reason: "deviceRevoked",
      },
    );
    expect(await push(till)).toMatchObject({ ok: true, acknowledged: 2 });
    expect(
      await back.parts.storage.read((tx) => tx.tickets({ store: BERLIN.store, before: null, limit: 9 })),
    ).toEqual([]);
    const kept = await back.parts.storage.read((tx) => tx.quarantined(other.till.device));
    expect(kept.map(({ entry }) => entry)).toEqual(till.till.entries);
    expect(await exceptions()).toMatchObject([
      { kind: "forked", detail: { register: "1", lateEntries: "2", lateReceipts: "1" } },
    ]);
    // And what the other one sells is booked as ever.
    other.till.begin();
    expect(await push(other)).toMatchObject({ ok: true });
  });

  test("that has lost its journal as well is not let in, and its number is given to nobody", async () => {
    const till = await http.pair();
    expect(await refusalOf(await asks(till, { lost: true }))).toMatchObject({
      status: 403,
      reason: "forbidden",
    });
    expect(await registers()).toEqual([]);
    expect((await back.pair()).enrolment.register).toBe(12);
    await asks(till, { lost: true });
    expect((await trail()).filter(({ outcome }) => outcome === "refused")).toHaveLength(1);
  });

  test("of a store that was made since as well is not let in, HQ sees it, makes its store again, and it comes in with all that it sold", async () => {
    const till = await http.pair("HAM1");
    till.till.begin();
    till.till.sell([{ variant: CUP, quantity: 1 }]);
    await back.parts.run("DELETE FROM stores WHERE code = 'HAM1'");
    const refused = await asks(till);
    expect(refused.status).toBe(403);
    expect(errorBodySchema.parse(await refused.json())).toMatchObject({ details: ["storeUnknown"] });
    const knock = { id: till.till.device, store: "HAM1", register: 1, at: back.parts.clock.now() };
    expect(await knocks()).toMatchObject([{ ...knock, state: "storeUnknown" }]);
    const again = { ...NEW_STORE, code: "HAM1", knocking: till.till.device };
    const otherCode = await makeStore({ ...again, code: "HAM2" });
    expect(errorBodySchema.parse(await otherCode.json())).toMatchObject({ details: ["otherCode"] });
    expect((await makeStore(again)).status).toBe(201);
    expect(await knocks()).toMatchObject([{ ...knock, state: "coming" }]);
    // Of two people at HQ the second is told so.
    expect(await refusalOf(await makeStore(again))).toMatchObject({ reason: "conflict" });
    expect(await letIn(till)).toMatchObject({ as: "till", epoch: 1 });
    expect(await push(till)).toMatchObject({ ok: true, acknowledged: 2 });
    expect(await knocks()).toEqual([]);
    const [ticket] = await back.parts.storage.read((tx) =>
      tx.tickets({ store: till.till.store, before: null, limit: 9 }),
    );
    expect(ticket?.ticket.store).toBe(till.till.store);
  });

  test("however often it asks, no number is skipped for it again, in its store or in another", async () => {
    const till = await http.pair("HAM1");
    await back.parts.run("DELETE FROM stores WHERE code = 'HAM1'");
    const certificate = await certificateOf(till);
    const floors = () =>
      back.parts.storage.read(async (tx) => [
        await tx.registerFloor(BERLIN.store),
        await tx.registerFloor(till.till.store),
      ]);
    await asks(till, { certificate });
    expect(await floors()).toEqual([11, 12]);
    await asks(till, { certificate });
    await asks(till, { certificate, lost: true });
    expect(await floors()).toEqual([11, 12]);
    expect((await back.pair()).enrolment.register).toBe(11);
  });

  test("finds its number free as its store is made again, also where another till is paired in it first", async () => {
    const till = await http.pair("HAM1");
    till.till.begin();
    till.till.sell([{ variant: CUP, quantity: 1 }]);
    await back.parts.run("DELETE FROM stores WHERE code = 'HAM1'");
    await asks(till);
    const again = { ...NEW_STORE, code: "HAM1", knocking: till.till.device };
    expect((await makeStore(again)).status).toBe(201);
    expect((await back.pair("HAM1")).enrolment.register).toBe(12);
    expect(await letIn(till)).toMatchObject({ as: "till", epoch: 1 });
    expect(await push(till)).toMatchObject({ ok: true, acknowledged: 2 });
    expect((await exceptions()).filter(({ kind }) => kind === "forked")).toEqual([]);
    expect(new Set(await registers())).toEqual(new Set([1, 12]));
  });

  test("and has lost its journal too is shown as one that sells nothing: its store is made again, and it is paired anew", async () => {
    const till = await http.pair("HAM1");
    await back.parts.run("DELETE FROM stores WHERE code = 'HAM1'");
    await asks(till, { lost: true });
    expect(await knocks()).toMatchObject([{ store: "HAM1", state: "storeAndJournalLost" }]);
    const again = { ...NEW_STORE, code: "HAM1", knocking: till.till.device };
    expect((await makeStore(again)).status).toBe(201);
    expect(await knocks()).toMatchObject([{ store: "HAM1", state: "journalLost" }]);
    await asks(till, { lost: true });
    expect(await knocks()).toMatchObject([{ store: "HAM1", state: "journalLost" }]);
    expect((await back.pair("HAM1")).enrolment.register).toBe(12);
  });

  test("keeps the code of its store for that store: no new one and no other till's takes it", async () => {
    const till = await http.pair("HAM1");
    const older = await http.pair();
    await http.parts.run("DELETE FROM stores WHERE code = 'BER1'");
    const certificate = await certificateOf(older);
    await back.parts.run("DELETE FROM stores");
    await back.parts.deps.publisher.publish((publication) =>
      publication.putStore({ ...BERLIN, store: idOf("model"), code: "COL1" }),
    );
    await asks(till);
    await asks(older, { certificate });
    const again = { ...NEW_STORE, like: "COL1", code: "HAM1" };
    for (const knocking of [undefined, older.till.device]) {
      const answer = await makeStore({ ...again, ...(knocking === undefined ? {} : { knocking }) });
      expect(answer.status).toBe(409);
      expect(errorBodySchema.parse(await answer.json())).toMatchObject({ details: ["codeAwaited"] });
    }
    expect((await makeStore({ ...again, knocking: till.till.device })).status).toBe(201);
    // Of one that knocks no more nobody waits.
    back.parts.clock.advance(KNOCKS_FOR_MS + 1);
    expect((await makeStore({ ...again, code: "BER1" })).status).toBe(201);
  });

  test("and no store is made again for a till that does not wait for it, or waits no more", async () => {
    const till = await http.pair("HAM1");
    const again = { ...NEW_STORE, code: "HAM1", knocking: till.till.device };
    await back.parts.run("DELETE FROM stores WHERE code = 'HAM1'");
    expect(await refusalOf(await makeStore(again))).toMatchObject({ reason: "notFound" });
    await asks(till);
    back.parts.clock.advance(KNOCKS_FOR_MS + 1);
    expect(await knocks()).toEqual([]);
    expect(await refusalOf(await makeStore(again))).toMatchObject({ reason: "notFound" });
    const lost = await http.pair();
    await asks(lost, { lost: true });
    const other = { ...NEW_STORE, code: "BER2", knocking: lost.till.device };
    expect(await refusalOf(await makeStore(other))).toMatchObject({ reason: "notFound" });
  });

  test("of a store that has closed is let in: what it sold was sold", async () => {
    const till = await http.pair();
    await back.parts.deps.publisher.publish((publication) =>
      publication.putStore({ ...BERLIN, closedAt: back.parts.clock.now() }),
    );
    till.till.begin();
    await letIn(till);
    expect(await push(till)).toMatchObject({ ok: true });
  });
});

describe("S4c whoever HQ has revoked stays out", () => {
  test("where the server knows it", async () => {
    const till = await http.pair();
    const certificate = await certificateOf(till);
    await letIn(till, { certificate });
    await back.parts.storage.write((tx) => tx.revokeDevice(till.till.device, back.parts.clock.now()));
    expect(await refusalOf(await asks(till, { certificate }))).toMatchObject({ reason: "deviceRevoked" });
    expect(await refusalOf(await back.push(till, till.till.entries))).toMatchObject({
      reason: "deviceRevoked",
    });
  });

  test("and with it whoever has its key, also under another token", async () => {
    const till = await http.pair();
    const certificate = await certificateOf(till);
    await http.parts.storage.write((tx) => tx.revokeDevice(till.till.device, http.parts.clock.now()));
    const stolen = { ...till, token: "another-token-of-whoever-has-it" };
    expect(await refusalOf(await asks(stolen, { certificate, at: http }))).toMatchObject({
      reason: "deviceRevoked",
    });
  });

  test("and so does a machine whose register another one took over", async () => {
    const till = await http.pair();
    const certificate = await certificateOf(till);
    await takeOver(till);
    const stolen = { ...till, token: "another-token-of-whoever-has-it" };
    expect(await refusalOf(await asks(stolen, { certificate, at: http }))).toMatchObject({
      reason: "deviceRevoked",
    });
  });
});

describe("S4c nobody is let in by what is not theirs", () => {
  test("a pairing of another shop, a forged one, and nonsense", async () => {
    const till = await http.pair();
    const stranger = await opened();
    expect(await refusalOf(await asks(till, { at: stranger }))).toMatchObject({
      status: 403,
      reason: "forbidden",
    });
    const certificate = await certificateOf(till);
    const [body = "", signature = ""] = certificate.split(".");
    const pairing = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
    const forged = Buffer.from(JSON.stringify({ ...pairing, register: 7 }), "utf8").toString("base64url");
    for (const each of [`${forged}.${signature}`, "e30.AAAA", "_.-"])
      expect(await refusalOf(await asks(till, { certificate: each }))).toMatchObject({ reason: "forbidden" });
    expect(await registers()).toEqual([]);
  });

  test("a pairing whose key they do not have", async () => {
    const till = await http.pair();
    const thief = { ...(await http.pair()), token: till.token };
    expect(await refusalOf(await asks(thief, { certificate: await certificateOf(till) }))).toMatchObject({
      reason: "forbidden",
    });
  });

  test("what was overheard gives whoever sends it again no token that they choose", async () => {
    const till = await http.pair();
    const body = shown(till, await certificateOf(till));
    const token = "a-token-that-the-listener-made-up";
    const answer = await back.ask("/sync/v1/let-in", { method: "POST", token, body });
    expect(await refusalOf(answer)).toMatchObject({ reason: "forbidden" });
    expect(await registers()).toEqual([]);
  });
});

describe("S4c a register that another machine had taken over since the backup", () => {
  /** The server went back to a time in which the first machine had it. */
  async function both(): Promise<readonly [HttpTill, HttpTill]> {
    const first = await http.pair();
    first.till.begin();
    await letIn(first);
    await push(first, http);
    await push(first);
    http.parts.clock.advance(1_000);
    return [first, await takeOver(first)];
  }

  test("goes on at that machine; the one before is found out again", async () => {
    const [first, second] = await both();
    expect(await letIn(second)).toMatchObject({ as: "till", epoch: 2 });
    expect(await push(second)).toMatchObject({ ok: true });
    expect(
      await refusalOf(await back.ask("/sync/v1/replica/settings", { token: first.token })),
    ).toMatchObject({
      reason: "deviceRevoked",
    });
  });

  test("goes on at that machine also where the server knows neither of them, whichever comes first", async () => {
    const [first, second] = await both();
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const older = await opened();
      await shareKey(older.parts.storage);
      // Of the machine before the certificate is as old as its pairing.
      const certificates = new Map([
        [first, await certificateOf(first, back)],
        [second, await certificateOf(second)],
      ]);
      for (const till of order) await asks(till, { at: older, certificate: certificates.get(till) ?? "" });
      const [device] = await older.parts.storage.read((tx) => tx.devices());
      expect(device?.publicKey).toBe(second.till.publicKey);
      expect(
        await refusalOf(await older.ask("/sync/v1/replica/settings", { token: first.token })),
      ).toMatchObject({
        reason: "deviceRevoked",
      });
    }
  });

  test("stays with a third one that HQ gave it to after the server went back; the second's journal is kept aside", async () => {
    const [first, second] = await both();
    back.parts.clock.advance(5_000);
    const third = await takeOver(first, back);
    expect(await letIn(second)).toMatchObject({ as: "aside" });
    expect(await push(second)).toMatchObject({ ok: true });
    expect(await exceptions()).toMatchObject([{ kind: "forked" }]);
    expect(await push(third)).toMatchObject({ ok: true });
  });
});

describe("S4c a till that was paired before there were certificates", () => {
  test("gets one with an ordinary call, the same each time", async () => {
    const till = await http.pair();
    await http.parts.run("UPDATE devices SET since = NULL");
    const certificate = await certificateOf(till);
    http.parts.clock.advance(60_000);
    expect(await certificateOf(till)).toBe(certificate);
    expect(await letIn(till)).toMatchObject({ as: "till" });
  });
});

test("S4c a server that lost the key of its secrets still knows what it signed by it", async () => {
  await ensureReceiptKeys(http.parts.deps.publisher);
  const till = await http.pair();
  const certificate = await certificateOf(till);
  await http.parts.run("DELETE FROM receipt_signing", "DELETE FROM devices");
  await ensureReceiptKeys(http.parts.deps.publisher);
  expect(await letIn(till, { at: http, certificate })).toMatchObject({ as: "till" });
});
