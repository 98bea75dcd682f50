import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { creditAccount } from "#domain/value/ledger.ts";
import type { CreditDocument } from "#protocol/documents/balance.ts";
import { AS_NEW } from "../testing/return-fixture.ts";
import { euros, JOHANNA, MUG, PINS, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { namedCredit } from "./known-credit.ts";

const PRINTED = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(8), "giftCard");
const CARD = namedCredit(PRINTED);

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn();
});

function document(issued: number, spent = 0): CreditDocument {
  return {
    id: idOf<"Balance">(creditAccount(CARD.id, "giftCard")),
    kind: "giftCard",
    issued: euros(issued),
    spent: euros(spent),
    issuedAt: instant(1_800_000_000_000),
    moves: ["a"],
  };
}

const look = (code: string | null = PRINTED) => till.verbs.giftCard({ code });
const sell = (minor: number, code: string | null = PRINTED) =>
  till.verbs.sellGiftCard({ code, amount: euros(minor) });

async function pay(): Promise<Ticket> {
  await till.verbs.takeCash({ tendered: till.basket.remaining });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  const ticket = till.journal.facts("ticket.completed").at(-1)?.ticket;
  if (ticket === undefined) throw new Error("nothing was sold");
  return ticket;
}

describe("a gift card is sold", () => {
  test("with a code that the till makes, without tax, and is spent here at once, all of it, without a connection", async () => {
    till.server.goOffline();
    await sell(20_000, null);
    expect(till.basket).toMatchObject({ due: euros(20_000), tax: euros(0) });
    const ticket = await pay();
    const [line] = ticket.lines;
    const code = line?.kind === "sale" ? (line.giftCard?.code ?? "") : "";
    expect(code).toMatch(/^CARD-/);
    await till.verbs.addItem({ variant: MUG, quantity: 20 });
    expect(await till.verbs.takeCredit({ code, amount: euros(15_000) })).toMatchObject({ ok: true });
    expect(till.basket.tenders).toMatchObject([
      { kind: "credit", amount: euros(15_000), left: euros(5_000) },
    ]);
    await pay();
    expect(await look(code)).toMatchObject({ ok: true, value: { isKnown: true, balance: euros(5_000) } });
  });

  test("that was printed before, and is loaded once it is known", async () => {
    till.server.goOffline();
    expect(await look()).toMatchObject({ ok: true, value: { isKnown: false, most: euros(25_000) } });
    await sell(5_000);
    expect((await pay()).lines).toMatchObject([{ giftCard: { code: PRINTED, act: "sold" } }]);
    await sell(1_000);
    expect((await pay()).lines).toMatchObject([{ giftCard: { code: PRINTED, act: "loaded" } }]);
    expect(await look()).toMatchObject({ value: { balance: euros(6_000), most: euros(19_000) } });
  });

  test("never with more than the store lets lie on one", async () => {
    till.replica.put("settings", settingsWith({ giftCards: { most: euros(10_000), validYears: null } }));
    till.server.balances.set(PRINTED, { balance: document(8_000), holder: null });
    expect(await look()).toMatchObject({ value: { askedServer: true, most: euros(2_000) } });
    expect(await sell(2_001)).toEqual({ ok: false, reason: "giftCardAboveLimit" });
    await sell(1_500);
    expect(await sell(501)).toEqual({ ok: false, reason: "giftCardAboveLimit" });
    expect(await sell(500)).toMatchObject({ ok: true, value: { due: euros(2_000) } });
  });

  test("only by a code that is a gift card's, and by somebody who is signed in", async () => {
    const credit = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(8));
    for (const code of [credit, "CARD-0000", `${PRINTED.slice(0, -1)}${PRINTED.endsWith("A") ? "B" : "A"}`])
      expect(await look(code)).toEqual({ ok: false, reason: "creditMistyped" });
    expect(await sell(0)).toEqual({ ok: false, reason: "amountNotPositive" });
    await till.verbs.signOut({});
    expect(await sell(500)).toEqual({ ok: false, reason: "notSignedIn" });
  });

  test("another till's is taken without a connection up to the store's limit only", async () => {
    till.replica.put("balances", document(20_000));
    till.server.goOffline();
    await till.verbs.addItem({ variant: MUG, quantity: 20 });
    const taken = await till.verbs.takeCredit({ code: PRINTED, amount: euros(5_001) });
    expect(taken).toEqual({ ok: false, reason: "creditAboveOfflineLimit" });
    expect(await till.verbs.takeCredit({ code: PRINTED, amount: null })).toMatchObject({ ok: true });
    expect(till.basket.tenders).toMatchObject([{ amount: euros(5_000), left: euros(15_000) }]);
  });
});

test("a purchase is given back onto the gift card that the customer shows, and onto no other code", async () => {
  till.server.goOffline();
  await sell(5_000);
  await pay();
  await till.verbs.addItem({ variant: MUG, quantity: 2 });
  const { id, number } = await pay();
  await till.verbs.openReturn({ code: number });
  const purchase = { kind: "ticket", id } as const;
  await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
  const amount = till.basket.giveBack;
  const giveBack = (onto: string) => till.verbs.giveBack({ amount, to: { kind: "credit", onto } });
  const credit = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(8));
  expect(await giveBack(credit)).toEqual({ ok: false, reason: "creditMistyped" });
  expect(await giveBack(PRINTED.toLowerCase())).toMatchObject({ ok: true });
  const back = await till.verbs.completeSale({ basket: till.basket.id });
  if (!back.ok) throw new Error(back.reason);
  expect(back.value.receipt.hasCreditSlip).toBeUndefined();
  expect(await look()).toMatchObject({ value: { balance: euros(6_700) } });
});

