import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { productsAnswerSchema, storesAnswerSchema, ticketsAnswerSchema } from "#protocol/hq/console.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { pagesAnswerSchema } from "#protocol/sync/pages.ts";
import { replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { snapshotFootSchema, snapshotHeadSchema } from "#protocol/sync/snapshot.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { CUP, EUR, TEA } from "../testing/shop.ts";

let http: HttpForTests;

beforeEach(async () => {
  http = await HttpForTests.open();
});

afterEach(() => http.close());

const one = [{ variant: TEA, quantity: 1 }] as const;

async function expectRefusal(answer: Response, status: number, reason: string): Promise<void> {
  expect(await refusalOf(answer)).toEqual({ status, reason });
}

describe("a till from its pairing to its first sale", () => {
  test("S1 S10 S35 it pairs, pulls what it needs, sells, and HQ sees the sale", async () => {
    await http.parts.stockUp([TEA], 10);
    const { till, token, enrolment } = await http.pair();
    expect(enrolment).toMatchObject({ storeCode: "BER1", register: 1, protocol: PROTOCOL_VERSION });

    const products = replicaAnswerSchema.parse(
      await (await http.ask("/sync/v1/replica/products", { token })).json(),
    );
    expect(products.documents).toHaveLength(1);
    expect(products.caughtUp).toBe(true);

    const pushed = await http.ask("/sync/v1/journal", {
      method: "POST",
      token,
      body: { entries: [till.begin(), till.sell(one)] },
    });
    expect(pushAnswerSchema.parse(await pushed.json())).toMatchObject({ ok: true, acknowledged: 2 });

    const tickets = ticketsAnswerSchema.parse(await (await http.hq("/hq/v1/tickets?store=BER1")).json());
    expect(tickets.total).toBe(1);
    expect(tickets.tickets[0]).toMatchObject({
      store: "BER1",
      register: 1,
      total: money(350, EUR),
      pieces: 1,
    });
    const found = productsAnswerSchema.parse(await (await http.hq("/hq/v1/products?search=tea")).json());
    expect(found.products[0]?.variants[0]?.stock).toContainEqual({ store: "BER1", onHand: 9 });
    const stores = storesAnswerSchema.parse(await (await http.hq("/hq/v1/stores")).json());
    expect(stores.stores.map(({ code, devices }) => [code, devices])).toEqual([
      ["BER1", 1],
      ["HAM1", 0],
    ]);
  });

  test("S40 its first sync comes as a compressed stream with head and foot", async () => {
    await http.parts.stockUp([TEA, CUP], 10);
    const { token } = await http.pair();
    const answer = await http.ask("/sync/v1/snapshot/products", { token });
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    const lines = (await answer.text()).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(snapshotHeadSchema.parse(JSON.parse(lines[0]!)).count).toBe(2);
    expect(snapshotFootSchema.parse(JSON.parse(lines[3]!)).count).toBe(2);
  });

  test("S44 it comes as a file of gzip to a till that names such files, and to nobody else", async () => {
    await http.parts.stockUp([TEA, CUP], 10);
    const { token } = await http.pair();
    const ask = async (accept: string) =>
      fetch(`${http.address}/sync/v1/snapshot/products`, {
        headers: { authorization: `Bearer ${token}`, "onetill-protocol": String(PROTOCOL_VERSION), accept },
      });
    const file = await ask("application/gzip, application/x-ndjson;q=0.9");
    expect(file.headers.get("content-type")).toBe("application/gzip");
    expect(file.headers.get("content-encoding")).toBeNull();
    expect(file.headers.get("vary")).toBe("accept");
    const unpacked = gunzipSync(Buffer.from(await file.arrayBuffer())).toString("utf8");
    for (const accept of ["application/gzip;q=0.5", "application/x-ndjson;q=0, application/gzip"])
      expect((await ask(accept)).headers.get("content-type")).toBe("application/gzip");
    const others = ["*/*", "application/*", "application/x-ndjson", "application/gzipped"];
    const refusing = ["application/gzip;q=0", "application/gzip ; q=0.000, application/x-ndjson"];
    for (const accept of [...others, ...refusing]) {
      const encoded = await ask(accept);
      expect(encoded.headers.get("content-encoding")).toBe("gzip");
      expect(encoded.headers.get("vary")).toBe("accept");
      expect(await encoded.text()).toBe(unpacked);
    }
  });

  test("S12 a gap is an answer with its name, not a failure", async () => {
    const { till, token } = await http.pair();
    till.begin();
    const body = { entries: [till.sell(one)] };
    const answer = await http.ask("/sync/v1/journal", { method: "POST", token, body });
    expect(answer.status).toBe(200);
    expect(pushAnswerSchema.parse(await answer.json())).toMatchObject({ ok: false, reason: "gap", atSeq: 2 });
  });

  test("S60 it asks for a lease", async () => {
    const { token } = await http.pair();
    const body = { act: "ask", subject: { kind: "order", id: "1" } };
    const answer = await http.ask("/sync/v1/leases", { method: "POST", token, body });
    expect(leaseAnswerSchema.parse(await answer.json())).toMatchObject({ granted: true });
  });

  test("S71 a picture is kept for good and is never run as a page", async () => {
    const hash = idOf<"ImageHash">("ab".repeat(32));
    const bytes = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>");
    await http.parts.storage.write((tx) => tx.putPicture(hash, { mime: "image/svg+xml", bytes }));
    const { token } = await http.pair();
    const answer = await http.ask(`/sync/v1/pictures/${hash}`, { token });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get("content-type")).toContain("image/svg+xml");
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    await expectRefusal(await http.ask(`/sync/v1/pictures/${"cd".repeat(32)}`, { token }), 404, "notFound");
    await expectRefusal(await http.ask(`/sync/v1/pictures/${hash}`), 401, "unauthorised");
  });
});

