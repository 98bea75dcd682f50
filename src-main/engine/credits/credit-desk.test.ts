import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { creditAccount } from "#domain/value/ledger.ts";
import type { CreditDocument } from "#protocol/documents/balance.ts";
import { DEVICE, euros, MUG, settingsWith, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { namedCredit } from "./known-credit.ts";

const CODE = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(3));
const CREDIT = namedCredit(CODE);
const OTHER_TILL = idOf<"Device">("device-9");

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn();
});

function document(issued: number, spent = 0, changes: Partial<CreditDocument> = {}): CreditDocument {
  return {
    id: idOf<"Balance">(creditAccount(CREDIT.id)),
    kind: "credit",
    issued: euros(issued),
    spent: euros(spent),
    issuedAt: instant(1_800_000_000_000),
    moves: ["a"],
    ...changes,
  };
}

function offline(...documents: readonly CreditDocument[]): void {
  till.replica.put("balances", ...documents);
  till.server.goOffline();
}

/** The server's word on the credit. */
function atServer(balance: CreditDocument | null, holder: typeof OTHER_TILL | null = null): void {
  till.server.balances.set(CODE, { balance, holder });
}

/** Six mugs: 51.00. */
async function ringUp(): Promise<void> {
  await till.verbs.addItem({ variant: MUG, quantity: 6 });
}

const check = (code = CODE) => till.verbs.checkCredit({ code });
const take = (minor: number | null = null) =>
  till.verbs.takeCredit({ code: CODE, amount: minor === null ? null : euros(minor) });

async function sell(): Promise<Ticket> {
  await till.verbs.takeCash({ tendered: euros(100_000) });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  const ticket = till.journal.facts("ticket.completed").at(-1)?.ticket;
  if (ticket === undefined) throw new Error("nothing was sold");
  return ticket;
}

/** A return at this very till gives the credit out, without a connection. */
async function issueHere(minor: number): Promise<void> {
  await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
  const sold = await sell();
  const ticket: Ticket = {
    ...sold,
    id: idOf<"Ticket">("a-return"),
    basket: idOf<"Basket">("a-return"),
    tenders: [
      {
        id: idOf<"Tender">("back"),
        kind: "refund",
        amount: euros(minor),
        to: { kind: "credit", code: CODE },
      },
    ],
  };
  await till.journal.append({ staff: sold.staff, makeFact: () => ({ type: "ticket.completed", ticket }) });
}

