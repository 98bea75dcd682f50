import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import {
  AS_NEW,
  boughtElsewhere,
  completed,
  paidInCash,
  purchaseDocument,
  purchasedLine,
  returningOf,
  withPolicy,
} from "../testing/return-fixture.ts";
import { euros, MUG, TEE_M } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn();
});

const CASH = { kind: "cash" } as const;

/** Three mugs sold for cash on this till. */
async function soldMugs(quantity = 3) {
  await till.verbs.addItem({ variant: MUG, quantity });
  const { ticket, receipt } = await paidInCash(till);
  const purchase = { kind: "ticket", id: ticket } as const;
  const qr = receipt.rows.find((row) => row.kind === "qr");
  return { purchase, number: receipt.number, code: qr?.kind === "qr" ? qr.text : "" };
}

async function opened(code: string) {
  const answer = await till.verbs.openReturn({ code });
  if (!answer.ok) throw new Error(answer.reason);
}

describe("goods sold on this till five minutes ago, without a connection", () => {
  beforeEach(() => till.server.goOffline());

  test("come back by the number on their receipt, for the cash that was paid", async () => {
    const { purchase, number } = await soldMugs();
    await opened(number);
    expect(returningOf(till).purchases).toMatchObject([
      { number, lease: "offline", lines: [{ name: "Emaille-Becher", bought: 3, left: 3, chosen: null }] },
    ]);
    const chosen = await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    expect(chosen).toMatchObject({
      ok: true,
      value: {
        due: euros(-1_700),
        giveBack: euros(1_700),
        lines: [],
        returning: {
          refund: euros(1_700),
          obstacles: [],
          purchases: [{ lines: [{ chosen: { quantity: 2, refund: euros(1_700) } }] }],
          routes: [
            { kind: "cash", most: euros(1_700) },
            { kind: "credit", most: euros(1_700) },
          ],
        },
      },
    });
    expect(await till.verbs.giveBack({ amount: euros(1_700), to: CASH })).toMatchObject({
      ok: true,
      value: { giveBack: euros(0) },
    });
    const sold = await completed(till);
    expect(sold).toMatchObject({ due: euros(-1_700), change: euros(0) });
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket).toMatchObject({
      lines: [{ kind: "return", quantity: 2, total: euros(-1_700), disposition: "stock" }],
      tenders: [{ kind: "refund", amount: euros(1_700), to: CASH }],
      returning: { by: "offline", override: null },
    });
    expect(till.basket).toMatchObject({ lines: [], returning: null });
  });

  test("come back by the code on the receipt", async () => {
    const { purchase, code } = await soldMugs();
    await opened(code);
    expect(returningOf(till).purchases).toMatchObject([{ ref: purchase }]);
  });

  test("come back once: what was given back is no longer left", async () => {
    const { purchase, number } = await soldMugs();
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(1_700), to: CASH });
    await completed(till);
    await opened(number);
    expect(returningOf(till).purchases[0]).toMatchObject({
      lines: [{ left: 1 }],
      before: [{ amount: euros(1_700), storeName: "Kreuzberg" }],
    });
    const two = await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    expect(two).toEqual({ ok: false, reason: "tooMany" });
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(850), to: CASH });
    await completed(till);
    expect(await till.verbs.openReturn({ code: number })).toEqual({ ok: false, reason: "nothingReturnable" });
  });

  test("go back on the shelf, and into the stock that the screen shows", async () => {
    const before = (await till.verbs.search({ text: "Becher", limit: 1 }))[0]?.onHand;
    const { purchase, number } = await soldMugs();
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 3, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(2_550), to: CASH });
    await completed(till);
    expect((await till.verbs.search({ text: "Becher", limit: 1 }))[0]?.onHand).toBe(before);
  });

  test("say until when they may come back, by the policy for their category", async () => {
    withPolicy(till, { windowDays: 10, windows: [{ category: "Küche", days: 0 }] });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    const { receipt } = await paidInCash(till);
    await opened(receipt.number);
    expect(returningOf(till).purchases[0]?.lines).toMatchObject([
      { returnBy: null },
      { returnBy: "2026-12-04" },
    ]);
  });
});

