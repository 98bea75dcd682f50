import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { SaleLine, Ticket } from "#domain/ticket/ticket.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { accountBalance, type CounterAccount, creditAccount } from "#domain/value/ledger.ts";
import {
  creditRowSchema,
  creditsAnswerSchema,
  giftCardPoliciesAnswerSchema,
  storeGiftCardsSchema,
} from "#protocol/hq/credits.ts";
import { shopCreditSchema, shopHoldSchema, soldGiftCardSchema } from "#protocol/shop/credit.ts";
import { balanceAnswerSchema } from "#protocol/sync/balances.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { EUR, TEA } from "../testing/shop.ts";
import { expireGiftCards } from "./expiry.ts";

const CODE = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(4), "giftCard");
const ID = creditIdOf(CODE, sha256Hex);
const YEAR_MS = 366 * 24 * 3_600_000;
const COUNTERS: readonly CounterAccount[] = [
  "issued",
  "giftCardSales",
  "restored",
  "sales",
  "paidOut",
  "expired",
  "voided",
];

let http: HttpForTests;
let berlin: HttpTill;
let hamburg: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  berlin = await http.pair("BER1");
  hamburg = await http.pair("HAM1");
  for (const each of [berlin, hamburg]) await http.push(each, [each.till.begin()]);
});
afterEach(() => http.close());

const euros = (minor: number): Money => money(minor, EUR);

function selling({ till }: HttpTill, minor: number, act: "sold" | "loaded" = "sold"): Ticket {
  const ticket = till.ticket([{ variant: TEA, quantity: 1 }]);
  const [tea] = ticket.lines;
  if (tea?.kind !== "sale") throw new Error("a tea is sold");
  const amount = euros(minor);
  const line: SaleLine = {
    ...tea,
    variant: idOf<"Variant">("gift-card"),
    sku: idOf<"Sku">("GIFTCARD"),
    unitPrice: amount,
    gross: amount,
    total: amount,
    discounts: [],
    taxes: [],
    giftCard: { code: CODE, act },
  };
  return { ...ticket, lines: [line] };
}

function spending({ till }: HttpTill, minor: number): Ticket {
  const ticket = till.ticket([{ variant: TEA, quantity: 1 }]);
  const id = idOf<"Tender">(randomUUID());
  return { ...ticket, tenders: [{ id, kind: "credit", amount: euros(minor), code: CODE }] };
}

async function push(from: HttpTill, ...tickets: readonly Ticket[]): Promise<void> {
  const entries = tickets.map((ticket) => from.till.write({ type: "ticket.completed", ticket }));
  expect(await (await http.push(from, entries)).json()).toMatchObject({ ok: true });
}

async function atHq(search = CODE, kind?: string) {
  const query = new URLSearchParams({ search, ...(kind === undefined ? {} : { kind }) });
  return creditsAnswerSchema.parse(await (await http.hq(`/hq/v1/credits?${query}`)).json());
}

async function exceptionsOf(kind: string) {
  const found = await http.parts.storage.read((tx) => tx.exceptions(99));
  return found.filter((each) => each.kind === kind);
}

/** What lies on every account together: nothing, or the books are wrong. */
async function allAccounts(...cards: readonly (typeof ID)[]): Promise<number> {
  return http.parts.storage.read(async (tx) => {
    let sum = 0;
    for (const account of [...COUNTERS, ...cards.map((id) => creditAccount(id, "giftCard"))])
      sum += accountBalance(await tx.ledgerEntries(account), { account, currency: EUR }).minor;
    return sum;
  });
}

const post = (path: string, body: unknown) => http.hq(path, { method: "POST", body });
const holdOf = async (answer: Response) => shopHoldSchema.parse(await answer.json());
const hold = (minor: number, key = "payment-1") =>
  post(`/shop/v1/credits/${CODE}/holds`, { channel: "web", key, amount: euros(minor) });
