import { createPublicKey, verify } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { money } from "#domain/money/money.ts";
import { looksLikeReceiptCode } from "#domain/returns/code/digits.ts";
import { type CodeTrust, readReceiptCode } from "#domain/returns/code/read-code.ts";
import { type ReceiptKeyDocument, receiptDocumentSchema } from "#protocol/documents/receipt.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import { receiptCodeAnswerSchema } from "#protocol/shop/receipt-code.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { RECEIPTS_FEED } from "../sync/feeds.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { ensureReceiptKeys } from "./keys.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

async function publishedKeys(): Promise<readonly ReceiptKeyDocument[]> {
  const rows = await http.parts.storage.read((tx) =>
    tx.feedRows({ feed: RECEIPTS_FEED, collection: "receipts", after: 0, limit: 99 }),
  );
  return rows
    .map(({ data }) => receiptDocumentSchema.parse(JSON.parse(data ?? "null")))
    .filter((each) => each.kind === "key");
}

/** Reads codes as a till does, by what was published. */
function trusting(keys: readonly ReceiptKeyDocument[]): CodeTrust {
  return {
    keyOf: (id) => {
      const key = keys.find((each) => each.id === `key:${id}`);
      if (key === undefined) return null;
      return { publicKey: Buffer.from(key.publicKey, "base64url"), revoked: key.revokedAt !== null };
    },
    verify: (bytes, signature, publicKey) => {
      const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") };
      return verify(null, bytes, createPublicKey({ key: jwk, format: "jwk" }), signature);
    },
  };
}

describe("the keys that receipts are signed with", () => {
  test("a till's is known in the whole chain as soon as it is paired, and counts no more when HQ revokes the till", async () => {
    const { till } = await http.parts.pair(HAMBURG);
    const key = { kind: "key", publicKey: till.publicKey, device: till.device };
    expect(await publishedKeys()).toMatchObject([{ ...key, revokedAt: null }]);
    await http.hq(`/hq/v1/devices/${till.device}/revoke`, { method: "POST" });
    expect(await publishedKeys()).toMatchObject([{ ...key, revokedAt: http.parts.clock.now() }]);
  });

  test("a machine that is paired anew after it was revoked signs again", async () => {
    const { till } = await http.parts.pair(BERLIN);
    await http.hq(`/hq/v1/devices/${till.device}/revoke`, { method: "POST" });
    const { enrolment } = http.parts.deps;
    const made = await enrolment.makePairingCode(BERLIN.code);
    const again = { kind: "pair", code: made!.code, publicKey: till.publicKey, name: "Till" } as const;
    const paired = await enrolment.pair(again);
    if (!paired.ok) throw new Error(paired.reason);
    expect(await publishedKeys()).toMatchObject([{ device: paired.value.device, revokedAt: null }]);
  });

  test("tills that were paired before receipts had codes, and the server itself, are told of once", async () => {
    const { till } = await http.parts.pair(BERLIN);
    const [key] = await publishedKeys();
    await http.parts.storage.write(async (tx) => {
      const at = http.parts.clock.now();
      await tx.putInFeed({ feed: RECEIPTS_FEED, collection: "receipts", id: key!.id, data: null, at });
    });
    await ensureReceiptKeys(http.parts.deps.publisher);
    const published = await publishedKeys();
    expect(published).toContainEqual(key);
    expect(published.filter(({ device }) => device === null)).toHaveLength(1);
    const { head } = await http.parts.storage.read((tx) => tx.feedHead(RECEIPTS_FEED));
    await ensureReceiptKeys(http.parts.deps.publisher);
    expect((await http.parts.storage.read((tx) => tx.feedHead(RECEIPTS_FEED))).head).toBe(head);
    expect(published.map(({ device }) => device).sort()).toEqual([null, till.device].sort());
  });
});

describe("the code of a web shop's order", () => {
  let key: string;
  beforeEach(async () => {
    await ensureReceiptKeys(http.parts.deps.publisher);
    await http.parts.stockUp([TEA], 5);
    key = await keyFor([]);
  });

  async function keyFor(channels: readonly string[]): Promise<string> {
    const body = { scope: "shop", name: "Web shop", channels };
    const made = await http.hq("/hq/v1/keys", { method: "POST", body });
    return makeKeyAnswerSchema.parse(await made.json()).key;
  }

  async function ordered(): Promise<string> {
    const body = {
      channel: "web",
      id: "1042",
      number: "T-1042",
      currency: "EUR",
      customer: { name: "Anna Ahrens" },
      lines: [{ sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR) }],
      payment: { kind: "paid" },
      delivery: { kind: "pickup", store: "BER1" },
    };
    const placed = await http.ask("/shop/v1/orders", { method: "POST", token: key, body });
    return shopOrderSchema.parse(await placed.json()).id;
  }

  const codeOf = (body: unknown, token = key) =>
    http.ask("/shop/v1/receipt-code", { method: "POST", token, body });

  test("any till reads it, and the server makes the same one each time", async () => {
    const order = await ordered();
    const answer = await codeOf({ channel: "web", externalId: "1042" });
    expect(answer.status).toBe(200);
    const { code, svg } = receiptCodeAnswerSchema.parse(await answer.json());
    expect(svg).toBeNull();
    expect(looksLikeReceiptCode(code)).toBe(true);
    expect(readReceiptCode(code, trusting(await publishedKeys()))).toMatchObject({
      ok: true,
      value: {
        kind: "full",
        purchase: {
          ref: { kind: "order", id: order },
          number: "T-1042",
          channel: "web",
          settled: money(700, EUR),
          lines: [{ sku: "SKU-tea", quantity: 2, total: money(700, EUR) }],
        },
      },
    });
    const again = receiptCodeAnswerSchema.parse(await (await codeOf({ order, svg: true })).json());
    expect(again.code).toBe(code);
    expect(again.svg).toMatch(/^<svg /);
  });

  test("there is none of an order that nobody knows, that is another shop's, or that was cancelled", async () => {
    const order = await ordered();
    expect((await codeOf({ channel: "web", externalId: "9" })).status).toBe(404);
    expect((await codeOf({ order }, await keyFor(["other"]))).status).toBe(404);
    expect((await codeOf({ order, channel: "web" })).status).toBe(400);
    expect((await codeOf({ channel: "web" })).status).toBe(400);
    const reason = { reason: "Changed their mind" };
    await http.ask(`/shop/v1/orders/${order}/cancel`, { method: "POST", token: key, body: reason });
    const refusal = await refusalOf(await codeOf({ order }));
    expect(refusal).toEqual({ status: 409, reason: "conflict" });
  });
});
