import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { devicesAnswerSchema } from "#protocol/hq/console.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { MAX_PUSH_BYTES } from "#protocol/sync/journal.ts";
import { PROTOCOL_VERSION, VERSIONS_APART } from "#protocol/version.ts";
import { type Asked, HQ_KEY, HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, TEA } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";

let http: HttpForTests;

beforeEach(async () => {
  http = await HttpForTests.open();
});

afterEach(() => http.close());

const one = [{ variant: TEA, quantity: 1 }] as const;

async function expectRefusal(answer: Response, status: number, reason: string): Promise<void> {
  expect(await refusalOf(answer)).toEqual({ status, reason });
}

describe("who is let in", () => {
  const PATHS = [
    ["GET", "/sync/v1/replica/products"],
    ["GET", "/sync/v1/snapshot/products"],
    ["GET", "/sync/v1/changes"],
    ["POST", "/sync/v1/journal"],
    ["POST", "/sync/v1/leases"],
    ["GET", `/sync/v1/pictures/${"ab".repeat(32)}`],
  ] as const;

  test("S5 nobody without a token, on any path of sync", async () => {
    for (const [method, path] of PATHS) {
      for (const token of [null, "a-token-that-nobody-was-given-0000000000", HQ_KEY])
        await expectRefusal(await http.ask(path, { method, token, ...bodyFor(method) }), 401, "unauthorised");
    }
  });

  test("S5 S53 a revoked till is turned away on every path, its stream ends, and its sale is not taken", async () => {
    const { till, token } = await http.pair();
    const stream = await http.listen(token);
    const revoked = await http.hq(`/hq/v1/devices/${till.device}/revoke`, { method: "POST" });
    expect(revoked.status).toBe(200);
    await stream.ended();
    for (const [method, path] of PATHS)
      await expectRefusal(await http.ask(path, { method, token, ...bodyFor(method) }), 403, "deviceRevoked");
    const push = await http.ask("/sync/v1/journal", {
      method: "POST",
      token,
      body: { entries: [till.begin(), till.sell(one)] },
    });
    await expectRefusal(push, 403, "deviceRevoked");
    expect(await http.parts.storage.read((tx) => tx.ticketCount(null))).toBe(0);
    const { devices } = devicesAnswerSchema.parse(await (await http.hq("/hq/v1/devices")).json());
    expect(devices[0]?.revoked).toBe(true);
  });

  test("nobody without an HQ key, on any path of HQ", async () => {
    const { token } = await http.pair();
    for (const path of ["stores", "devices", "tickets", "products", "exceptions"]) {
      await expectRefusal(await http.ask(`/hq/v1/${path}`), 401, "unauthorised");
      await expectRefusal(await http.ask(`/hq/v1/${path}`, { token }), 401, "unauthorised");
    }
    const body = { store: "BER1" };
    await expectRefusal(
      await http.ask("/hq/v1/pairing-codes", { method: "POST", token, body }),
      401,
      "unauthorised",
    );
    await expectRefusal(
      await http.ask("/hq/v1/prices", { method: "PUT", token, body: {} }),
      401,
      "unauthorised",
    );
  });

  test("S2 guessing pairing codes is slowed down", async () => {
    const { publicKey } = new TestTill({ store: BERLIN.store });
    const guess = () =>
      http.ask("/sync/v1/enrol", {
        method: "POST",
        body: { kind: "pair", code: "AAAA-AAAA", publicKey, name: "Guesser" },
      });
    await expectRefusal(await guess(), 404, "codeUnknown");
    const guesses = await Promise.all(Array.from({ length: 20 }, guess));
    expect(guesses.some(({ status }) => status === 429)).toBe(true);
    await expectRefusal(await guess(), 429, "tooManyRequests");
  });

  test("S6 S150 a till that speaks a much newer protocol is told so", async () => {
    const { token } = await http.pair();
    const headers = { "onetill-protocol": String(PROTOCOL_VERSION + VERSIONS_APART + 1) };
    await expectRefusal(
      await http.ask("/sync/v1/replica/products", { token, headers }),
      426,
      "protocolTooOld",
    );
  });

  function bodyFor(method: string): Pick<Asked, "body"> {
    return method === "POST" ? { body: {} } : {};
  }
});

describe("what is no valid message is refused by name", () => {
  test("S72 half a message, a wrong one, and one with more than belongs there", async () => {
    const { token, till } = await http.pair();
    const push = (body: unknown) => http.ask("/sync/v1/journal", { method: "POST", token, body });
    await expectRefusal(await push('{"entries":['), 400, "badRequest");
    await expectRefusal(await push({ entries: [] }), 400, "badRequest");
    await expectRefusal(await push({ entries: [{ ...till.begin(), seq: -1 }] }), 400, "badRequest");
    await expectRefusal(await push({ entries: till.entries, more: true }), 400, "badRequest");
    await expectRefusal(await push("null"), 400, "badRequest");
    await expectRefusal(await http.ask("/sync/v1/replica/secrets", { token }), 400, "badRequest");
    await expectRefusal(await http.ask("/sync/v1/replica/products?limit=0", { token }), 400, "badRequest");
    await expectRefusal(
      await http.ask("/sync/v1/replica/products?after=nonsense", { token }),
      400,
      "badRequest",
    );
    await expectRefusal(await http.ask("/sync/v1/pictures/..%2f..%2fhq.key", { token }), 400, "badRequest");
    await expectRefusal(await http.ask("/nowhere"), 404, "notFound");
  });

  test("S21 a body beyond the limit is refused before it is read, and nothing of it is taken", async () => {
    const { token, till } = await http.pair();
    const body = JSON.stringify({ entries: [till.begin()] }).padEnd(MAX_PUSH_BYTES + 1, " ");
    await expectRefusal(await http.ask("/sync/v1/journal", { method: "POST", token, body }), 413, "tooLarge");
    const bomb = await fetch(`${http.address}/sync/v1/journal`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
      body: gzipSync(body),
    });
    await expectRefusal(bomb, 413, "tooLarge");
    const head = await http.parts.storage.read((tx) =>
      tx.chainHead({ store: till.store, device: till.device, epoch: 1 }),
    );
    expect(head.seq).toBe(0);
  });

  test("S70 when the server itself fails, it says so without its insides", async () => {
    const { token } = await http.pair();
    await http.parts.storage.close();
    const answer = await http.ask("/sync/v1/replica/products", { token });
    expect(answer.status).toBe(500);
    const body = errorBodySchema.parse(await answer.json());
    expect(body.reason).toBe("internal");
    expect(JSON.stringify(body)).not.toMatch(/storage|sqlite|database|stack|\.ts/i);
  });
});
