import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gunzipSync, gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Instant, idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import {
  devicesAnswerSchema,
  exceptionsAnswerSchema,
  pairAnswerSchema,
  productsAnswerSchema,
  setPriceAnswerSchema,
  storesAnswerSchema,
  ticketsAnswerSchema,
} from "#protocol/hq/console.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { MAX_PUSH_BYTES, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { snapshotFootSchema, snapshotHeadSchema } from "#protocol/sync/snapshot.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { hashSecret } from "../sync/enrol.ts";
import { BERLIN, CUP, EUR, HAMBURG, HARBOUR, RETAIL, TEA } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import { buildServer } from "./server.ts";

const HQ_KEY = "hq_a-key-that-only-this-test-knows";

let server: ServerForTests;
let app: FastifyInstance;
let address: string;

beforeEach(async () => {
  server = await ServerForTests.open();
  await server.storage.write((tx) => tx.addHqKey(hashSecret(HQ_KEY), server.clock.now()));
  app = await buildServer(server.deps, { logger: null, consoleRoot: null });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const bound: AddressInfo | string | null = app.server.address();
  address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
});

afterEach(async () => {
  await app.close();
  await server.close();
});

interface Asked {
  readonly method?: string;
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

function ask(path: string, { method = "GET", token = null, body, headers = {} }: Asked = {}) {
  return fetch(`${address}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

const hq = (path: string, asked: Asked = {}) => ask(path, { token: HQ_KEY, ...asked });

async function pairOverHttp(storeCode = "BER1") {
  const made = await hq("/hq/v1/pairing-codes", { method: "POST", body: { store: storeCode } });
  const { code } = pairAnswerSchema.parse(await made.json());
  const till = new TestTill({ store: storeCode === "BER1" ? BERLIN.store : HAMBURG.store });
  const answer = await ask("/sync/v1/enrol", {
    method: "POST",
    body: { kind: "pair", code, publicKey: till.publicKey, name: "Till by the door" },
  });
  const enrolment = enrolAnswerSchema.parse(await answer.json());
  till.device = enrolment.device;
  return { till, enrolment, token: enrolment.token ?? "" };
}

async function expectRefusal(answer: Response, status: number, reason: string): Promise<void> {
  const body = errorBodySchema.parse(await answer.json());
  expect({ status: answer.status, reason: body.reason }).toEqual({ status, reason });
}

const one = [{ variant: TEA, quantity: 1 }] as const;

describe("a till from its pairing to its first sale", () => {
  test("S1 S10 S35 it pairs, pulls what it needs, sells, and HQ sees the sale", async () => {
    await server.stockUp([TEA], 10);
    const { till, token, enrolment } = await pairOverHttp();
    expect(enrolment).toMatchObject({ storeCode: "BER1", register: 1, protocol: PROTOCOL_VERSION });

    const products = replicaAnswerSchema.parse(
      await (await ask("/sync/v1/replica/products", { token })).json(),
    );
    expect(products.documents).toHaveLength(1);
    expect(products.caughtUp).toBe(true);

    const pushed = await ask("/sync/v1/journal", {
      method: "POST",
      token,
      body: { entries: [till.begin(), till.sell(one)] },
    });
    expect(pushAnswerSchema.parse(await pushed.json())).toMatchObject({ ok: true, acknowledged: 2 });

    const tickets = ticketsAnswerSchema.parse(await (await hq("/hq/v1/tickets?store=BER1")).json());
    expect(tickets.total).toBe(1);
    expect(tickets.tickets[0]).toMatchObject({
      store: "BER1",
      register: 1,
      total: money(350, EUR),
      pieces: 1,
    });
    const found = productsAnswerSchema.parse(await (await hq("/hq/v1/products?search=tea")).json());
    expect(found.products[0]?.variants[0]?.stock).toContainEqual({ store: "BER1", onHand: 9 });
    const stores = storesAnswerSchema.parse(await (await hq("/hq/v1/stores")).json());
    expect(stores.stores.map(({ code, devices }) => [code, devices])).toEqual([
      ["BER1", 1],
      ["HAM1", 0],
    ]);
  });

  test("S40 its first sync comes as a compressed stream with head and foot", async () => {
    await server.stockUp([TEA, CUP], 10);
    const { token } = await pairOverHttp();
    const answer = await ask("/sync/v1/snapshot/products", { token });
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    const lines = (await answer.text()).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(snapshotHeadSchema.parse(JSON.parse(lines[0]!)).count).toBe(2);
    expect(snapshotFootSchema.parse(JSON.parse(lines[3]!)).count).toBe(2);
  });

  test("S12 a gap is an answer with its name, not a failure", async () => {
    const { till, token } = await pairOverHttp();
    till.begin();
    const body = { entries: [till.sell(one)] };
    const answer = await ask("/sync/v1/journal", { method: "POST", token, body });
    expect(answer.status).toBe(200);
    expect(pushAnswerSchema.parse(await answer.json())).toMatchObject({ ok: false, reason: "gap", atSeq: 2 });
  });

  test("S60 it asks for a lease", async () => {
    const { token } = await pairOverHttp();
    const body = { act: "ask", subject: { kind: "order", id: "1" } };
    const answer = await ask("/sync/v1/leases", { method: "POST", token, body });
    expect(leaseAnswerSchema.parse(await answer.json())).toMatchObject({ granted: true });
  });

  test("S71 a picture is kept for good and is never run as a page", async () => {
    const hash = idOf<"ImageHash">("ab".repeat(32));
    const bytes = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>");
    await server.storage.write((tx) => tx.putPicture(hash, { mime: "image/svg+xml", bytes }));
    const { token } = await pairOverHttp();
    const answer = await ask(`/sync/v1/pictures/${hash}`, { token });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get("content-type")).toContain("image/svg+xml");
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    await expectRefusal(await ask(`/sync/v1/pictures/${"cd".repeat(32)}`, { token }), 404, "notFound");
    await expectRefusal(await ask(`/sync/v1/pictures/${hash}`), 401, "unauthorised");
  });
});

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
        await expectRefusal(await ask(path, { method, token, ...bodyFor(method) }), 401, "unauthorised");
    }
  });

  test("S5 S53 a revoked till is turned away on every path, its stream ends, and its sale is not taken", async () => {
    const { till, token } = await pairOverHttp();
    const stream = await listen(token);
    const revoked = await hq(`/hq/v1/devices/${till.device}/revoke`, { method: "POST" });
    expect(revoked.status).toBe(200);
    await stream.ended;
    for (const [method, path] of PATHS)
      await expectRefusal(await ask(path, { method, token, ...bodyFor(method) }), 403, "deviceRevoked");
    const push = await ask("/sync/v1/journal", {
      method: "POST",
      token,
      body: { entries: [till.begin(), till.sell(one)] },
    });
    await expectRefusal(push, 403, "deviceRevoked");
    expect(await server.storage.read((tx) => tx.ticketCount(null))).toBe(0);
    const { devices } = devicesAnswerSchema.parse(await (await hq("/hq/v1/devices")).json());
    expect(devices[0]?.revoked).toBe(true);
  });

  test("nobody without an HQ key, on any path of HQ", async () => {
    const { token } = await pairOverHttp();
    for (const path of ["stores", "devices", "tickets", "products", "exceptions"]) {
      await expectRefusal(await ask(`/hq/v1/${path}`), 401, "unauthorised");
      await expectRefusal(await ask(`/hq/v1/${path}`, { token }), 401, "unauthorised");
    }
    const body = { store: "BER1" };
    await expectRefusal(
      await ask("/hq/v1/pairing-codes", { method: "POST", token, body }),
      401,
      "unauthorised",
    );
    await expectRefusal(await ask("/hq/v1/prices", { method: "PUT", token, body: {} }), 401, "unauthorised");
  });

  test("S2 guessing pairing codes is slowed down", async () => {
    const { publicKey } = new TestTill({ store: BERLIN.store });
    const guess = () =>
      ask("/sync/v1/enrol", {
        method: "POST",
        body: { kind: "pair", code: "AAAA-AAAA", publicKey, name: "Guesser" },
      });
    await expectRefusal(await guess(), 404, "codeUnknown");
    const guesses = await Promise.all(Array.from({ length: 20 }, guess));
    expect(guesses.some(({ status }) => status === 429)).toBe(true);
    await expectRefusal(await guess(), 429, "tooManyRequests");
  });

  test("S6 a till that speaks a newer protocol is told so", async () => {
    const { token } = await pairOverHttp();
    const headers = { "onetill-protocol": String(PROTOCOL_VERSION + 1) };
    await expectRefusal(await ask("/sync/v1/replica/products", { token, headers }), 426, "protocolTooOld");
  });

  function bodyFor(method: string): Pick<Asked, "body"> {
    return method === "POST" ? { body: {} } : {};
  }
});

describe("what is no valid message is refused by name", () => {
  test("S72 half a message, a wrong one, and one with more than belongs there", async () => {
    const { token, till } = await pairOverHttp();
    const push = (body: unknown) => ask("/sync/v1/journal", { method: "POST", token, body });
    await expectRefusal(await push('{"entries":['), 400, "badRequest");
    await expectRefusal(await push({ entries: [] }), 400, "badRequest");
    await expectRefusal(await push({ entries: [{ ...till.begin(), seq: -1 }] }), 400, "badRequest");
    await expectRefusal(await push({ entries: till.entries, more: true }), 400, "badRequest");
    await expectRefusal(await push("null"), 400, "badRequest");
    await expectRefusal(await ask("/sync/v1/replica/secrets", { token }), 400, "badRequest");
    await expectRefusal(await ask("/sync/v1/replica/products?limit=0", { token }), 400, "badRequest");
    await expectRefusal(await ask("/sync/v1/replica/products?after=nonsense", { token }), 400, "badRequest");
    await expectRefusal(await ask("/sync/v1/pictures/..%2f..%2fhq.key", { token }), 400, "badRequest");
    await expectRefusal(await ask("/nowhere"), 404, "notFound");
  });

  test("S21 a body beyond the limit is refused before it is read, and nothing of it is taken", async () => {
    const { token, till } = await pairOverHttp();
    const body = JSON.stringify({ entries: [till.begin()] }).padEnd(MAX_PUSH_BYTES + 1, " ");
    await expectRefusal(await ask("/sync/v1/journal", { method: "POST", token, body }), 413, "tooLarge");
    const bomb = await fetch(`${address}/sync/v1/journal`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
      body: gzipSync(body),
    });
    await expectRefusal(bomb, 413, "tooLarge");
    const head = await server.storage.read((tx) => tx.chainHead({ device: till.device, epoch: 1 }));
    expect(head.seq).toBe(0);
  });

  test("S70 when the server itself fails, it says so without its insides", async () => {
    const { token } = await pairOverHttp();
    await server.storage.close();
    const answer = await ask("/sync/v1/replica/products", { token });
    expect(answer.status).toBe(500);
    const body = errorBodySchema.parse(await answer.json());
    expect(body.reason).toBe("internal");
    expect(JSON.stringify(body)).not.toMatch(/storage|sqlite|database|stack|\.ts/i);
  });
});

describe("HQ changes a price", () => {
  const raise = (body: unknown) => hq("/hq/v1/prices", { method: "PUT", body });

  test("the tills of the stores on that list are woken and pull it, the others are not", async () => {
    await server.stockUp([TEA], 10);
    const berlin = await pairOverHttp("BER1");
    const hamburg = await pairOverHttp("HAM1");
    const [inBerlin, inHamburg] = [await listen(berlin.token), await listen(hamburg.token)];

    const onHarbour = await raise({ sku: "SKU-tea", list: HARBOUR, amount: money(390, EUR) });
    expect(setPriceAnswerSchema.parse(await onHarbour.json())).toMatchObject({ from: null });
    expect(await inHamburg.nextWake()).toEqual(["prices"]);

    const onRetail = await raise({ sku: "SKU-tea", list: RETAIL, amount: money(360, EUR) });
    expect(setPriceAnswerSchema.parse(await onRetail.json())).toMatchObject({ from: money(350, EUR) });
    expect(await inHamburg.nextWake()).toEqual(["prices"]);
    // The first that Berlin hears of: the change of Hamburg's own list did not concern it.
    expect(await inBerlin.nextWake()).toEqual(["prices"]);
    expect(inBerlin.wakes).toBe(1);

    const pulled = replicaAnswerSchema.parse(
      await (await ask("/sync/v1/replica/prices", { token: berlin.token })).json(),
    );
    expect(pulled.documents).toMatchObject([{ id: "retail:tea", data: { amount: money(360, EUR) } }]);
  });

  test("S50 a sale wakes the tills of its own store alone", async () => {
    await server.stockUp([TEA], 10);
    const seller = await pairOverHttp("BER1");
    const neighbour = await listen((await pairOverHttp("BER1")).token);
    const elsewhere = await listen((await pairOverHttp("HAM1")).token);
    await ask("/sync/v1/journal", {
      method: "POST",
      token: seller.token,
      body: { entries: [seller.till.begin(), seller.till.sell(one)] },
    });
    expect(await neighbour.nextWake()).toEqual(["stock"]);
    await raise({ sku: "SKU-tea", list: RETAIL, amount: money(1, EUR) });
    expect(await elsewhere.nextWake()).toEqual(["prices"]);
    expect(elsewhere.wakes).toBe(1);
  });

  test("S50 hundreds of tills may listen at once, and each is woken", async () => {
    await server.stockUp([TEA], 10);
    const { token } = await pairOverHttp();
    const listeners = await Promise.all(Array.from({ length: 300 }, () => listen(token)));
    await raise({ sku: "SKU-tea", list: RETAIL, amount: money(360, EUR) });
    const wakes = await Promise.all(listeners.map((listener) => listener.nextWake()));
    expect(wakes).toHaveLength(300);
    expect(wakes.every((collections) => collections.join() === "prices")).toBe(true);
  });

  test("a price that makes no sense is refused with the reason", async () => {
    await server.stockUp([TEA], 10);
    const amount = money(100, EUR);
    await expectRefusal(await raise({ sku: "nothing", list: RETAIL, amount }), 404, "notFound");
    await expectRefusal(await raise({ sku: "SKU-tea", list: "nolist", amount }), 400, "badRequest");
    await expectRefusal(
      await raise({ sku: "SKU-tea", list: RETAIL, amount: { ...amount, minor: -1 } }),
      400,
      "badRequest",
    );
    await expectRefusal(
      await raise({ sku: "SKU-tea", list: RETAIL, amount: { minor: 1, currency: "USD" } }),
      400,
      "badRequest",
    );
  });
});

test("S52 the stream says that it is there while nothing happens", async () => {
  const { token } = await pairOverHttp();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const stream = await listen(token);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(await stream.nextComment()).toBe(": here");
  } finally {
    vi.useRealTimers();
  }
});

test("HQ sees when a till was last heard of and how far its clock is off", async () => {
  const { token } = await pairOverHttp();
  const clock: Instant = server.clock.now();
  await ask("/sync/v1/replica/settings", { token, headers: { "onetill-clock": String(clock + 90_000) } });
  const { devices } = devicesAnswerSchema.parse(await (await hq("/hq/v1/devices")).json());
  expect(devices[0]).toMatchObject({ lastSeenAt: clock, clockOffsetMs: 90_000, acknowledged: 0 });
});

test("HQ sees an oversold article by name of its store", async () => {
  const { till, token } = await pairOverHttp();
  await ask("/sync/v1/journal", {
    method: "POST",
    token,
    body: { entries: [till.begin(), till.sell(one)] },
  });
  const { exceptions } = exceptionsAnswerSchema.parse(await (await hq("/hq/v1/exceptions")).json());
  expect(exceptions).toMatchObject([{ kind: "oversold", store: "BER1", resolved: false }]);
});

test("a large answer is compressed where the till can read that", async () => {
  await server.stockUp(
    Array.from({ length: 50 }, (_, index) => idOf<"Variant">(`v${index}`)),
    1,
  );
  const { token } = await pairOverHttp();
  const { request } = await import("node:http");
  const asked = request(`${address}/sync/v1/replica/products`, {
    headers: { authorization: `Bearer ${token}`, "accept-encoding": "gzip" },
  }).end();
  const [answer] = await once(asked, "response");
  expect(answer.headers["content-encoding"]).toBe("gzip");
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const text = gunzipSync(Buffer.concat(chunks)).toString("utf8");
  expect(replicaAnswerSchema.parse(JSON.parse(text)).documents).toHaveLength(50);
});

/** Opens the stream of wake-ups; resolves once the server is listening for changes on its behalf. */
async function listen(token: string) {
  const answer = await ask("/sync/v1/changes", { token });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let wakes = 0;
  const more = async () => {
    const { done, value } = await reader.read();
    if (!done) text += value;
    return !done;
  };
  while (!text.includes("\n\n")) await more();
  text = text.slice(text.indexOf("\n\n") + 2);
  const listener = {
    get wakes() {
      return wakes;
    },
    async nextWake(): Promise<string[]> {
      for (;;) {
        const found = /event: wake\ndata: (.*)\n\n/.exec(text);
        if (found !== null) {
          text = text.slice(found.index + found[0].length);
          wakes += 1;
          return JSON.parse(found[1]!).collections;
        }
        if (!(await more())) throw new Error("the stream has ended");
      }
    },
    async nextComment(): Promise<string> {
      while (!text.includes("\n\n")) await more();
      const [comment = "", ...rest] = text.split("\n\n");
      text = rest.join("\n\n");
      return comment;
    },
    /** Resolves when the server has ended the stream. */
    get ended(): Promise<void> {
      return (async () => {
        while (await more());
      })();
    },
  };
  return listener;
}