test("a gift card is not bought with another one", async () => {
  const other = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(9), "giftCard");
  till.server.balances.set(other, { balance: document(8_000), holder: null });
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  await sell(5_000);
  const take = (amount: number | null) =>
    till.verbs.takeCredit({ code: other, amount: amount === null ? null : euros(amount) });
  expect(await take(null)).toMatchObject({ ok: true, value: { remaining: euros(5_000) } });
  expect(await take(1)).toEqual({ ok: false, reason: "giftCardNeedsMoney" });
  expect(await take(null)).toEqual({ ok: false, reason: "giftCardNeedsMoney" });
});

test("a gift card goes onto no order", async () => {
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  await sell(5_000);
  const address = { name: "Anna", lines: ["Weg 1"], postcode: "10117", city: "Berlin", country: "DE" };
  const contact = { name: "Anna", email: null, phone: null, customer: null };
  const wish = { contact, delivery: { kind: "ship", address } } as const;
  expect(await till.verbs.orderBasket(wish)).toEqual({ ok: false, reason: "giftCardLine" });
});

describe("the card's own slip", () => {
  test("has its code, its amount and until when it is good, and nothing of the buyer's receipt", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await sell(5_000);
    await till.verbs.takeCash({ tendered: till.basket.remaining });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    if (!sold.ok) throw new Error(sold.reason);
    const { rows, giftCards = [], number, hasCreditSlip } = sold.value.receipt;
    expect(hasCreditSlip).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(PRINTED);
    expect(giftCards).toContainEqual({ kind: "qr", text: PRINTED, label: expect.any(String) });
    const slip = JSON.stringify(giftCards);
    expect(slip).toMatch(/Gültig bis 31\.12\.20\d\d/);
    expect(slip).not.toContain(number);
    expect(slip).not.toContain("MUG");
  });
});

describe("the money of an unused card is given back", () => {
  const payOut = (pin: string = PINS.johanna) =>
    till.verbs.payOutGiftCard({ code: PRINTED, manager: JOHANNA.id, pin, reason: "Doch nicht gewünscht" });

  test("by a manager's word, all of it, and nothing is left", async () => {
    till.server.balances.set(PRINTED, { balance: document(8_000), holder: null });
    expect(await payOut("111111")).toEqual({ ok: false, reason: "wrongPin" });
    expect(await payOut()).toEqual({ ok: true, value: { amount: euros(8_000) } });
    expect(till.journal.facts("giftCard.paidOut")).toMatchObject([
      { code: PRINTED, amount: euros(8_000), manager: JOHANNA.id },
    ]);
    expect(await look()).toMatchObject({ value: { balance: euros(0) } });
    expect(till.server.holderOf(CARD.id)).not.toBeNull();
    expect(await payOut()).toMatchObject({ ok: false, reason: "creditEmpty" });
  });

  test("out of the drawer, and the Z report says so", async () => {
    till.server.balances.set(PRINTED, { balance: document(8_000), holder: null });
    const float = { pieces: [{ face: 10_000, pieces: 1 }], total: euros(10_000) };
    await till.verbs.openShift({ float, approval: null });
    const shift = till.shop.views.shift.current()?.mine?.shift;
    expect(await payOut()).toMatchObject({ ok: true });
    expect(till.journal.facts("giftCard.paidOut")).toMatchObject([{ shift }]);
    const approval = { manager: JOHANNA.id, pin: PINS.johanna };
    expect(await till.verbs.xReport({ approval })).toMatchObject({
      value: {
        report: {
          turnover: euros(0),
          giftCardsPaidOut: euros(8_000),
          drawers: [{ cashOut: euros(8_000), expected: euros(2_000) }],
        },
      },
    });
  });

  test("not out of a drawer that a colleague closed while the server was asked", async () => {
    const cash = {
      drawer: "shared",
      requireShift: true,
      blindCount: true,
      variance: euros(0),
      float: null,
      pickupAbove: null,
      lockAfterMinutes: null,
    } as const;
    till.replica.put("settings", settingsWith({ cash }));
    till.server.balances.set(PRINTED, { balance: document(8_000), holder: null });
    const float = { pieces: [{ face: 10_000, pieces: 1 }], total: euros(10_000) };
    await till.verbs.openShift({ float, approval: null });
    const shift = till.shop.views.shift.current()?.mine?.shift;
    if (shift === undefined) throw new Error("no shift is open");
    await till.verbs.countShift({ shift, count: float });
    const balance = till.server.balance.bind(till.server);
    till.server.balance = async (code) => {
      const closed = await till.verbs.closeShift({ shift, kept: euros(0), reason: null, approval: null });
      expect(closed).toMatchObject({ ok: true });
      return balance(code);
    };
    expect(await payOut()).toEqual({ ok: false, reason: "shiftNeeded" });
    expect(till.journal.facts("giftCard.paidOut")).toEqual([]);
  });

  test("not while it lies on the counter to be paid with, and then it stays held for that", async () => {
    till.server.balances.set(PRINTED, { balance: document(8_000), holder: null });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCredit({ code: PRINTED, amount: euros(500) });
    expect(await payOut()).toEqual({ ok: false, reason: "giftCardUsed" });
    expect(till.server.sent).toEqual(["ask", "ask"]);
    expect(till.server.holderOf(CARD.id)).not.toBeNull();
  });

  test("not once it was used, and without a connection only up to the store's limit", async () => {
    till.server.balances.set(PRINTED, { balance: document(8_000, 1), holder: null });
    expect(await payOut()).toEqual({ ok: false, reason: "giftCardUsed" });
    till.replica.put("balances", document(5_001));
    till.server.goOffline();
    expect(await payOut()).toEqual({ ok: false, reason: "creditAboveOfflineLimit" });
    till.replica.put("balances", document(5_000));
    expect(await payOut()).toMatchObject({ ok: true });
  });
});