const act = (name: "void" | "payOut" | "restore") =>
  post(`/hq/v1/credits/${ID}/acts`, { act: name, reason: "The customer lost it" });

async function standing() {
  return shopCreditSchema.parse(await (await http.hq(`/shop/v1/credits/${CODE}`)).json());
}

describe("a gift card that tills sell and take", () => {
  test("is known in the whole chain with what was paid for it, by its own kind", async () => {
    await push(berlin, selling(berlin, 5_000));
    await push(hamburg, selling(hamburg, 1_000, "loaded"), spending(hamburg, 1_500));
    const [card] = (await atHq()).credits;
    expect(card).toMatchObject({
      kind: "giftCard",
      state: "open",
      balance: euros(4_500),
      issued: euros(6_000),
    });
    expect(card?.entries.map(({ kind }) => kind).sort()).toEqual(["loaded", "sold", "spent"]);
    expect((await atHq("", "credit")).total).toBe(0);
    expect((await atHq("", "giftCard")).total).toBe(1);
    expect(await allAccounts(ID)).toBe(0);
    expect(await standing()).toMatchObject({ kind: "giftCard", balance: euros(4_500) });
    const rows = await http.parts.storage.read((tx) =>
      tx.feedRows({ feed: "balances", collection: "balances", after: 0, limit: 9 }),
    );
    expect(rows.map(({ data }) => JSON.parse(data ?? ""))).toMatchObject([
      { id: `giftcard:${ID}`, kind: "giftCard", issued: euros(6_000), spent: euros(1_500) },
    ]);
    expect(JSON.stringify(rows)).not.toContain(CODE);
  });

  test("overdrawn by two tills that were cut off is one exception that says it is a gift card, with both tills", async () => {
    await push(berlin, selling(berlin, 5_000));
    await push(berlin, spending(berlin, 4_000));
    await push(hamburg, spending(hamburg, 4_000));
    await push(hamburg, spending(hamburg, 500));
    const raised = await exceptionsOf("overdrawn");
    expect(raised).toHaveLength(1);
    expect(raised[0]?.detail).toMatchObject({ kind: "giftCard", amount: "35.00 EUR" });
    expect(raised[0]?.detail.tills?.split(", ").sort()).toEqual(["BER1-01", "HAM1-01"]);
    expect(await allAccounts(ID)).toBe(0);
  });

  test("printed, and sold at two tills that did not know of each other, has what both were paid, and an exception says so once", async () => {
    await push(berlin, selling(berlin, 5_000));
    expect(await exceptionsOf("soldTwice")).toEqual([]);
    await push(hamburg, selling(hamburg, 2_000));
    expect((await atHq()).credits).toMatchObject([{ balance: euros(7_000) }]);
    expect(await exceptionsOf("soldTwice")).toMatchObject([
      { detail: { card: `…${CODE.slice(-4)}`, tills: expect.stringContaining("HAM1-01") } },
    ]);
  });
});

describe("an unused card whose money a till gave back", () => {
  const paidOut = {
    type: "giftCard.paidOut",
    code: CODE,
    amount: euros(5_000),
    reason: "Not wanted",
  } as const;
  const manager = idOf<"Staff">("johanna");

  test("has nothing left, also where the entry is carried over into another epoch", async () => {
    await push(berlin, selling(berlin, 5_000));
    const entry = berlin.till.write({ ...paidOut, id: "p1", manager });
    await http.push(berlin, [entry]);
    await http.parts.storage.write((tx) => tx.beginEpoch(berlin.till.device, 2));
    berlin.till.epoch = 2;
    const begun = berlin.till.begin();
    const again = await http.push(berlin, [begun, berlin.till.repeat(entry)]);
    expect(await again.json()).toMatchObject({ ok: true });
    const [card] = (await atHq()).credits;
    expect(card).toMatchObject({ state: "empty", balance: euros(0) });
    expect(card?.entries.map(({ kind, note }) => [kind, note])).toEqual([
      ["sold", ""],
      ["paidOut", "Not wanted"],
    ]);
    expect(await allAccounts(ID)).toBe(0);
  });

  test("and that another spent meanwhile is overdrawn, with both tills", async () => {
    await push(berlin, selling(berlin, 5_000));
    await push(hamburg, spending(hamburg, 1_000));
    await http.push(berlin, [berlin.till.write({ ...paidOut, id: "p1", manager })]);
    const [raised] = await exceptionsOf("overdrawn");
    expect(raised?.detail.tills?.split(", ").sort()).toEqual(["BER1-01", "HAM1-01"]);
  });
});