describe("several collections by one call", () => {
  async function ask(path: string, body?: unknown) {
    const answer = await http.ask(path, body === undefined ? { token } : { method: "POST", token, body });
    expect(answer.status).toBe(200);
    return answer.json();
  }
  let token: string;
  let till: HttpTill["till"];
  beforeEach(async () => {
    ({ token, till } = await http.pair());
    await http.parts.stockUp([TEA], 10);
  });

  test("S39a each page is what a pull of that collection answers", async () => {
    const checkpoints: Record<string, string> = {};
    for (const collection of REPLICA_COLLECTIONS) {
      const { checkpoint } = replicaAnswerSchema.parse(await ask(`/sync/v1/replica/${collection}`));
      checkpoints[collection] = checkpoint;
    }
    await ask("/sync/v1/journal", { entries: [till.begin(), till.sell(one)] });
    const { pages } = pagesAnswerSchema.parse(await ask("/sync/v1/pages", { checkpoints }));
    for (const collection of REPLICA_COLLECTIONS) {
      const after = encodeURIComponent(checkpoints[collection] ?? "");
      const pulled = await ask(`/sync/v1/replica/${collection}?after=${after}`);
      const { serverTime: _, ...page } = replicaAnswerSchema.parse(pulled);
      expect(pages[collection], collection).toEqual(page);
    }
    expect(pages.stock).toMatchObject({ documents: [{ id: TEA }], applied: { seq: 2 } });
    expect(pages.receipts?.documents).toHaveLength(1);
  });

  test("S39a one that is refused, is long or is not known here is left out, and the others are there", async () => {
    const variants = Array.from({ length: 60 }, (_, index) => idOf<"Variant">(`many-${index}`));
    await http.parts.stockUp(variants, 1);
    const checkpoints = { products: "", prices: "nonsense", settings: "", ofLater: "" };
    const { pages } = pagesAnswerSchema.parse(await ask("/sync/v1/pages", { checkpoints }));
    expect(Object.keys(pages)).toEqual(["settings"]);
  });

  test("S39a what names no checkpoints is refused", async () => {
    for (const body of [{}, { checkpoints: [] }, { checkpoints: { stock: 3 } }]) {
      const answer = await http.ask("/sync/v1/pages", { method: "POST", token, body });
      await expectRefusal(answer, 400, "badRequest");
    }
    await expectRefusal(await http.ask("/sync/v1/pages", { method: "POST", body: {} }), 401, "unauthorised");
  });
});