describe("an exchange", () => {
  test("for something dearer is one ticket, and the customer pays the difference", async () => {
    const { purchase, number } = await soldMugs(1);
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(till.basket).toMatchObject({
      due: euros(1_149),
      giveBack: euros(0),
      lines: [{ variant: TEE_M, quantity: 1 }],
    });
    expect(await till.verbs.giveBack({ amount: euros(1), to: CASH })).toEqual({
      ok: false,
      reason: "nothingToGiveBack",
    });
    await till.verbs.takeCash({ tendered: euros(2_000) });
    expect(await completed(till)).toMatchObject({ due: euros(1_149), change: euros(851) });
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket.lines).toMatchObject([
      { kind: "sale", total: euros(1_999), returnDays: 30 },
      { kind: "return", total: euros(-850) },
    ]);
  });

  test("for something cheaper gives the difference back, and takes no money", async () => {
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    const { receipt, ticket } = await paidInCash(till);
    const purchase = { kind: "ticket", id: ticket } as const;
    await opened(receipt.number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(await till.verbs.takeCash({ tendered: euros(850) })).toEqual({
      ok: false,
      reason: "moneyIsGivenBack",
    });
    expect(await till.verbs.giveBack({ amount: euros(1_149), to: CASH })).toMatchObject({ ok: true });
    expect(await completed(till)).toMatchObject({ due: euros(-1_149) });
  });

  test("of even worth moves no money at all", async () => {
    const { purchase, number } = await soldMugs(1);
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(await completed(till)).toMatchObject({ due: euros(0) });
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket.tenders).toEqual([]);
  });

  test("may take goods back of two receipts at once", async () => {
    const first = await soldMugs(1);
    const second = await soldMugs(1);
    await opened(first.number);
    await opened(second.number);
    for (const { purchase } of [first, second])
      await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(till.basket.giveBack).toEqual(euros(1_700));
    await till.verbs.giveBack({ amount: euros(1_700), to: CASH });
    await completed(till);
    for (const { number } of [first, second])
      expect(await till.verbs.openReturn({ code: number })).toEqual({
        ok: false,
        reason: "nothingReturnable",
      });
  });
});

describe("a return in the making", () => {
  test("is there again after the till was killed, money given back included", async () => {
    const { purchase, number } = await soldMugs();
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(1_000), to: CASH });
    const before = till.basket;
    await till.restart();
    await till.signIn();
    await till.server.asked(2);
    expect(till.basket).toMatchObject({ id: before.id, giveBack: euros(700), tenders: before.tenders });
    expect(returningOf(till).purchases[0]?.lines).toEqual(before.returning?.purchases[0]?.lines);
    await till.verbs.giveBack({ amount: euros(700), to: CASH });
    await completed(till);
    expect(await till.verbs.openReturn({ purchase })).toMatchObject({ ok: true });
  });

  test("is set aside and taken up again with its basket", async () => {
    const { purchase, number } = await soldMugs();
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    const { id } = till.basket;
    await till.verbs.parkBasket({ label: "Frau Brandt" });
    expect(till.basket.returning).toBeNull();
    expect(till.shop.views.parked.current()).toMatchObject([{ id, total: euros(-850) }]);
    await till.verbs.recallBasket({ basket: id });
    expect(till.basket.giveBack).toEqual(euros(850));
  });

  test("is parked, not lost, when another basket is recalled", async () => {
    const { purchase, number } = await soldMugs();
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    const other = till.basket.id;
    await till.verbs.parkBasket({ label: "other" });
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    const { id } = till.basket;
    await till.verbs.recallBasket({ basket: other });
    expect(till.shop.views.parked.current()).toMatchObject([{ id }]);
  });

  test("is called off, and what is rung up stays", async () => {
    const { purchase, number } = await soldMugs();
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(await till.verbs.stopReturn({})).toMatchObject({
      ok: true,
      value: { returning: null, due: euros(1_999) },
    });
  });

  test("changes with what is chosen, and a line dropped stays with the customer", async () => {
    const { purchase, number } = await soldMugs();
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    const line = returningOf(till).purchases[0]!.lines[0]!.chosen!.line;
    const defective = { reason: "defective", condition: "damaged", disposition: "supplier" } as const;
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...defective });
    expect(returningOf(till).purchases[0]?.lines[0]?.chosen).toMatchObject({
      line,
      quantity: 2,
      ...defective,
    });
    await till.verbs.dropReturn({ line });
    expect(till.basket).toMatchObject({ giveBack: euros(0), returning: { purchases: [{}], obstacles: [] } });
  });

  test("of a bundle charges the goods that are kept anew, where the store's policy says so", async () => {
    withPolicy(till, { promotions: "recompute" });
    const promotion = {
      promotion: idOf<"Promotion">("p-2-for-15"),
      name: "2 für 15",
      needs: { kind: "bundle", component: 0, components: 1, each: 2, price: euros(1_500) },
      amount: euros(100),
    } as const;
    const purchase = boughtElsewhere({
      lines: [0, 1].map((position) =>
        purchasedLine(position, { quantity: 1, total: euros(750), discounts: [promotion] }),
      ),
    });
    till.replica.put("receipts", purchaseDocument(purchase));
    await till.verbs.openReturn({ purchase: purchase.ref });
    await till.verbs.chooseReturn({ purchase: purchase.ref, position: 0, quantity: 1, ...AS_NEW });
    expect(till.basket).toMatchObject({
      giveBack: euros(650),
      returning: {
        refund: euros(750),
        repriced: euros(100),
        purchases: [{ repriced: [{ name: "Emaille-Becher", amount: euros(100) }] }],
      },
    });
    await till.verbs.giveBack({ amount: euros(650), to: { kind: "card", approvalCode: "99" } });
    await completed(till);
    await till.verbs.openReturn({ purchase: purchase.ref });
    await till.verbs.chooseReturn({ purchase: purchase.ref, position: 1, quantity: 1, ...AS_NEW });
    expect(till.basket.giveBack).toEqual(euros(850));
  });
});

