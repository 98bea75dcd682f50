import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { type Answer, FakeServer, PAIRING_CODE, refusal, SERVER } from "./testing/fake-server.ts";
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
  const [, journal] = till.parts.databases;
  const documents = journal?.collections.journal;
  if (documents === undefined) throw new Error("the till has no journal");
  return documents;
}

/** As a server answers a till that asks for its next epoch, which keeps its token. */
async function withoutToken(answer: Response): Promise<Response> {
  return Response.json({ ...enrolAnswerSchema.parse(await answer.json()), token: null });
}
