import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readCouponCode } from "#domain/coupons/coupon-code.ts";
import { couponIdOf } from "#domain/coupons/coupon-id.ts";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { GrantedDiscount, Ticket } from "#domain/ticket/ticket.ts";
import { balanceSchema } from "#protocol/documents/balance.ts";
import { couponsAnswerSchema, couponsMadeSchema } from "#protocol/hq/coupons.ts";
import { balanceAnswerSchema } from "#protocol/sync/balances.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { customer, EUR, TEA } from "../testing/shop.ts";

const SUMMER = idOf<"Promotion">("summer");
const ANNA = customer("anna");

let http: HttpForTests;
let berlin: HttpTill;
let hamburg: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  berlin = await http.pair("BER1");
  hamburg = await http.pair("HAM1");
  for (const each of [berlin, hamburg]) await http.push(each, [each.till.begin()]);
  await http.parts.deps.publisher.publish((publication) => publication.putCustomer(ANNA));
  await promote({ when: { coupon: { kind: "codes" } }, limits: { perCustomer: 2 } });
});
afterEach(() => http.close());

async function promote(changes: object): Promise<void> {
  const body = {
    id: SUMMER,
    name: "Summer",
    validFrom: 0,
    validUntil: null,
    priority: 0,
    rule: { kind: "piecesFor", goods: { kind: "all" }, size: 2, pays: 1 },
    ...changes,
  };
  expect((await http.hq(`/hq/v1/promotions/${SUMMER}`, { method: "PUT", body })).status).toBe(200);
}

async function make(count: number, uses = 1) {
  const answer = await http.hq(`/hq/v1/promotions/${SUMMER}/coupons`, {
    method: "POST",
    body: { count, uses },
  });
  return couponsMadeSchema.parse(await answer.json());
}

const revoke = (body: object) => http.hq("/hq/v1/coupons/revoke", { method: "POST", body });

async function listed() {
  const answer = await http.hq(`/hq/v1/promotions/${SUMMER}/coupons`);
  return couponsAnswerSchema.parse(await answer.json());
}

async function onTills() {
  const rows = await http.parts.storage.read((tx) =>
    tx.feedRows({ feed: "balances", collection: "balances", after: 0, limit: 999 }),
  );
  return rows.flatMap(({ data }) => (data === null ? [] : [balanceSchema.parse(JSON.parse(data))]));
}

/** A ticket of two teas on which the promotion was granted by a coupon. */
function using({ till }: HttpTill, code: string, changes: Partial<Ticket> = {}): Ticket {
  const ticket = till.ticket([{ variant: TEA, quantity: 2 }]);
  const granted: GrantedDiscount = {
    source: "promotion",
    reason: "Summer",
    amount: money(1, EUR),
    promotion: SUMMER,
    needs: null,
  };
  return {
    ...ticket,
    lines: ticket.lines.map((line) => ({ ...line, discounts: [granted] })),
    coupons: [{ code, promotion: SUMMER }],
    ...changes,
  };
}

async function push(from: HttpTill, ticket: Ticket) {
  const entry = from.till.write({ type: "ticket.completed", ticket });
  expect(await (await http.push(from, [entry])).json()).toMatchObject({ ok: true });
  return entry;
}

async function standing(code: string, from = berlin) {
  const body = { code };
  const answer = await http.ask("/sync/v1/balances", { method: "POST", token: from.token, body });
  return balanceAnswerSchema.parse(await answer.json());
}

const usedTwice = async () =>
  (await http.parts.storage.read((tx) => tx.exceptions(99))).filter(({ kind }) => kind === "couponUsedTwice");

describe("codes that HQ makes", () => {
  test("are told once; tills get digests, a page of a series for each beginning, and never a code", async () => {
    const { series, codes } = await make(2_000);
    expect(new Set(codes).size).toBe(2_000);
    expect(codes.every((code) => readCouponCode(code)?.series === series.id)).toBe(true);
    const documents = await onTills();
    const pages = documents.flatMap((each) => (each.kind === "coupons" ? [each] : []));
    expect(documents).toHaveLength(pages.length + 1);
    expect(pages.length).toBeLessThanOrEqual(256);
    expect(pages.flatMap(({ coupons }) => coupons).sort()).toEqual(
      codes.map((code) => couponIdOf(code, sha256Hex)).sort(),
    );
    expect(JSON.stringify([documents, await listed()])).not.toContain(codes[0]);
  });

  test("are made for a promotion with codes only", async () => {
    await promote({ when: { coupon: { kind: "word", word: "SUMMER" } } });
    const path = `/hq/v1/promotions/${SUMMER}/coupons`;
    expect((await http.hq(path, { method: "POST", body: { count: 1 } })).status).toBe(409);
    expect((await http.hq(path, { method: "POST", body: { count: 100_001 } })).status).toBe(400);
    const none = "/hq/v1/promotions/none/coupons";
    expect((await http.hq(none, { method: "POST", body: { count: 1 } })).status).toBe(404);
  });

  test("can be revoked, one or the whole series", async () => {
    const { series, codes } = await make(3);
    const [first = "", second = ""] = codes;
    expect((await revoke({ code: first })).status).toBe(200);
    expect((await standing(first)).balance).toMatchObject({ revoked: true });
    expect((await standing(second)).balance).toMatchObject({ revoked: false, used: 0, uses: 1 });
    expect((await revoke({ series: series.id })).status).toBe(200);
    expect((await standing(second)).balance).toMatchObject({ revoked: true });
    expect((await onTills()).map(({ kind }) => kind).sort()).toEqual(["coupon", "couponSeries"]);
    expect((await listed()).series[0]?.revokedAt).not.toBeNull();
    expect((await revoke({ code: "CP000-0000-0000-00000" })).status).toBe(404);
  });
});

