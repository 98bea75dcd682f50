import { createPublicKey, verify } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { money } from "#domain/money/money.ts";
import { looksLikeReceiptCode } from "#domain/returns/code/digits.ts";
import { type CodeTrust, readReceiptCode } from "#domain/returns/code/read-code.ts";
import { DEFAULT_RETURN_POLICY } from "#domain/returns/policy.ts";
import { daysAfter } from "#domain/store/business-day.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { keyOwnerOf, type ReceiptKeyDocument, receiptDocumentSchema } from "#protocol/documents/receipt.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import { receiptCodeAnswerSchema } from "#protocol/shop/receipt-code.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { RECEIPTS_FEED } from "../sync/feeds.ts";
import { putInFeed } from "../testing/put-in-feed.ts";
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
      return {
        publicKey: Buffer.from(key.publicKey, "base64url"),
        revoked: key.revokedAt !== null,
        owner: keyOwnerOf(key),
      };
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
    const tills = [{ store: HAMBURG.store, register: 1 }];
    const key = { kind: "key", publicKey: till.publicKey, device: till.device, tills };
    expect(await publishedKeys()).toMatchObject([{ ...key, revokedAt: null }]);
    await http.hq(`/hq/v1/devices/${till.device}/revoke`, { method: "POST" });
    expect(await publishedKeys()).toMatchObject([{ ...key, revokedAt: http.parts.clock.now() }]);
  });

  async function pairAgain(publicKey: string) {
    const { enrolment } = http.parts.deps;
    const made = await enrolment.makePairingCode(BERLIN.code);
    return enrolment.pair({ kind: "pair", code: made!.code, publicKey, name: "Till" });
  }

  test("a machine that HQ revoked is paired again with a key of its own anew, never with the one that was revoked", async () => {
    const { till } = await http.parts.pair(BERLIN);
    await http.hq(`/hq/v1/devices/${till.device}/revoke`, { method: "POST" });
    const revoked = await publishedKeys();
    expect(await pairAgain(till.publicKey)).toEqual({ ok: false, reason: "keyRevoked" });
    expect(await publishedKeys()).toEqual(revoked);
    expect(revoked).toMatchObject([{ revokedAt: http.parts.clock.now() }]);
    await http.parts.pair(BERLIN);
    expect(await publishedKeys()).toMatchObject([{ revokedAt: http.parts.clock.now() }, { revokedAt: null }]);
  });

  test("a till whose pairing got lost on its way is told by where it stands at last, and no more trusted than that", async () => {
    const { till } = await http.parts.pair(BERLIN);
    const again = await pairAgain(till.publicKey);
    if (!again.ok) throw new Error(again.reason);
    const { device } = again.value;
    const tills = [1, 2].map((register) => ({ store: BERLIN.store, register }));
    expect(await publishedKeys()).toMatchObject([{ device, tills, revokedAt: null }]);
    await http.hq(`/hq/v1/devices/${device}/revoke`, { method: "POST" });
    expect(await publishedKeys()).toMatchObject([{ device, tills, revokedAt: http.parts.clock.now() }]);
  });

  test("a key that was published before keys told where their tills stand is told of anew, once", async () => {
    await http.parts.pair(BERLIN);
    const [key] = await publishedKeys();
    const { tills: _, ...before } = key!;
    await http.parts.deps.publisher.publish((publication) => publication.putReceiptKey(before));
    await ensureReceiptKeys(http.parts.deps.publisher);
    expect(await publishedKeys()).toContainEqual(key);
  });

  test("tills that were paired before receipts had codes, and the server itself, are told of once", async () => {
    const { till } = await http.parts.pair(BERLIN);
    const [key] = await publishedKeys();
    await http.parts.storage.write(async (tx) => {
      const at = http.parts.clock.now();
      await putInFeed(tx, { feed: RECEIPTS_FEED, collection: "receipts", id: key!.id, data: null, at });
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

describe("the code on a receipt that the server writes", () => {
  let paired: HttpTill;
  beforeEach(async () => {
    await ensureReceiptKeys(http.parts.deps.publisher);
    await http.parts.stockUp([TEA], 5);
    paired = await http.pair();
    paired.till.begin();
  });

  async function sold(): Promise<Ticket> {
    const { till } = paired;
    const ticket = till.ticket([{ variant: TEA, quantity: 2 }]);
    till.write({ type: "ticket.completed", ticket });
    expect(await (await http.push(paired, till.entries)).json()).toMatchObject({ ok: true });
    return ticket;
  }

  async function codeOf(ticket: Ticket): Promise<string | null> {
    const ofTicket = await http.parts.deps.receiptCodes.ofTickets();
    return http.parts.storage.read((tx) => ofTicket(tx, ticket));
  }

  const pageOf = async ({ id }: Ticket) => (await http.hq(`/hq/v1/tickets/${id}/receipt`)).text();
  const revoke = () => http.hq(`/hq/v1/devices/${paired.till.device}/revoke`, { method: "POST" });

  test("is its till's, whoever signs: read while that is a till of the chain, and refused as soon as HQ has revoked it", async () => {
    const ticket = await sold();
    const code = await codeOf(ticket);
    expect(readReceiptCode(code!, trusting(await publishedKeys()))).toMatchObject({
      ok: true,
      value: { purchase: { ref: { kind: "ticket", id: ticket.id }, number: ticket.number } },
    });
    await revoke();
    const refused = readReceiptCode(code!, trusting(await publishedKeys()));
    expect(refused).toEqual({ ok: false, reason: "revokedKey" });
  });

  test("is on none of a till that HQ has revoked", async () => {
    const ticket = await sold();
    const drawn = /<figure role="img"[^>]*><svg/;
    expect(await pageOf(ticket)).toMatch(drawn);
    await revoke();
    expect(await codeOf(ticket)).toBeNull();
    expect(await pageOf(ticket)).not.toMatch(drawn);
  });

  test("says the days of the store's policy where a line of before says none", async () => {
    const ticket = await sold();
    const returns = { ...DEFAULT_RETURN_POLICY, windowDays: 14 };
    await http.parts.deps.publisher.publish((publication) => publication.putStore({ ...BERLIN, returns }));
    const code = await codeOf(ticket);
    const returnBy = daysAfter(ticket.businessDay, 14);
    expect(readReceiptCode(code!, trusting(await publishedKeys()))).toMatchObject({
      value: { purchase: { lines: [{ returnBy }] } },
    });
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
