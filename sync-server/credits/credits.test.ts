import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { balanceSchema } from "#protocol/documents/balance.ts";
import { creditsAnswerSchema } from "#protocol/hq/credits.ts";
import { shopCreditSchema } from "#protocol/shop/credit.ts";
import { balanceAnswerSchema } from "#protocol/sync/balances.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { EUR, TEA } from "../testing/shop.ts";

const CODE = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(7));
const ID = creditIdOf(CODE, sha256Hex);
/** Of one tea: what each ticket here is worth. */
const PRICE = 350;

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

/** A ticket that gives `pieces` teas' worth out as credit; what it says of the goods is another test's. */
function issuing({ till }: HttpTill, pieces: number): Ticket {
  const ticket = till.ticket([{ variant: TEA, quantity: pieces }]);
  const to = { kind: "credit", code: CODE } as const;
  const id = idOf<"Tender">(randomUUID());
  return { ...ticket, tenders: [{ id, kind: "refund", amount: euros(pieces * PRICE), to }] };
}

function spending({ till }: HttpTill, pieces: number): Ticket {
  const ticket = till.ticket([{ variant: TEA, quantity: pieces }]);
  const id = idOf<"Tender">(randomUUID());
  return { ...ticket, tenders: [{ id, kind: "credit", amount: euros(pieces * PRICE), code: CODE }] };
}

function write({ till }: HttpTill, ticket: Ticket) {
  return till.write({ type: "ticket.completed", ticket });
}

async function push(from: HttpTill, ...tickets: readonly Ticket[]): Promise<void> {
  const answer = await http.push(
    from,
    tickets.map((ticket) => write(from, ticket)),
  );
  expect(await answer.json()).toMatchObject({ ok: true });
}

async function onTills() {
  const rows = await http.parts.storage.read((tx) =>
    tx.feedRows({ feed: "balances", collection: "balances", after: 0, limit: 99 }),
  );
  return rows.map(({ data }) => balanceSchema.parse(JSON.parse(data ?? "null")));
}

async function atHq(search = "") {
  const answer = await http.hq(`/hq/v1/credits?${new URLSearchParams({ search })}`);
  return creditsAnswerSchema.parse(await answer.json());
}

async function overdrawn() {
  const found = await http.parts.storage.read((tx) => tx.exceptions(99));
  return found.filter(({ kind }) => kind === "overdrawn");
}

async function balanceFor(from: HttpTill, code = CODE) {
  const answer = await http.ask("/sync/v1/balances", { method: "POST", token: from.token, body: { code } });
  return balanceAnswerSchema.parse(await answer.json());
}

async function hold(from: HttpTill, act: "ask" | "release" = "ask") {
  const body = { act, subject: { kind: "balance", id: ID } };
  const answer = await http.ask("/sync/v1/leases", { method: "POST", token: from.token, body });
  return leaseAnswerSchema.parse(await answer.json());
}

describe("store credit that tills give out and take", () => {
  test("S112 is known in the whole chain as soon as its ticket is told, and no document holds the code", async () => {
    await push(berlin, issuing(berlin, 3));
    const documents = await onTills();
    expect(documents).toMatchObject([
      { id: `credit:${ID}`, issued: euros(1_050), spent: euros(0), issuedAt: berlin.till.at },
    ]);
    expect(JSON.stringify(documents)).not.toContain(CODE);
    await push(hamburg, spending(hamburg, 1));
    expect(await onTills()).toMatchObject([{ issued: euros(1_050), spent: euros(350) }]);
  });

  test("S110 a ticket that is carried over into another epoch is booked once", async () => {
    await push(berlin, issuing(berlin, 3));
    const entry = write(berlin, spending(berlin, 1));
    await http.push(berlin, [entry]);
    await http.parts.storage.write((tx) => tx.beginEpoch(berlin.till.device, 2));
    berlin.till.epoch = 2;
    const begun = berlin.till.begin();
    const again = berlin.till.repeat(entry);
    expect(await (await http.push(berlin, [begun, again])).json()).toMatchObject({ ok: true });
    expect(await onTills()).toMatchObject([{ spent: euros(350) }]);
    expect((await atHq()).credits[0]?.entries).toHaveLength(2);
  });

  test("S111 what is spent before its issue is told waits for it, and nobody is alarmed", async () => {
    await push(hamburg, spending(hamburg, 1));
    expect((await atHq()).credits).toMatchObject([{ state: "awaited", balance: euros(0) }]);
    await push(berlin, issuing(berlin, 3));
    expect((await atHq()).credits).toMatchObject([{ state: "open", balance: euros(700) }]);
    expect(await overdrawn()).toEqual([]);
  });

  test("S111 two tills that are cut off spend the same credit: both sales stand, and overdrawn is raised once with both tills", async () => {
    await push(berlin, issuing(berlin, 2));
    hamburg.till.at = instant(berlin.till.at + 1);
    berlin.till.at = instant(berlin.till.at + 2);
    const inBerlin = spending(berlin, 2);
    const inHamburg = spending(hamburg, 2);
    await push(hamburg, inHamburg);
    expect(await overdrawn()).toEqual([]);
    await push(berlin, inBerlin);
    for (const { id } of [inBerlin, inHamburg])
      expect(await http.parts.storage.read((tx) => tx.ticket(id))).not.toBeNull();
    const [raised] = await overdrawn();
    expect(raised?.detail).toEqual({
      credit: `…${CODE.slice(-4)}`,
      amount: "7.00 EUR",
      issued: "7.00 EUR",
      tills: "HAM1-01, BER1-01",
    });
    await push(hamburg, spending(hamburg, 1));
    expect(await overdrawn()).toMatchObject([{ detail: { amount: "10.50 EUR" } }]);
    expect((await atHq()).credits).toMatchObject([
      { state: "overdrawn", balance: euros(0), overdrawn: euros(1_050) },
    ]);
  });
});