describe("coupons that tills took", () => {
  test("are used up in the whole chain as soon as the ticket is told, and once however often it is", async () => {
    const [code = ""] = (await make(1)).codes;
    const entry = await push(berlin, using(berlin, code));
    await http.parts.storage.write((tx) => tx.beginEpoch(berlin.till.device, 2));
    berlin.till.epoch = 2;
    await http.push(berlin, [berlin.till.begin(), berlin.till.repeat(entry)]);
    expect((await standing(code, hamburg)).balance).toMatchObject({ used: 1, uses: 1 });
    expect(await onTills()).toContainEqual(expect.objectContaining({ kind: "coupon", used: 1 }));
    expect((await listed()).series).toMatchObject([{ used: 1 }]);
    expect(await usedTwice()).toEqual([]);
  });

  test("by two tills that were cut off: both sales stand, and it is raised once with both receipts", async () => {
    const [code = ""] = (await make(1)).codes;
    const [first, second] = [using(berlin, code), using(hamburg, code)];
    await push(berlin, first);
    await push(hamburg, second);
    await push(hamburg, using(hamburg, code));
    for (const { id } of [first, second])
      expect(await http.parts.storage.read((tx) => tx.ticket(id))).not.toBeNull();
    const [raised, ...more] = await usedTwice();
    expect(more).toEqual([]);
    expect(raised?.detail).toMatchObject({ coupon: `…${code.slice(-4)}`, used: "3", uses: "1" });
    expect(raised?.detail.receipts).toContain(first.number);
  });

  test("as a word are counted, and nobody minds how often", async () => {
    await push(berlin, using(berlin, "SUMMER"));
    await push(hamburg, using(hamburg, "SUMMER"));
    expect((await listed()).usedByWord).toBe(2);
    expect(await usedTwice()).toEqual([]);
  });

  test("a code that was never made is the ticket's matter alone", async () => {
    await push(berlin, using(berlin, "CP0ZZ-0000-0000-00000"));
    expect(await usedTwice()).toEqual([]);
  });
});

describe("a customer", () => {
  const anna = () => http.parts.storage.read((tx) => tx.customer(ANNA.id));

  test("has bought from the first ticket on, and has had a capped promotion once for each ticket", async () => {
    const plain = berlin.till.ticket([{ variant: TEA, quantity: 1 }]);
    await push(berlin, { ...plain, customer: ANNA.id });
    expect(await anna()).toEqual({ ...ANNA, hasBought: true });
    const ticket = using(berlin, "SUMMER", { customer: ANNA.id });
    const entry = await push(berlin, ticket);
    await http.push(berlin, [entry]);
    expect(await anna()).toEqual({
      ...ANNA,
      hasBought: true,
      promotionUses: [{ promotion: SUMMER, times: 1 }],
    });
    await push(hamburg, using(hamburg, "SUMMER", { customer: ANNA.id }));
    expect((await anna())?.promotionUses).toEqual([{ promotion: SUMMER, times: 2 }]);
    const published = await http.parts.storage.read((tx) =>
      tx.feedRows({ feed: "customers", collection: "customers", after: 0, limit: 9 }),
    );
    expect(published.at(-1)?.data).toContain('"times":2');
  });

  test("who only brought something back has not bought", async () => {
    const ticket = berlin.till.ticket([{ variant: TEA, quantity: 1 }]);
    const lines: Ticket["lines"] = ticket.lines.map((line) => ({
      ...line,
      kind: "return",
      of: null,
      reason: "changedMind",
      condition: "asNew",
      disposition: "stock",
    }));
    const at = instant(berlin.till.at);
    await push(berlin, { ...ticket, lines, customer: ANNA.id, completedAt: at });
    expect((await anna())?.hasBought).toBeUndefined();
  });
});