describe("a web shop", () => {
  test("holds an amount, which nobody else is told of, pays with it and gives it back", async () => {
    await push(berlin, selling(berlin, 5_000));
    const held = await holdOf(await hold(4_000));
    expect(held).toMatchObject({ state: "held", held: euros(4_000) });
    expect(await holdOf(await hold(4_000))).toEqual(held);
    expect(await refusalOf(await hold(3_000))).toMatchObject({ reason: "conflict" });
    expect(await refusalOf(await hold(1_001, "payment-2"))).toMatchObject({ reason: "conflict" });
    expect(await standing()).toMatchObject({ balance: euros(1_000) });
    const asked = await http.ask("/sync/v1/balances", {
      method: "POST",
      token: hamburg.token,
      body: { code: CODE },
    });
    expect(balanceAnswerSchema.parse(await asked.json()).balance).toMatchObject({ spent: euros(4_000) });

    const capture = () => post(`/shop/v1/holds/${held.id}/capture`, { order: "1042", amount: euros(3_000) });
    expect(await holdOf(await capture())).toMatchObject({
      state: "captured",
      captured: euros(3_000),
      order: "1042",
    });
    expect(await holdOf(await capture())).toMatchObject({ captured: euros(3_000) });
    expect((await atHq()).credits[0]).toMatchObject({ balance: euros(2_000), spent: euros(3_000) });
    expect((await atHq("1042")).total).toBe(1);

    const refund = (minor: number, key: string) =>
      post(`/shop/v1/holds/${held.id}/refund`, { key, amount: euros(minor) });
    expect(await holdOf(await refund(2_500, "r1"))).toMatchObject({ refunded: euros(2_500) });
    expect(await holdOf(await refund(2_500, "r1"))).toMatchObject({ refunded: euros(2_500) });
    expect(await refusalOf(await refund(501, "r2"))).toMatchObject({ reason: "conflict" });
    expect(await standing()).toMatchObject({ balance: euros(4_500) });
    expect(await allAccounts(ID)).toBe(0);
  });

  test("gives a hold up, and one whose time is over pays nothing", async () => {
    await push(berlin, selling(berlin, 5_000));
    const first = await holdOf(await hold(4_000));
    expect(await holdOf(await post(`/shop/v1/holds/${first.id}/release`, {}))).toMatchObject({
      state: "released",
    });
    expect(await standing()).toMatchObject({ balance: euros(5_000) });
    const second = await holdOf(await hold(5_000, "payment-2"));
    http.parts.clock.advance(16 * 60_000);
    expect(await standing()).toMatchObject({ balance: euros(5_000) });
    const late = await post(`/shop/v1/holds/${second.id}/capture`, { order: "1043" });
    expect(await refusalOf(late)).toMatchObject({ reason: "conflict" });
    expect(await refusalOf(await post("/shop/v1/holds/none/release", {}))).toMatchObject({
      reason: "notFound",
    });
  });

  test("waits while a till has the card on its counter", async () => {
    await push(berlin, selling(berlin, 5_000));
    const body = { act: "ask", subject: { kind: "balance", id: ID } };
    const lease = await http.ask("/sync/v1/leases", { method: "POST", token: berlin.token, body });
    expect(leaseAnswerSchema.parse(await lease.json())).toMatchObject({ granted: true });
    expect(await refusalOf(await hold(100))).toMatchObject({ reason: "conflict" });
  });

  test("sells a card whose code it is told again when it asks again", async () => {
    const sell = (minor: number) =>
      post("/shop/v1/gift-cards", { channel: "web", key: "1042-1", order: "1042", amount: euros(minor) });
    const sold = await sell(2_500);
    expect(sold.status).toBe(201);
    const { code } = soldGiftCardSchema.parse(await sold.json());
    const again = await sell(2_500);
    expect([again.status, await again.json()]).toEqual([200, { code, amount: euros(2_500) }]);
    expect(await refusalOf(await sell(2_600))).toMatchObject({ reason: "conflict" });
    expect((await atHq(code)).credits).toMatchObject([{ kind: "giftCard", balance: euros(2_500) }]);
    const dear = { channel: "web", key: "1043-1", order: "1043", amount: euros(25_001) };
    expect(await refusalOf(await post("/shop/v1/gift-cards", dear))).toMatchObject({ reason: "badRequest" });
    expect(await allAccounts(creditIdOf(code, sha256Hex))).toBe(0);
  });
});

