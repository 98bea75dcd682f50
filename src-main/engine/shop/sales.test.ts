import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { BASKET_DRAFT } from "../personal-drafts.ts";
import { euros, MUG, TEE_M, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn();
});

async function ringUpAndPay(): Promise<void> {
  await till.verbs.addItem({ variant: MUG, quantity: 2 });
  await till.verbs.takeCash({ tendered: euros(2_000) });
}

describe("taking money", () => {
  test("cash above what is due gives change", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    const answer = await till.verbs.takeCash({ tendered: euros(2_000) });
    expect(answer).toMatchObject({ ok: true, value: { change: euros(300), remaining: euros(0) } });
  });

  test("a sale may be split between card and cash", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    await till.verbs.takeCard({ amount: euros(1_000), approvalCode: " 4711 " });
    await till.verbs.takeCash({ tendered: euros(700) });
    const answer = await till.verbs.completeSale({ basket: till.basket.id });
    expect(answer).toMatchObject({ ok: true, value: { change: euros(0), due: euros(1_700) } });
    expect(till.journal.facts("ticket.completed")[0]?.ticket.tenders).toMatchObject([
      { kind: "card", approvalCode: "4711" },
      { kind: "cash", tendered: euros(700) },
    ]);
  });

  test.each([
    { why: "a card for more than remains", amount: 1_701, approvalCode: "1", reason: "cardExceedsRemaining" },
    {
      why: "a card without its approval code",
      amount: 1_700,
      approvalCode: " ",
      reason: "approvalCodeMissing",
    },
  ])("$why is not taken", async ({ amount, approvalCode, reason }) => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    const answer = await till.verbs.takeCard({ amount: euros(amount), approvalCode });
    expect(answer).toEqual({ ok: false, reason });
  });

  test("a tender can be taken back, and then the basket can be changed again", async () => {
    await ringUpAndPay();
    const locked = await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(locked).toEqual({ ok: false, reason: "paymentStarted" });
    const tender = till.basket.tenders[0]!.id;
    expect(await till.verbs.removeTender({ tender })).toMatchObject({ ok: true, value: { tenders: [] } });
    expect(await till.verbs.removeTender({ tender })).toEqual({ ok: false, reason: "noSuchTender" });
    expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
  });

  test("money already taken survives a killed till", async () => {
    await ringUpAndPay();
    const before = till.basket;
    await till.restart();
    await till.signIn();
    expect(till.basket).toEqual(before);
  });

  test("a till too long without the server takes money only for a manager", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    till.offlinePolicy = "manager";
    const refusal = { ok: false, reason: "managerNeeded" };
    expect(await till.verbs.takeCash({ tendered: euros(850) })).toEqual(refusal);
    expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toEqual(refusal);
    await till.signIn("johanna");
    expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
  });
});

describe("completing a sale", () => {
  test("one entry in the journal makes the sale, and the till is ready for the next customer", async () => {
    await ringUpAndPay();
    const { id } = till.basket;
    const answer = await till.verbs.completeSale({ basket: id });
    expect(answer).toMatchObject({ ok: true, value: { change: euros(300), due: euros(1_700) } });
    expect(till.journal.facts("ticket.completed")).toHaveLength(1);
    expect(till.journal.facts("ticket.completed")[0]?.ticket).toMatchObject({
      basket: id,
      number: "BER1-03-000001",
      staff: "mira",
      businessDay: "2026-11-24",
    });
    expect(till.basket).toMatchObject({ lines: [], tenders: [] });
    expect(till.basket.id).not.toBe(id);
  });

  test("asked twice for the same basket, the till answers with the same ticket and books it once", async () => {
    await ringUpAndPay();
    const { id } = till.basket;
    const [first, second] = await Promise.all([
      till.verbs.completeSale({ basket: id }),
      till.verbs.completeSale({ basket: id }),
    ]);
    expect(second).toEqual(first);
    expect(till.journal.facts("ticket.completed")).toHaveLength(1);
  });

  test("a till killed between journal and clearing up does not sell the basket again", async () => {
    await ringUpAndPay();
    const { id } = till.basket;
    till.drafts.fail(new Error("killed here"));
    const first = await till.verbs.completeSale({ basket: id });
    till.drafts.fail(null);
    await till.restart();
    await till.signIn();
    expect(till.basket.lines).toEqual([]);
    expect(await till.verbs.completeSale({ basket: id })).toEqual(first);
    expect(till.journal.facts("ticket.completed")).toHaveLength(1);
    expect(await till.drafts.list("basket:")).toEqual([]);
  });

  test("a basket that is sold is gone from the disk also where a screen fails over it", async () => {
    await ringUpAndPay();
    const broken = new Error("a screen that cannot be put together");
    till.shop.views.basket.watch(() => {
      throw broken;
    });
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    expect(await till.drafts.list(BASKET_DRAFT)).toEqual([]);
    expect(till.troubles).toEqual([broken]);
  });

  test("a full disk refuses the sale and keeps basket and money as they were", async () => {
    await ringUpAndPay();
    const before = till.basket;
    till.journal.fail(new Error("ENOSPC"));
    const answer = await till.verbs.completeSale({ basket: before.id });
    expect(answer).toEqual({ ok: false, reason: "storage" });
    expect(till.basket).toEqual(before);
    till.journal.fail(null);
    expect(await till.verbs.completeSale({ basket: before.id })).toMatchObject({ ok: true });
  });

  test("an unpaid basket is no sale, and no receipt number is used up", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    const { id } = till.basket;
    expect(await till.verbs.completeSale({ basket: id })).toEqual({ ok: false, reason: "notPaid" });
    await till.verbs.takeCash({ tendered: euros(1_700) });
    await till.verbs.completeSale({ basket: id });
    expect(till.journal.facts("ticket.completed")[0]?.ticket.number).toBe("BER1-03-000001");
  });

  test("an unknown basket is no sale", async () => {
    const answer = await till.verbs.completeSale({ basket: idOf<"Basket">("nowhere") });
    expect(answer).toEqual({ ok: false, reason: "emptyBasket" });
  });

  test("sold pieces leave the stock on the screen at once", async () => {
    await till.verbs.addItem({ variant: TEE_S, quantity: 2 });
    await till.verbs.takeCash({ tendered: euros(3_998) });
    await till.verbs.completeSale({ basket: till.basket.id });
    const [found] = await till.verbs.variants({ product: idOf<"Product">("tee") });
    expect(found).toMatchObject({ variant: TEE_S, onHand: 3 });
  });

  test("goods the till believes sold out are still sold: they are in the customer's hand", async () => {
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(1_999) });
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
    const found = (await till.verbs.variants({ product: idOf<"Product">("tee") }))[1];
    expect(found?.onHand).toBe(-1);
  });

  test("the receipt is printed once, after the sale is safe", async () => {
    await till.setUpPrinter();
    await ringUpAndPay();
    const { id } = till.basket;
    await till.verbs.completeSale({ basket: id });
    await till.verbs.completeSale({ basket: id });
    expect(till.printers[0]?.printed).toHaveLength(1);
  });
});
