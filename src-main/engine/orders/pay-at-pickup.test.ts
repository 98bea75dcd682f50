import { beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { CODE, leaseOf, OTHER_TILL, readyOrder, unpaidOrder } from "../testing/order-fixture.ts";
import { DEVICE, euros, MUG, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

function handOver({ id }: StoreOrder, withSale = false) {
  const proof = { kind: "code", code: CODE } as const;
  return till.verbs.handOver({
    fulfilment: id,
    proof,
    lines: null,
    withSale,
    override: null,
    signature: null,
  });
}

/** The customer stands at the counter and the order lies in the basket in front. */
async function collecting(order: StoreOrder, withSale = false): Promise<void> {
  till.replica.put("orders", order);
  const answer = await handOver(order, withSale);
  if (!answer.ok || answer.value.next !== "sale") throw new Error("the order is not in the basket");
}

function complete() {
  return till.verbs.completeSale({ basket: till.basket.id });
}

function textOf(row: ReceiptRow): string {
  return row.kind === "pair" || row.kind === "big" ? `${row.left} | ${row.right}` : "";
}

describe("reserved online, paid in the store", () => {
  test("with change due and something bought on top, it is one entry: paid, handed out, sold", async () => {
    await collecting(unpaidOrder());
    expect(till.basket).toMatchObject({ due: euros(3_599), collecting: { number: "WEB-1001" } });
    expect(till.basket.lines.map(({ isOrdered }) => isOrdered)).toEqual([true, true]);
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(5_000) });
    const before = till.journal.entries.length;
    expect(await complete()).toMatchObject({
      ok: true,
      value: {
        due: euros(4_449),
        change: euros(551),
        order: { kind: "handedOver", number: "WEB-1001" },
      },
    });
    expect(till.journal.entries).toHaveLength(before + 1);
    const [handed] = till.journal.facts("order.handedOver");
    expect(handed?.ticket?.totals.total).toEqual(euros(4_449));
    expect(handed?.lines.map(({ variant, quantity }) => [variant, quantity])).toEqual([
      [MUG, 2],
      [TEE_S, 1],
    ]);
    expect(till.journal.facts("ticket.completed")).toEqual([]);
    const [order] = till.shop.views.orders.current().orders;
    expect(order).toMatchObject({ state: "collected", due: euros(0) });
  });

  test("every piece leaves the stock once, ordered or bought on top", async () => {
    await collecting(unpaidOrder());
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(4_449) });
    await complete();
    const [mug] = await till.verbs.search({ text: "Becher", limit: 1 });
    expect(mug?.onHand).toBe(12 - 3);
  });

  test("what was paid online already is not paid twice, and the receipt says so", async () => {
    await collecting(unpaidOrder(1_000));
    expect(till.basket).toMatchObject({ remaining: euros(2_599), collecting: { paidOnline: euros(1_000) } });
    await till.verbs.takeCard({ amount: euros(2_599), approvalCode: "4711" });
    const sold = await complete();
    if (!sold.ok) throw new Error(sold.reason);
    const receipt = sold.value.receipt.rows.map(textOf).map((text) => text.replace(/\s/g, " "));
    expect(receipt).toContain("Online bezahlt | 10,00 €");
    expect(receipt).toContain("Bestellung WEB-1001 | ");
    expect(receipt).toContain("  Online-Preis | -1,00 €");
  });

  test("completing the same sale again gives the same ticket and hands out once", async () => {
    await collecting(unpaidOrder());
    await till.verbs.takeCash({ tendered: euros(3_599) });
    const { id } = till.basket;
    const first = await till.verbs.completeSale({ basket: id });
    await till.restart();
    await till.signIn("mira");
    expect(await till.verbs.completeSale({ basket: id })).toEqual(first);
    expect(till.journal.facts("order.handedOver")).toHaveLength(1);
  });

  test("an ordered line is neither changed nor taken away", async () => {
    await collecting(unpaidOrder());
    const line = till.basket.lines[0]!.id;
    expect(await till.verbs.removeLine({ line })).toEqual({ ok: false, reason: "orderLine" });
    expect(await till.verbs.changeQuantity({ line, quantity: 1 })).toEqual({
      ok: false,
      reason: "orderLine",
    });
  });

  test("the hand-out in the making survives a killed till", async () => {
    await collecting(unpaidOrder());
    const before = till.basket;
    await till.restart();
    await till.signIn("mira");
    expect(till.basket).toEqual(before);
  });
});

describe("something bought on top of a paid order", () => {
  test("goes into the basket alone; completing it hands the order out", async () => {
    await collecting(readyOrder(), true);
    expect(till.basket).toMatchObject({ lines: [], collecting: { number: "WEB-1001" } });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(850) });
    expect(await complete()).toMatchObject({ ok: true, value: { order: { kind: "handedOver" } } });
    expect(till.journal.facts("order.handedOver")[0]?.ticket?.lines).toHaveLength(1);
  });
});

