import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { sumMoney } from "../money/arithmetic.ts";
import { giveUp } from "../orders/giving-up.ts";
import type { Order } from "../orders/order.ts";
import { withOrderReturn } from "../orders/order-return.ts";
import { HOUR_MS, NOON, orderLine, routedOrder } from "../testing/orders.ts";
import { EUR, eur, GERMANY, rate, taxClass } from "../testing/shop.ts";
import { type OrderPurchaseTerms, purchaseOfOrder } from "./purchase-of-order.ts";

const TERMS: OrderPurchaseTerms = {
  tax: GERMANY,
  timeZone: "Europe/Berlin",
  daysOf: () => 30,
  paidWith: null,
  known: null,
};
const LINES = [
  orderLine({ name: "lamp", quantity: 3, price: 1_000, total: 2_500 }),
  orderLine({ name: "mug", price: 900 }),
];

function bought(order: Order, terms: Partial<OrderPurchaseTerms> = {}) {
  const purchase = purchaseOfOrder(order, { ...TERMS, ...terms });
  if (purchase === null) throw new Error("nothing was bought");
  return purchase;
}

describe("what an order's customer bought", () => {
  test("is its lines as they were paid, taxes within, and how", () => {
    const order = routedOrder({ lines: LINES });
    const purchase = bought(order);
    expect(purchase).toMatchObject({
      ref: { kind: "order", id: order.id },
      number: "WEB-1001",
      channel: "web",
      store: "store-berlin",
      taxMode: "inclusive",
      settled: eur(3_400),
      paidWith: [{ kind: "online", amount: eur(3_400), order: order.id }],
    });
    expect(purchase.lines).toMatchObject([
      { position: 0, quantity: 3, total: eur(2_500), taxes: [{ tax: eur(399) }] },
      { position: 1, quantity: 1, total: eur(900), taxes: [{ tax: eur(144) }] },
    ]);
  });

  test("is not what nobody will deliver, whose money came back", () => {
    const order = giveUp(routedOrder({ lines: LINES }), [
      { line: LINES[1]!.id, quantity: 1 },
      { line: LINES[0]!.id, quantity: 1 },
    ]);
    const purchase = bought(order);
    expect(purchase.lines).toMatchObject([{ position: 0, quantity: 2, total: eur(1_666) }]);
    expect(purchase.settled).toEqual(eur(1_666));
    const nothing = giveUp(order, [{ line: LINES[0]!.id, quantity: 2 }]);
    expect(purchaseOfOrder(nothing, TERMS)).toBeNull();
  });

  test("costs what was charged: extras are the lines', shipping is not given back", () => {
    const order = routedOrder({ lines: LINES, shipping: eur(500), total: eur(4_240), paid: eur(4_240) });
    expect(bought(order)).toMatchObject({
      settled: eur(3_740),
      lines: [{ total: eur(2_750) }, { total: eur(990) }],
    });
  });

  test("was not paid before it is collected, where it is paid there", () => {
    const unpaid = routedOrder({ lines: LINES, payment: "atPickup", paid: eur(0) });
    expect(bought(unpaid)).toMatchObject({ settled: eur(0), paidWith: [] });
    const cash = [{ kind: "cash", amount: eur(3_400) }] as const;
    const paid: Order = { ...unpaid, payment: { ...unpaid.payment, state: "paid", paid: eur(3_400) } };
    expect(bought(paid, { paidWith: cash })).toMatchObject({ settled: eur(3_400), paidWith: cash });
    const authorised = routedOrder({ lines: LINES, payment: "authorised", paid: eur(0) });
    expect(bought(authorised).settled).toEqual(eur(3_400));
  });

  test("is taxed as on the day of sale, whatever the law says later, to the cent", () => {
    const order = routedOrder({ lines: LINES });
    const known = bought(order);
    const later = { ...GERMANY, classes: [taxClass("standard", rate("de-21", 210_000))] };
    expect(bought(order, { tax: later, known })).toEqual(known);
    const fewer = giveUp(order, [{ line: LINES[0]!.id, quantity: 1 }]);
    expect(bought(fewer, { tax: later, known }).lines).toMatchObject([
      { quantity: 2, total: eur(1_666), taxes: [{ rate: { id: "de-19" }, tax: eur(266) }] },
      { taxes: [{ rate: { id: "de-19" }, tax: eur(144) }] },
    ]);
  });

  test("is the same after something of it came back: that is told with what came back", () => {
    const order = routedOrder({ lines: LINES, shipping: eur(500), total: eur(3_900), paid: eur(3_900) });
    const act = {
      id: "t1",
      at: NOON,
      store: null,
      device: null,
      staff: null,
      lines: [{ position: 1, pieces: 1, total: eur(900), taxes: [] }],
      settled: eur(900),
    };
    const after = withOrderReturn(order, { act, number: "", byShop: eur(0) });
    expect(after.payment.refunded).toEqual(eur(900));
    expect(bought(after)).toEqual(bought(order));
  });

  test("may come back so many days after its last piece went out; before any, after it was placed", () => {
    const order = routedOrder({ lines: LINES });
    expect(bought(order).lines.map(({ returnBy }) => returnBy)).toEqual(["2027-02-14", "2027-02-14"]);
    expect(bought(order, { daysOf: () => 0 }).lines[0]?.returnBy).toBeNull();
    const [part] = order.fulfilments;
    const handed = {
      at: instant(NOON + 72 * HOUR_MS),
      act: "handedOver",
      by: { kind: "server" },
      from: "ready",
      to: "collected",
      reason: null,
      fits: true,
    } as const;
    const collected = { ...order, fulfilments: [{ ...part!, trace: [...part!.trace, handed] }] };
    expect(bought(collected).lines[0]?.returnBy).toBe("2027-02-17");
    expect(bought(collected).day).toBe("2027-01-15");
  });
});

test("whatever was ordered, given up and refunded: never more is settled than its lines are worth, nor than was paid", () => {
  const money = fc.integer({ min: 0, max: 5_000 });
  const orders = fc.record({
    totals: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 5 }), total: money }), {
      minLength: 1,
      maxLength: 4,
    }),
    shipping: money,
    extra: fc.integer({ min: -2_000, max: 2_000 }),
    given: fc.array(fc.record({ line: fc.nat(3), quantity: fc.integer({ min: 1, max: 5 }) }), {
      maxLength: 3,
    }),
  });
  fc.assert(
    fc.property(orders, ({ totals, shipping, extra, given }) => {
      const lines = totals.map((each, index) => orderLine({ name: `a${index}`, price: 100, ...each }));
      const total = eur(
        Math.max(
          0,
          totals.reduce((sum, each) => sum + each.total, shipping + extra),
        ),
      );
      const placed = routedOrder({ lines, shipping: eur(shipping), total, paid: total });
      const pieces = given.map(({ line, quantity }) => ({ line: idOf<"Line">(`line-a${line}`), quantity }));
      const purchase = purchaseOfOrder(giveUp(placed, pieces), TERMS);
      if (purchase === null) return;
      const worth = sumMoney(
        purchase.lines.map((each) => each.total),
        EUR,
      );
      expect(purchase.settled.minor).toBeLessThanOrEqual(worth.minor);
      expect(purchase.settled.minor).toBeLessThanOrEqual(total.minor);
      expect(purchase.settled.minor).toBeGreaterThanOrEqual(0);
    }),
  );
});
