import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerForTests } from "../server-for-tests.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import { hashSecret, PAIRING_CODE_TTL_MS } from "./enrol.ts";

let server: ServerForTests;

beforeEach(async () => {
  server = await ServerForTests.open();
});

afterEach(() => server.close());

async function codeFor(storeCode: string): Promise<string> {
  const made = await server.deps.enrolment.makePairingCode(storeCode);
  if (made === null) throw new Error("no such store");
  return made.code;
}

function pairWith(code: string) {
  const { publicKey } = new TestTill({ store: BERLIN.store });
  return server.deps.enrolment.pair({ kind: "pair", code, publicKey, name: "Till" });
}

test("S1 a pairing code makes one till of its store, once", async () => {
  const code = await codeFor("HAM1");
  const first = await pairWith(code);
  expect(first).toMatchObject({ ok: true, value: { storeCode: "HAM1", store: HAMBURG.store, epoch: 1 } });
  expect(await pairWith(code)).toEqual({ ok: false, reason: "codeUnknown" });
});

test("S1 a code works however it is typed, with its hyphen or without", async () => {
  expect((await pairWith((await codeFor("BER1")).replace("-", ""))).ok).toBe(true);
});

test("S1 there is no code for a store that does not exist", async () => {
  expect(await server.deps.enrolment.makePairingCode("NOPE")).toBeNull();
});

test("S2 a pairing code lapses after a quarter of an hour, and is used up by trying it", async () => {
  const inTime = await codeFor("BER1");
  const late = await codeFor("BER1");
  server.clock.advance(PAIRING_CODE_TTL_MS);
  expect((await pairWith(inTime)).ok).toBe(true);
  server.clock.advance(1);
  expect(await pairWith(late)).toEqual({ ok: false, reason: "codeExpired" });
  expect(await pairWith(late)).toEqual({ ok: false, reason: "codeUnknown" });
});

test("S3 tills of a store get register numbers in order, and the server keeps no token and no code", async () => {
  const first = await server.pair(BERLIN);
  const second = await server.pair(BERLIN);
  const elsewhere = await server.pair(HAMBURG);
  expect([first, second, elsewhere].map(({ enrolment }) => enrolment.register)).toEqual([1, 2, 1]);
  const token = first.enrolment.token ?? "";
  expect(token.length).toBeGreaterThanOrEqual(40);
  const byToken = (hash: string) => server.storage.read((tx) => tx.deviceByToken(hash));
  expect(await byToken(token)).toBeNull();
  expect((await byToken(hashSecret(token)))?.id).toBe(first.till.device);
});

test("S3 a key that is no Ed25519 key is refused, and the code stays good", async () => {
  const code = await codeFor("BER1");
  const request = { kind: "pair", code, publicKey: "dG9vLXNob3J0", name: "Till" } as const;
  expect(await server.deps.enrolment.pair(request)).toEqual({ ok: false, reason: "badPublicKey" });
  expect((await pairWith(code)).ok).toBe(true);
});

test("S3 a key of a till that HQ has revoked is refused, and the code stays good for a new one", async () => {
  const { till } = await server.pair(BERLIN);
  await server.storage.write((tx) => tx.revokeDevice(till.device, server.clock.now()));
  const code = await codeFor("BER1");
  const request = { kind: "pair", code, publicKey: till.publicKey, name: "Till" } as const;
  expect(await server.deps.enrolment.pair(request)).toEqual({ ok: false, reason: "keyRevoked" });
  expect((await pairWith(code)).ok).toBe(true);
});

test("S4 a till begins its next epoch with a wish that it signed itself", async () => {
  const { till, record } = await server.pair();
  const ask = async (epoch: number, signature: string) =>
    server.deps.enrolment.nextEpoch(await record(), { kind: "nextEpoch", epoch, signature });
  const wish = (epoch: number) => till.sign(`onetill.journal.v1:next-epoch:${till.device}:${epoch}`);

  const thief = new TestTill({ store: BERLIN.store });
  const forged = thief.sign(`onetill.journal.v1:next-epoch:${till.device}:1`);
  expect(await ask(1, forged)).toEqual({ ok: false, reason: "badSignature" });
  expect(await ask(1, wish(1))).toMatchObject({ ok: true, value: { epoch: 2, token: null } });
  expect((await record()).epoch).toBe(2);
});

test("S4a a till of an epoch that this server does not know any more gets the next one, and is told what the server has", async () => {
  const { till, record } = await server.pair();
  till.begin();
  till.sell([{ variant: TEA, quantity: 1 }]);
  await server.deps.ingestion.ingest(await record(), till.entries);
  const ask = async (epoch: number) =>
    server.deps.enrolment.nextEpoch(await record(), {
      kind: "nextEpoch",
      epoch,
      signature: till.sign(`onetill.journal.v1:next-epoch:${till.device}:${epoch}`),
    });

  expect(await ask(3)).toMatchObject({ ok: true, value: { epoch: 4, known: { epoch: 1, seq: 2 } } });
  // The answer was lost: what was told before is known still.
  expect(await ask(3)).toMatchObject({ ok: true, value: { epoch: 5, known: { epoch: 1, seq: 2 } } });
  expect(await ask(1_000_000)).toEqual({ ok: false, reason: "wrongEpoch" });
});

test("S4a where another machine wrote on in its journal, what the server has of a till is what the till names of its own, and nothing else", async () => {
  const { till, record } = await server.pair();
  till.begin();
  const mine = till.sell([{ variant: TEA, quantity: 1 }]);
  // The other one's: a clone's, since the server's backup was put back.
  till.sell([{ variant: TEA, quantity: 1 }]);
  await server.deps.ingestion.ingest(await record(), till.entries);
  const lost = { epoch: 1, seq: 3, hash: "0".repeat(64) };
  const known = async (acknowledged: readonly { epoch: number; seq: number; hash: string }[]) => {
    const { epoch } = await record();
    const answer = await server.deps.enrolment.nextEpoch(await record(), {
      kind: "nextEpoch",
      epoch,
      signature: till.sign(`onetill.journal.v1:next-epoch:${till.device}:${epoch}`),
      acknowledged: [...acknowledged],
    });
    return answer.ok ? answer.value.known : answer.reason;
  };

  const { seq, hash } = mine;
  expect(await known([lost, { epoch: 1, seq, hash }])).toEqual({ epoch: 1, seq });
  expect(await known([lost])).toEqual({ epoch: 0, seq: 0 });
});
