import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nextNumber } from "#domain/shift/day-state.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { DayBook } from "./shift/day-book.ts";
import {
  type Answer,
  FakeServer,
  PAIRING_CODE,
  REGISTER_CODE,
  refusal,
  SERVER,
} from "./testing/fake-server.ts";
import { DEVICE, STORE } from "./testing/shop-fixture.ts";
import { SyncedTill, stockedServer } from "./testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  till = await SyncedTill.unpaired(server);
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

function full(): Error {
  return Object.assign(new Error("database or disk is full"), { errcode: 13 });
}

describe("pairing a machine with a store", () => {
  test("S1 S3 makes it a till of that store, whose journal begins with its first epoch, and which syncs", async () => {
    expect(await till.pair(PAIRING_CODE)).toEqual({ ok: true, value: {} });
    expect(till.identity).toEqual({
      device: DEVICE,
      store: STORE,
      storeCode: "BER1",
      storeName: "Kreuzberg",
      register: 3,
      pairedAt: till.clock.now(),
    });
    expect(till.parts.journal.head).toMatchObject({ epoch: 1, seq: 1, register: 3, nextReceipt: 1 });
    await till.until(({ firstSync, unsent }) => firstSync === null && unsent === 0);
    expect(server.asksOf("enrol")[0]?.body).toEqual({
      kind: "pair",
      code: PAIRING_CODE,
      publicKey: till.parts.identity.publicKey,
      name: "till at the door",
    });
  });

  test("takes the code however it was typed: in small letters, with spaces, without its dash", async () => {
    expect(await till.pair("  abcd 2345 ")).toEqual({ ok: true, value: {} });
  });

  test.each(["", "ABCD", "ABCD-23456", "ABCD_2345", "ÄBCD-2345"])(
    "does not trouble the server with %j, which is no code",
    async (code) => {
      expect(await till.pair(code)).toEqual({ ok: false, reason: "codeUnknown" });
      expect(server.asks).toEqual([]);
    },
  );

  test.each<[string, Answer]>([
    ["codeUnknown", () => refusal(404, "codeUnknown")],
    ["codeExpired", () => refusal(410, "codeExpired")],
    ["keyRevoked", () => refusal(403, "keyRevoked")],
    ["tooManyRequests", () => refusal(429, "tooManyRequests")],
    ["notAServer", () => refusal(400, "badRequest")],
    ["notAServer", () => new Response("<h1>It works!</h1>")],
    ["notAServer", () => Response.json({ hello: "world" })],
    ["notAServer", (ask) => withoutToken(server.answer(ask))],
    ["unreachable", () => Promise.reject(new TypeError("fetch failed"))],
    ["unreachable", () => new Response("Bad Gateway", { status: 502 })],
  ])(
    "S1 S2 says %s when that is why it did not work, stays unpaired, and works at the next try",
    async (reason, answer) => {
      server.answerNext("enrol", answer);
      expect(await till.pair(PAIRING_CODE)).toEqual({ ok: false, reason });
      expect(till.parts.identity.identity()).toBeNull();
      expect(till.parts.journal.head.epoch).toBe(0);
      expect(await till.pair(PAIRING_CODE)).toEqual({ ok: true, value: {} });
    },
  );

  test("is done once: a paired till is not paired again, with this store or another", async () => {
    await till.pair(PAIRING_CODE);
    expect(await till.pair(PAIRING_CODE, "http://other.test")).toEqual({
      ok: false,
      reason: "alreadyPaired",
    });
    expect(server.asksOf("enrol")).toHaveLength(1);
  });

  test("S3 sends its token to the server that it paired with, after every restart", async () => {
    await till.pair(PAIRING_CODE);
    await till.restart();
    expect(till.parts.identity.paired()).toMatchObject({
      server: SERVER,
      token: "secret-token-of-this-till",
    });
  });
});

const WHERE_IT_WAS_LEFT = { epoch: 4, seq: 1, register: 3, nextReceipt: 42 };

describe("a machine on which a lost till's register goes on", () => {
  test("S3a takes it over by its code: the next receipt and the day are those of the register", async () => {
    expect(await till.pair(REGISTER_CODE)).toEqual({ ok: true, value: {} });
    expect(till.parts.journal.head).toMatchObject(WHERE_IT_WAS_LEFT);
    await till.until(({ firstSync, unsent }) => firstSync === null && unsent === 0);
    const [begun] = server.books.entries;
    expect(begun?.fact).toEqual({ type: "epoch.begun", register: 3, ...server.leftOff });
    const day = new DayBook({ ...till.parts, onTrouble: () => undefined });
    await day.load();
    expect(nextNumber(day.state)).toBe(6);
    await day.close();
    await till.restart();
    expect(till.parts.journal.head).toMatchObject(WHERE_IT_WAS_LEFT);
  });

  test("S3a goes on where it was left even when it is killed before its journal has begun", async () => {
    journalDocuments().bulkInsert = () => Promise.reject(full());
    await expect(till.pair(REGISTER_CODE)).rejects.toThrow("full");
    await till.restart();
    expect(till.parts.journal.head).toMatchObject(WHERE_IT_WAS_LEFT);
    await till.until(({ firstSync, unsent }) => firstSync === null && unsent === 0);
  });

  test("S3a is told that the code is unknown by a server that knows no such codes", async () => {
    server.answerNext(
      "enrol",
      () => refusal(404, "codeUnknown"),
      () => refusal(400, "badRequest"),
    );
    expect(await till.pair(REGISTER_CODE)).toEqual({ ok: false, reason: "codeUnknown" });
  });
});

describe("a till that is killed or whose disk is full while it is paired", () => {
  test("and knows its pairing but has no journal yet begins it at the next start", async () => {
    const { journal, identity } = till.parts;
    const documents = journalDocuments();
    documents.bulkInsert = () => Promise.reject(full());
    await expect(till.pair(PAIRING_CODE)).rejects.toThrow("full");
    expect(identity.identity()).not.toBeNull();
    expect(journal.head.epoch).toBe(0);
    await till.restart();
    expect(till.parts.journal.head).toMatchObject({ epoch: 1, seq: 1 });
    await till.until(({ firstSync, unsent }) => firstSync === null && unsent === 0);
  });

  test("begins its journal without a restart as well, when somebody tries again", async () => {
    const documents = journalDocuments();
    const insert = documents.bulkInsert.bind(documents);
    documents.bulkInsert = () => Promise.reject(full());
    await expect(till.pair(PAIRING_CODE)).rejects.toThrow("full");
    documents.bulkInsert = insert;
    expect(await till.pair(PAIRING_CODE)).toEqual({ ok: false, reason: "alreadyPaired" });
    expect(till.parts.journal.head).toMatchObject({ epoch: 1, seq: 1 });
    await till.sell();
  });
});

function journalDocuments() {
  return till.parts.stored.journal;
}

/** As a server answers a till that asks for its next epoch, which keeps its token. */
async function withoutToken(answer: Response): Promise<Response> {
  return Response.json({ ...enrolAnswerSchema.parse(await answer.json()), token: null });
}