describe("the hand-out is called off", () => {
  test("the basket is empty again, and the order stands on its shelf", async () => {
    await collecting(unpaidOrder());
    expect(await till.verbs.stopCollecting({})).toMatchObject({
      ok: true,
      value: { lines: [], collecting: null },
    });
    expect(till.shop.views.orders.current().orders[0]?.state).toBe("ready");
    expect(till.journal.facts("order.handedOver")).toEqual([]);
  });

  test("what was bought on top stays in the basket: it is no way to lose goods that were rung up", async () => {
    await collecting(unpaidOrder());
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(await till.verbs.stopCollecting({})).toMatchObject({
      ok: true,
      value: { lines: [{ variant: MUG, isOrdered: false }], collecting: null, label: "" },
    });
    await till.restart();
    await till.signIn("mira");
    expect(till.basket.lines).toHaveLength(1);
  });

  test("but not once money was taken", async () => {
    await collecting(unpaidOrder());
    await till.verbs.takeCash({ tendered: euros(500) });
    expect(await till.verbs.stopCollecting({})).toEqual({ ok: false, reason: "paymentStarted" });
  });

  test("by throwing the basket away as well", async () => {
    await collecting(unpaidOrder());
    await till.verbs.discardBasket({ basket: till.basket.id });
    expect(till.basket).toMatchObject({ lines: [], collecting: null });
    expect(await handOver(unpaidOrder())).toMatchObject({ ok: true, value: { next: "sale" } });
  });
});

test("taking up another basket calls a hand-out off that nothing was rung up for", async () => {
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  const { id } = till.basket;
  await till.verbs.parkBasket({ label: "" });
  await collecting(readyOrder(), true);
  await till.verbs.recallBasket({ basket: id });
  expect(till.basket).toMatchObject({ id, collecting: null });
  expect(till.shop.views.orders.current().orders[0]?.state).toBe("ready");
});

test("a basket with something in it makes way first", async () => {
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  const order = unpaidOrder();
  till.replica.put("orders", order);
  expect(await handOver(order)).toEqual({ ok: false, reason: "basketNotEmpty" });
});

test("a basket that collects one order does not collect another", async () => {
  await collecting(readyOrder(), true);
  const other = unpaidOrder(0, { number: "WEB-1002" });
  till.replica.put("orders", other);
  expect(await handOver(other)).toEqual({ ok: false, reason: "basketNotEmpty" });
});

test("a parked hand-out goes on when it is recalled, under its order's number", async () => {
  await collecting(unpaidOrder());
  const { id } = till.basket;
  await till.verbs.parkBasket({ label: "fetches her purse" });
  await till.verbs.recallBasket({ basket: id });
  expect(till.basket.collecting?.number).toBe("WEB-1001");
  await till.verbs.takeCash({ tendered: euros(3_599) });
  expect(await complete()).toMatchObject({ ok: true, value: { order: { number: "WEB-1001" } } });
});

describe("while the customer looks for coins", () => {
  beforeEach(async () => {
    await collecting(unpaidOrder());
    await till.verbs.takeCash({ tendered: euros(3_599) });
  });

  test("the order is cancelled online: the sale is refused, money and basket stay until they are taken back", async () => {
    till.replica.put("orders", unpaidOrder(0, { fulfilment: { state: "cancelled" } }));
    expect(await complete()).toEqual({ ok: false, reason: "cancelled" });
    expect(till.basket.tenders).toHaveLength(1);
    expect(till.journal.facts("order.handedOver")).toEqual([]);
  });

  test("another till handed it out: the second is refused", async () => {
    const { fulfilment } = readyOrder();
    const lines = fulfilment.lines.map((line) => ({ ...line, handed: line.quantity }));
    till.replica.put("orders", unpaidOrder(0, { fulfilment: { state: "collected", lines } }));
    expect(await complete()).toEqual({ ok: false, reason: "alreadyCollected" });
  });

  test("the lease lapses: online it is asked for again, offline the sale waits for a manager's word", async () => {
    const lapsed = leaseOf(DEVICE, { expiresAt: instant(till.clock.now() - 1) });
    till.replica.put("orders", unpaidOrder(0, { lease: lapsed }));
    till.server.goOffline();
    expect(await complete()).toEqual({ ok: false, reason: "leaseUnknown" });
    till.server.comeBack();
    expect(await complete()).toMatchObject({ ok: true });
  });

  test("the lease went to another till: the sale is refused", async () => {
    till.replica.put("orders", unpaidOrder(0, { lease: leaseOf(OTHER_TILL) }));
    till.server.goOffline();
    expect(await complete()).toEqual({ ok: false, reason: "leaseHeldByAnother" });
  });
});