describe("with a connection", () => {
  test("all that the server says is there can be taken, up to what remains", async () => {
    atServer(document(8_000, 500));
    await ringUp();
    expect(await check(CODE.toLowerCase().replaceAll("-", " "))).toMatchObject({
      ok: true,
      value: {
        code: CODE,
        balance: euros(7_500),
        most: euros(5_100),
        boundBy: "remaining",
        askedServer: true,
      },
    });
    expect(await take()).toMatchObject({ ok: true, value: { remaining: euros(0), change: euros(0) } });
    expect(till.basket.tenders).toMatchObject([{ kind: "credit", amount: euros(5_100), code: CODE }]);
    expect(till.server.holderOf(CREDIT.id)).not.toBeNull();
  });

  test("what it does not cover is paid otherwise", async () => {
    atServer(document(2_000));
    await ringUp();
    await take();
    expect(till.basket.remaining).toEqual(euros(3_100));
    const ticket = await sell();
    expect(ticket.tenders.map(({ kind }) => kind)).toEqual(["credit", "cash"]);
  });

  test("more than is there, or than remains, is not taken", async () => {
    atServer(document(2_000));
    await ringUp();
    expect(await take(2_001)).toEqual({ ok: false, reason: "creditExceedsBalance" });
    atServer(document(9_000));
    expect(await take(5_101)).toEqual({ ok: false, reason: "creditExceedsRemaining" });
    await till.server.asked(4);
    expect(till.server.holderOf(CREDIT.id)).toBeNull();
  });

  test("another till that has it on its counter goes first", async () => {
    atServer(document(2_000), OTHER_TILL);
    till.server.leaseTo(CREDIT.id, OTHER_TILL);
    await ringUp();
    expect(await check()).toEqual({ ok: false, reason: "creditHeldByAnother" });
    expect(await take()).toEqual({ ok: false, reason: "creditHeldByAnother" });
  });

  test("taken back, it is free for the next till; sold, it stays held until the server knows of it", async () => {
    atServer(document(9_000));
    await ringUp();
    await take(1_000);
    const tender = till.basket.tenders[0]!.id;
    await till.verbs.removeTender({ tender });
    await till.server.asked(2);
    expect(till.server.sent).toEqual(["ask", "release"]);
    await take(1_000);
    await sell();
    expect(till.server.sent).toEqual(["ask", "release", "ask", "ask"]);
  });

  test("taken back and taken again at once, it stays held, however slow the way back is", async () => {
    atServer(document(9_000));
    await ringUp();
    await take(1_000);
    const arrive = till.server.holdBack("release");
    await till.verbs.removeTender({ tender: till.basket.tenders[0]!.id });
    const again = take(1_000);
    arrive();
    expect(await again).toMatchObject({ ok: true });
    expect(till.server.requests.map(({ act }) => act)).toEqual(["ask", "release", "ask"]);
    expect(till.server.holderOf(CREDIT.id)).toBe(DEVICE);
  });

  test("stays held for as long as it lies on the counter, and no longer", async () => {
    atServer(document(9_000));
    await ringUp();
    await take(1_000);
    for (let minute = 0; minute < 20; minute += 1) till.timers.pass(60_000);
    await till.server.asked(5);
    expect(till.server.sent).toEqual(["ask", "ask", "ask", "ask", "ask"]);
    await till.verbs.removeTender({ tender: till.basket.tenders[0]!.id });
    await till.server.asked(6);
    till.timers.pass(3_600_000);
    expect(till.server.sent.slice(5)).toEqual(["release"]);
  });

  test("a basket that nobody comes back to does not hold it for ever", async () => {
    atServer(document(9_000));
    await ringUp();
    await take(1_000);
    till.timers.pass(24 * 3_600_000);
    await till.server.asked(13);
    expect(till.server.sent).toHaveLength(13);
  });

  test("whose hold ran out before the sale was written is not spent twice", async () => {
    atServer(document(9_000));
    await ringUp();
    await take();
    const { id } = till.basket;
    till.server.leaseTo(CREDIT.id, OTHER_TILL);
    expect(await till.verbs.completeSale({ basket: id })).toEqual({
      ok: false,
      reason: "creditHeldByAnother",
    });
    till.server.leaseTo(CREDIT.id, DEVICE);
    atServer(document(9_000, 8_000));
    expect(await till.verbs.completeSale({ basket: id })).toEqual({
      ok: false,
      reason: "creditEmpty",
    });
    atServer(document(9_000));
    expect(await till.verbs.completeSale({ basket: id })).toMatchObject({ ok: true });
  });

  test("a server that does not answer in time is no server: the till goes by its own word", async () => {
    till.replica.put("balances", document(9_000));
    till.server.unreachable = true;
    await ringUp();
    expect(await check()).toMatchObject({
      ok: true,
      value: { askedServer: false, most: euros(5_000), boundBy: "offline" },
    });
  });
});