describe("HQ", () => {
  test("takes off what is left, puts it back, and pays it out, each with its reason in the books", async () => {
    await push(berlin, selling(berlin, 5_000));
    const done = creditRowSchema.parse(await (await act("void")).json());
    expect(done).toMatchObject({ state: "empty", balance: euros(0) });
    expect(await refusalOf(await act("void"))).toMatchObject({ reason: "conflict" });
    expect(creditRowSchema.parse(await (await act("restore")).json())).toMatchObject({
      balance: euros(5_000),
    });
    expect(await refusalOf(await act("restore"))).toMatchObject({ reason: "conflict" });
    await act("payOut");
    const [card] = (await atHq()).credits;
    expect(card?.entries.map(({ kind, note }) => [kind, note])).toEqual([
      ["sold", ""],
      ["voided", "The customer lost it"],
      ["restored", "The customer lost it"],
      ["paidOut", "The customer lost it"],
    ]);
    expect(await allAccounts(ID)).toBe(0);
  });

  test("decides how much may lie on a card and how long it is good, store by store", async () => {
    const put = (policy: unknown) =>
      http.hq("/hq/v1/stores/ber1/gift-cards", { method: "PUT", body: policy });
    const wanted = { most: euros(10_000), validYears: null };
    expect(storeGiftCardsSchema.parse(await (await put(wanted)).json())).toMatchObject({
      code: "BER1",
      policy: wanted,
    });
    const all = await (await http.hq("/hq/v1/gift-cards/policies")).json();
    expect(giftCardPoliciesAnswerSchema.parse(all).stores).toMatchObject([
      { code: "BER1", policy: wanted },
      { code: "HAM1", policy: { most: euros(25_000), validYears: 3 } },
    ]);
    expect(await refusalOf(await put({ most: euros(0), validYears: 3 }))).toMatchObject({
      reason: "badRequest",
    });
  });

  test("sees what ran out of time booked off, once, and can put it back", async () => {
    await push(berlin, selling(berlin, 5_000));
    const { publisher } = http.parts.deps;
    const turn = () =>
      expireGiftCards({
        publisher,
        read: (work) => http.parts.storage.read(work),
        now: () => http.parts.clock.now(),
      });
    http.parts.clock.advance(2 * YEAR_MS);
    await turn();
    expect((await atHq()).credits).toMatchObject([{ balance: euros(5_000) }]);
    http.parts.clock.advance(3 * YEAR_MS);
    await turn();
    await turn();
    const [card] = (await atHq()).credits;
    expect(card).toMatchObject({ state: "empty" });
    expect(card?.entries.map(({ kind }) => kind)).toEqual(["sold", "expired"]);
    await act("restore");
    await turn();
    expect((await atHq()).credits).toMatchObject([{ balance: euros(5_000) }]);
    expect(await allAccounts(ID)).toBe(0);
  });
});