test.each([
  [PROTOCOL_VERSION, true],
  [3, false],
  [1, false],
])(
  "S35a a till of version %i is told by the hash which entry is applied: %s, at every address that says so",
  async (version, isNamed) => {
    const { token, till } = await http.pair();
    const variants = Array.from({ length: 50 }, (_, index) => idOf<"Variant">(`v${index}`));
    await http.parts.stockUp([TEA, ...variants], 10);
    const headers = { [PROTOCOL_HEADER]: String(version) };
    const ask = async (path: string, body?: unknown) =>
      (
        await http.ask(path, { token, headers, ...(body === undefined ? {} : { method: "POST", body }) })
      ).text();
    await ask("/sync/v1/journal", { entries: [till.begin(), till.sell(one)] });
    const [head = ""] = (await ask("/sync/v1/snapshot/stock")).split("\n");
    const answers = [
      head,
      await ask("/sync/v1/replica/stock"),
      await ask("/sync/v1/replica/orders"),
      await ask("/sync/v1/newer", { checkpoints: {} }),
    ].map((text) => appliedIn.parse(JSON.parse(text)));
    const { pages } = z
      .object({ pages: z.record(z.string(), appliedIn) })
      .parse(JSON.parse(await ask("/sync/v1/pages", { checkpoints: { orders: "", balances: "" } })));
    expect(Object.keys(pages)).toHaveLength(2);
    const hash = isNamed ? { hash: till.entries.at(-1)?.hash } : {};
    for (const { applied } of [...answers, ...Object.values(pages)])
      expect(applied).toEqual({ epoch: 1, seq: 2, ...hash });
  },
);

const appliedIn = z.object({ applied: z.unknown() });

test("a large answer is compressed where the till can read that, and to nobody else", async () => {
  await http.parts.stockUp(
    Array.from({ length: 50 }, (_, index) => idOf<"Variant">(`v${index}`)),
    1,
  );
  const { token } = await http.pair();
  const ask = async (encodings: string): Promise<IncomingMessage> => {
    const asked = request(`${http.address}/sync/v1/replica/products`, {
      headers: { authorization: `Bearer ${token}`, "accept-encoding": encodings },
    }).end();
    const [answer] = await once(asked, "response");
    return answer;
  };
  for (const encodings of ["gzip;q=0", "gzipped", "br"])
    expect((await ask(encodings)).resume().headers["content-encoding"]).toBeUndefined();
  expect((await ask("br, gzip;q=0.5")).resume().headers["content-encoding"]).toBe("gzip");
  const answer = await ask("gzip");
  expect(answer.headers["content-encoding"]).toBe("gzip");
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const text = gunzipSync(Buffer.concat(chunks)).toString("utf8");
  expect(replicaAnswerSchema.parse(JSON.parse(text)).documents).toHaveLength(50);
});

test("a sale is under way until it is taken in, so that whoever reads lets it go first", async () => {
  const { ingestion, selling } = http.parts.deps;
  const [held, mayGoOn] = [signal(), signal()];
  const ingest: typeof ingestion.ingest = async (...asked) => {
    held.give();
    await mayGoOn.given;
    return ingestion.ingest(...asked);
  };
  Object.assign(http.parts.deps, { ingestion: { ...ingestion, ingest } });
  const seller = await http.pair();
  const pushed = http.push(seller, [seller.till.begin()]);
  await held.given;
  let isOver = false;
  selling.whenOver(() => {
    isOver = true;
  });
  expect(isOver).toBe(false);
  mayGoOn.give();
  expect((await pushed).status).toBe(200);
  expect(isOver).toBe(true);
});