describe("without a connection", () => {
  test("S114 a till takes what it knows to be there, up to the policy's limit", async () => {
    offline(document(8_000));
    await ringUp();
    expect(await take(5_001)).toEqual({ ok: false, reason: "creditAboveOfflineLimit" });
    expect(await take()).toMatchObject({ ok: true, value: { remaining: euros(100) } });
    await sell();
    await ringUp();
    expect(await take(1)).toEqual({ ok: false, reason: "creditAboveOfflineLimit" });
  });

  test("HQ sets the limit", async () => {
    const { offlinePolicy } = settingsWith({});
    till.replica.put(
      "settings",
      settingsWith({ offlinePolicy: { ...offlinePolicy, maxCredit: euros(700) } }),
    );
    offline(document(8_000));
    await ringUp();
    expect(await check()).toMatchObject({ ok: true, value: { most: euros(700) } });
  });

  test("S112 what this till spent is gone here at once, and once only when the server has told of it", async () => {
    offline(document(3_000));
    await ringUp();
    await take(2_000);
    const ticket = await sell();
    expect(await check()).toMatchObject({ ok: true, value: { balance: euros(1_000) } });
    const moves = ["a", `${ticket.id}:${ticket.tenders[0]?.id}`];
    till.replica.put("balances", document(3_000, 2_000, { moves }));
    expect(await check()).toMatchObject({ ok: true, value: { balance: euros(1_000) } });
    till.journal.apply(till.journal.entries.length);
    expect(await check()).toMatchObject({ ok: true, value: { balance: euros(1_000) } });
  });

  test("S114 what was given out here minutes ago is spent here at once, all of it", async () => {
    till.server.goOffline();
    await issueHere(8_000);
    await till.verbs.addItem({ variant: MUG, quantity: 10 });
    expect(await check()).toMatchObject({ ok: true, value: { balance: euros(8_000), most: euros(8_000) } });
    expect(await take()).toMatchObject({ ok: true, value: { remaining: euros(500) } });
    await sell();
    await ringUp();
    expect(await take()).toEqual({ ok: false, reason: "creditEmpty" });
  });

  test("a basket that waits keeps what was taken for it from the next one, also after a restart", async () => {
    offline(document(3_000));
    await ringUp();
    await take(2_500);
    await till.restart();
    await till.signIn("tarek");
    await ringUp();
    expect(await check()).toMatchObject({ ok: true, value: { balance: euros(500), most: euros(500) } });
    expect(await take(501)).toEqual({ ok: false, reason: "creditExceedsBalance" });
  });
});

describe("what is no credit to pay with", () => {
  test("is said in a word", async () => {
    till.server.goOffline();
    await ringUp();
    expect(await check("BER1-03-000001")).toEqual({ ok: false, reason: "creditMistyped" });
    expect(await check(`${CODE.slice(0, -1)}${CODE.endsWith("A") ? "B" : "A"}`)).toEqual({
      ok: false,
      reason: "creditMistyped",
    });
    expect(await check()).toEqual({ ok: false, reason: "creditUnknown" });
    till.replica.put("balances", document(500, 500));
    expect(await check()).toEqual({ ok: false, reason: "creditEmpty" });
    const dollars = money(500, idOf<"Currency">("USD"));
    till.replica.put("balances", document(0, 0, { issued: dollars, spent: { ...dollars, minor: 0 } }));
    expect(await check()).toEqual({ ok: false, reason: "creditOtherCurrency" });
  });

  test("nobody pays with one where money is given back or all is paid", async () => {
    offline(document(3_000));
    expect(await take()).toEqual({ ok: false, reason: "emptyBasket" });
    await ringUp();
    await till.verbs.takeCash({ tendered: euros(5_100) });
    expect(await take()).toEqual({ ok: false, reason: "alreadyPaid" });
  });

  test("nobody takes one who is not signed in", async () => {
    offline(document(3_000));
    await till.verbs.signOut({});
    expect(await check()).toEqual({ ok: false, reason: "notSignedIn" });
    expect(await take()).toEqual({ ok: false, reason: "notSignedIn" });
  });
});

describe("the slip", () => {
  test("is printed alone on request, marked as a copy, for a ticket that gave credit out", async () => {
    await till.setUpPrinter();
    await issueHere(1_999);
    const slip = await till.verbs.reprint({ ticket: idOf<"Ticket">("a-return"), kind: "credit" });
    if (!slip.ok) throw new Error(slip.reason);
    expect(slip.value.copy).toBe(true);
    expect(slip.value.rows).toContainEqual({
      kind: "qr",
      text: CODE,
      label: "Zum Bezahlen, in jeder unserer Filialen",
    });
    expect(slip.value.rows.some((row) => row.kind === "barcode")).toBe(false);
    const [sale] = till.journal.facts("ticket.completed");
    const none = await till.verbs.reprint({ ticket: sale!.ticket.id, kind: "credit" });
    expect(none).toEqual({ ok: false, reason: "noCredit" });
  });
});