describe("money back", () => {
  test("to the card that was paid with goes with the terminal's own approval code", async () => {
    const purchase = boughtElsewhere();
    till.replica.put("receipts", purchaseDocument(purchase));
    await till.verbs.openReturn({ purchase: purchase.ref });
    await till.verbs.chooseReturn({ purchase: purchase.ref, position: 1, quantity: 1, ...AS_NEW });
    expect(returningOf(till).routes).toContainEqual({
      way: "original",
      kind: "card",
      most: euros(1_999),
      paidBy: "4711",
      order: null,
    });
    const without = { amount: euros(1_999), to: { kind: "card", approvalCode: " " } } as const;
    expect(await till.verbs.giveBack(without)).toEqual({ ok: false, reason: "approvalCodeMissing" });
    await till.verbs.giveBack({ amount: euros(1_999), to: { kind: "card", approvalCode: " 815 " } });
    await completed(till);
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket.tenders).toMatchObject([
      { kind: "refund", to: { kind: "card", approvalCode: "815" } },
    ]);
  });

  test("as store credit has a code that the receipt shows", async () => {
    const { purchase, number } = await soldMugs(1);
    await opened(number);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(850), to: { kind: "credit" } });
    const { receipt } = await completed(till);
    const [tender] = till.journal.facts("ticket.completed").at(-1)!.ticket.tenders;
    const code = tender?.kind === "refund" && tender.to.kind === "credit" ? tender.to.code : "";
    expect(code).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    expect(JSON.stringify(receipt.rows)).toContain(code);
  });

  test("for an order that was paid online goes back online, named by its number", async () => {
    const order = idOf<"Order">("o-WEB-1");
    const purchase = boughtElsewhere({
      ref: { kind: "order", id: order },
      number: "WEB-1",
      channel: idOf<"Channel">("web"),
      paidWith: [{ kind: "online", amount: euros(3_699), order }],
    });
    till.replica.put("receipts", purchaseDocument(purchase));
    await opened("web-1");
    await till.verbs.chooseReturn({ purchase: purchase.ref, position: 1, quantity: 1, ...AS_NEW });
    expect(returningOf(till).routes[0]).toMatchObject({ kind: "online", order, paidBy: "WEB-1" });
    expect(
      await till.verbs.giveBack({ amount: euros(1_999), to: { kind: "online", order: idOf("other") } }),
    ).toEqual({ ok: false, reason: "notThisWay" });
    expect(await till.verbs.giveBack({ amount: euros(1_999), to: { kind: "online", order } })).toMatchObject({
      ok: true,
    });
    await completed(till);
  });

  test("goes no other way and no further than the policy offers", async () => {
    withPolicy(till, { refundTo: ["original", "cash"], maxCash: euros(500) });
    const purchase = boughtElsewhere();
    const bystander = boughtElsewhere({ id: "t-cash", paidWith: [{ kind: "cash", amount: euros(3_699) }] });
    till.replica.put("receipts", purchaseDocument(purchase), purchaseDocument(bystander));
    await till.verbs.openReturn({ purchase: purchase.ref });
    // A purchase of which nothing comes back opens no way for money.
    await till.verbs.openReturn({ purchase: bystander.ref });
    await till.verbs.chooseReturn({ purchase: purchase.ref, position: 1, quantity: 1, ...AS_NEW });
    expect(await till.verbs.giveBack({ amount: euros(1_999), to: { kind: "credit" } })).toEqual({
      ok: false,
      reason: "notThisWay",
    });
    expect(await till.verbs.giveBack({ amount: euros(501), to: CASH })).toEqual({
      ok: false,
      reason: "tooMuchThisWay",
    });
    expect(
      await till.verbs.giveBack({ amount: euros(2_000), to: { kind: "card", approvalCode: "1" } }),
    ).toEqual({ ok: false, reason: "refundExceedsDue" });
    expect(await till.verbs.giveBack({ amount: euros(500), to: CASH })).toMatchObject({ ok: true });
  });
});