describe("a long push that waits", () => {
  /** Once so many long pushes are being taken in, which go on as `goOn` is called; `most`: how many were at the same time. */
  async function atWork(count: number, tills: readonly HttpTill[], bodyOf = longBody) {
    const { ingestion } = http.parts.deps;
    const [mayGoOn, all] = [signal(), signal()];
    const work = { taken: [] as string[], now: 0, most: 0 };
    const ingest: typeof ingestion.ingest = async (device, entries, ...more) => {
      work.taken.push(device.id);
      if (entries.length <= 2) return ingestion.ingest(device, entries, ...more);
      work.now += 1;
      work.most = Math.max(work.most, work.now);
      if (work.now === count) all.give();
      await mayGoOn.given;
      const answer = await ingestion.ingest(device, entries, ...more);
      work.now -= 1;
      return answer;
    };
    Object.assign(http.parts.deps, { ingestion: { ...ingestion, ingest } });
    const first = tills.map((from) => longPush(from, bodyOf));
    await all.given;
    return { work, goOn: mayGoOn.give, first };
  }

  function pairs(count: number): Promise<readonly HttpTill[]> {
    return Promise.all(Array.from({ length: count }, () => http.pair()));
  }

  test("is taken in with one other at most where both are very long, and a short one waits for none of them", async () => {
    const tills = await pairs(5);
    const seller = await http.pair();
    await http.parts.stockUp([TEA], 1_000);
    const { work, goOn, first } = await atWork(2, tills);
    expect((await http.push(seller, [seller.till.begin(), seller.till.sell(one)])).status).toBe(200);
    goOn();
    for (const answer of await Promise.all(first))
      expect(pushAnswerSchema.parse(await answer.json())).toMatchObject({ ok: true, acknowledged: 61 });
    expect(work.most).toBe(2);
  });

  test("is taken in with others as far as all of them are not too much", async () => {
    const tills = await pairs(3);
    await http.parts.stockUp([TEA], 1_000);
    const { work, goOn, first } = await atWork(3, tills, (from) => longBody(from, 100_000));
    goOn();
    for (const answer of await Promise.all(first)) expect(answer.status).toBe(200);
    expect(work.most).toBe(3);
  });

  test("is not read once whoever sent it has gone", async () => {
    const { work, goOn, first } = await atWork(2, await pairs(2));
    const leaver = await http.pair();
    const leaving = new AbortController();
    const sent = fetch(`${http.address}/sync/v1/journal`, {
      method: "POST",
      headers: { authorization: `Bearer ${leaver.token}`, "content-type": "application/json" },
      body: longBody(leaver),
      signal: leaving.signal,
    });
    const heard = http.parts.deps.contacts;
    await new Promise<void>((known) => {
      Object.assign(http.parts.deps, {
        contacts: {
          ...heard,
          heard: (...told: Parameters<typeof heard.heard>) => {
            heard.heard(...told);
            if (told[0] === leaver.till.device) known();
          },
        },
      });
    });
    leaving.abort();
    await expect(sent).rejects.toThrow();
    const next = await http.pair();
    const last = longPush(next);
    goOn();
    for (const answer of await Promise.all([...first, last])) expect(answer.status).toBe(200);
    expect(work.taken).not.toContain(leaver.till.device);
  });

  test("of a till that HQ revokes meanwhile is refused as it would be sent now", async () => {
    const { work, goOn, first } = await atWork(2, await pairs(2));
    const revoked = await http.pair();
    const sent = longPush(revoked);
    await http.parts.storage.write((tx) => tx.revokeDevice(revoked.till.device, http.parts.clock.now()));
    goOn();
    await Promise.all(first);
    await expectRefusal(await sent, 403, "deviceRevoked");
    expect(work.taken).not.toContain(revoked.till.device);
  });
});

test("S12 a push that does not say that it is JSON is none", async () => {
  const { token, till } = await http.pair();
  const answer = await http.ask("/sync/v1/journal", {
    method: "POST",
    token,
    body: JSON.stringify({ entries: [till.begin()] }),
    headers: { "content-type": "text/plain" },
  });
  await expectRefusal(answer, 400, "badRequest");
});

/** Sixty sales, and blanks as JSON may have them; left out: so long that two of them are all that is read at the same time. */
function longBody({ till }: HttpTill, chars = 1_100_000): string {
  const entries = [till.begin(), ...Array.from({ length: 60 }, () => till.sell(one))];
  return JSON.stringify({ entries }).padEnd(chars);
}

function longPush(from: HttpTill, bodyOf = longBody): Promise<Response> {
  return http.ask("/sync/v1/journal", { method: "POST", token: from.token, body: bodyOf(from) });
}

function signal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((done) => {
    give = done;
  });
  return { given, give: () => give() };
}