describe("a till with a connection", () => {
  test("asks how a credit stands, and who else has it on the counter", async () => {
    expect(await balanceFor(berlin)).toMatchObject({ balance: null, holder: null });
    await push(berlin, issuing(berlin, 3));
    expect(await balanceFor(hamburg)).toMatchObject({ balance: { issued: euros(1_050) } });
    expect(await hold(berlin)).toMatchObject({ granted: true });
    expect((await balanceFor(hamburg)).holder).toBe(berlin.till.device);
    expect(await hold(hamburg)).toMatchObject({ granted: false, reason: "heldByAnother" });
  });

  test("given back, it is nobody's until a till asks again: not a till's that was refused and went away from it", async () => {
    await push(berlin, issuing(berlin, 3));
    await hold(berlin);
    expect(await hold(hamburg)).toMatchObject({ granted: false });
    await hold(berlin, "release");
    expect((await balanceFor(berlin)).holder).toBeNull();
    expect(await hold(berlin)).toMatchObject({ granted: true });
  });

  test("S113 holds the credit until the sale is told, then the next till may", async () => {
    await push(berlin, issuing(berlin, 3));
    await hold(hamburg);
    await push(hamburg, spending(hamburg, 1));
    expect((await balanceFor(berlin)).holder).toBeNull();
    expect(await hold(berlin)).toMatchObject({ granted: true });
  });
});

describe("who looks at it from outside", () => {
  test("HQ finds a credit by its code, the end of it or a receipt, with what explains it", async () => {
    const issue = issuing(berlin, 3);
    await push(berlin, issue);
    hamburg.till.at = instant(berlin.till.at + 1);
    await push(hamburg, spending(hamburg, 1));
    for (const search of ["", CODE.toLowerCase(), CODE.slice(-4), issue.number]) {
      const { credits, total } = await atHq(search);
      expect(total).toBe(1);
      expect(credits[0]?.entries).toMatchObject([
        { kind: "issued", amount: euros(1_050), store: "BER1", register: 1, number: issue.number },
        { kind: "spent", amount: euros(-350), store: "HAM1" },
      ]);
    }
    expect(await atHq("nothing such")).toEqual({ credits: [], total: 0 });
    expect((await http.ask("/hq/v1/credits")).status).toBe(401);
  });

  test("a web shop asks by the code that the customer typed", async () => {
    await push(berlin, issuing(berlin, 3));
    const typed = encodeURIComponent(CODE.toLowerCase().replaceAll("-", " "));
    const answer = await http.hq(`/shop/v1/credits/${typed}`);
    expect(shopCreditSchema.parse(await answer.json())).toMatchObject({
      state: "open",
      balance: euros(1_050),
    });
    const other = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(9));
    expect(await refusalOf(await http.hq(`/shop/v1/credits/${other}`))).toMatchObject({ reason: "notFound" });
    const mistyped = `${CODE.slice(0, -1)}${CODE.endsWith("A") ? "B" : "A"}`;
    expect(await refusalOf(await http.hq(`/shop/v1/credits/${mistyped}`))).toMatchObject({
      reason: "badRequest",
    });
  });
});
