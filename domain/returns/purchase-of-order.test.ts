import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { sumMoney } from "../money/arithmetic.ts";
import { givenUpOf, giveUp, handedOf } from "../orders/giving-up.ts";
import type { Order } from "../orders/order.ts";
import { withOrderReturn } from "../orders/order-return.ts";
import { editedByShop, SAYS_NOTHING } from "../orders/shop-edit.ts";
import { AT_DESK, HOUR_MS, NOON, orderLine, routedOrder } from "../testing/orders.ts";
import { EUR, eur, GERMANY, rate, taxClass } from "../testing/shop.ts";
import { type OrderPurchaseTerms, purchaseOfOrder } from "./purchase-of-order.ts";
import { isRefundedTwice } from "./returned.ts";

const TERMS: OrderPurchaseTerms = {
  pieces: "ordered",
  tax: GERMANY,
  timeZone: "Europe/Berlin",
  daysOf: () => 30,
  paidWith: null,
  rounding: eur(0),
  known: null,
};
const BACK_ACT = { id: "t1", at: NOON, store: null, device: null, staff: null, settled: eur(900) };
const LINES = [
  orderLine({ name: "lamp", quantity: 3, price: 1_000, total: 2_500 }),
  orderLine({ name: "mug", price: 900 }),
];

/** So many pieces of each line are with the customer. */
function handed(order: Order, pieces: readonly number[]): Order {
  const fulfilments = order.fulfilments.map((part) => ({
    ...part,
    lines: part.lines.map((line, index) => ({ ...line, handed: pieces[index] ?? 0 })),
  }));
  return { ...order, fulfilments };
}

/** One piece of a line comes back; so much of the money is left to the shop. */
function back(order: Order, { minor, byShop = 0, position = 0, id = "t1" }: Back): Order {
  const total = eur(minor);
  const act = { ...BACK_ACT, id, lines: [{ position, pieces: 1, total, taxes: [] }], settled: total };
  return withOrderReturn(order, { act, number: "", byShop: eur(byShop) });
}
interface Back {
  readonly minor: number;
  readonly byShop?: number;
  readonly position?: number;
  readonly id?: string;
}

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
    const after = back(order, { minor: 900, position: 1 });
    expect(after.payment.refunded).toEqual(eur(900));
    expect(bought(after)).toEqual(bought(order));
  });

  test("may come back so many days after its last piece went out; before any, after it was placed", () => {
    const order = routedOrder({ lines: LINES });
    expect(bought(order).lines.map(({ returnBy }) => returnBy)).toEqual(["2027-02-14", "2027-02-14"]);
    expect(bought(order, { daysOf: () => 0 }).lines[0]?.returnBy).toBeNull();
    const [part] = order.fulfilments;
    const act = {
      at: instant(NOON + 72 * HOUR_MS),
      act: "handedOver",
      by: { kind: "server" },
      from: "ready",
      to: "collected",
      reason: null,
      fits: true,
    } as const;
    const collected = { ...order, fulfilments: [{ ...part!, trace: [...part!.trace, act] }] };
    expect(bought(collected).lines[0]?.returnBy).toBe("2027-02-17");
    expect(bought(collected).day).toBe("2027-01-15");
  });
});

describe("what may be brought back of an order", () => {
  const handedOut = { pieces: "handedOut" } as const;

  test("is nothing before anything was handed out or sent, paid or not", () => {
    const authorised = routedOrder({ lines: LINES, payment: "authorised", paid: eur(0) });
    for (const order of [authorised, routedOrder({ lines: LINES })])
      expect(purchaseOfOrder(order, { ...TERMS, ...handedOut })).toBeNull();
  });

  test("are the pieces that were handed out, and what was paid for those", () => {
    const order = handed(routedOrder({ lines: LINES }), [2, 0]);
    expect(bought(order, handedOut)).toMatchObject({
      settled: eur(1_666),
      paidWith: [{ kind: "online", amount: eur(1_666) }],
      lines: [{ position: 0, quantity: 2, total: eur(1_666) }],
    });
    expect(bought(handed(order, [3, 1]), handedOut).settled).toEqual(eur(3_400));
    expect(bought(handed(order, [9, 1]), handedOut).lines[0]).toMatchObject({ quantity: 3 });
  });

  test("its confirmation names all that was ordered and not given up", () => {
    const order = giveUp(routedOrder({ lines: LINES }), [{ line: LINES[0]!.id, quantity: 1 }]);
    expect(bought(order).lines.map(({ quantity }) => quantity)).toEqual([2, 1]);
  });

  test("pieces that were handed out after they were cancelled are among them, but nobody paid for them any more", () => {
    const order = giveUp(routedOrder({ lines: [LINES[1]!] }), [{ line: LINES[1]!.id, quantity: 1 }]);
    const late = handed(order, [1]);
    for (const pieces of ["handedOut", "ordered"] as const)
      expect(bought(late, { pieces })).toMatchObject({ settled: eur(0), lines: [{ quantity: 1 }] });
  });

  test("what came back and was never handed out stays to be seen, so that it is found to be refunded for nothing", () => {
    const order = back(routedOrder({ lines: LINES }), { minor: 900, position: 1 });
    for (const each of [
      order,
      giveUp(
        order,
        LINES.map(({ id, quantity }) => ({ line: id, quantity })),
      ),
    ]) {
      const purchase = bought(each, handedOut);
      expect(purchase).toMatchObject({ settled: eur(0), lines: [{ position: 1, quantity: 0 }] });
      const act = { ...BACK_ACT, lines: [{ position: 1, pieces: 1, total: eur(900), taxes: [] }] };
      const returned = { purchase: purchase.ref, acts: [act], flagged: false };
      expect(isRefundedTwice({ purchase, returned })).toBe(true);
    }
  });

  test("what the shop gave back for a return is not taken off a second time; what it gave beside that is", () => {
    const order = handed(
      routedOrder({ lines: [orderLine({ name: "lamp", quantity: 2, price: 3_000 })] }),
      [2],
    );
    const left = back(order, { minor: 3_000, byShop: 3_000 });
    const told = (refunded: number) => {
      const edit = { ...SAYS_NOTHING, stillWanted: [], refunded: eur(refunded), cancelled: null };
      return bought(editedByShop({ order: left, edit, context: AT_DESK }).order, handedOut).settled;
    };
    expect(told(3_000)).toEqual(eur(6_000));
    expect(told(3_500)).toEqual(eur(5_500));
  });

  test("a coupon that the shop takes off the total alone is every line's: the first line does not bring all of the money", () => {
    const lines = [orderLine({ name: "lamp", price: 2_500 }), orderLine({ name: "mug", price: 900 })];
    const order = handed(routedOrder({ lines, total: eur(2_400), paid: eur(2_400) }), [1, 1]);
    expect(bought(order, handedOut)).toMatchObject({
      settled: eur(2_400),
      lines: [{ total: eur(1_765) }, { total: eur(635) }],
    });
  });

  test("what a till rounded in coins is in what was paid, up and down, and never makes it less than nothing", () => {
    const paidInCash = (minor: number, rounding: number) =>
      bought(handed(routedOrder({ lines: [orderLine({ name: "lamp", price: minor })] }), [1]), {
        ...handedOut,
        rounding: eur(rounding),
      }).settled.minor;
    expect(paidInCash(1_002, -2)).toBe(1_000);
    expect(paidInCash(1_003, 2)).toBe(1_005);
    expect(paidInCash(1, -2)).toBe(0);
    expect(paidInCash(0, 2)).toBe(0);
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
    has: fc.array(fc.nat(5), { maxLength: 4 }),
    given: fc.array(fc.record({ line: fc.nat(3), quantity: fc.integer({ min: 1, max: 5 }) }), {
      maxLength: 3,
    }),
  });
  fc.assert(
    fc.property(orders, ({ totals, shipping, extra, given, has }) => {
      const lines = totals.map((each, index) => orderLine({ name: `a${index}`, price: 100, ...each }));
      const total = eur(
        Math.max(
          0,
          totals.reduce((sum, each) => sum + each.total, shipping + extra),
        ),
      );
      const placed = routedOrder({ lines, shipping: eur(shipping), total, paid: total });
      const pieces = given.map(({ line, quantity }) => ({ line: idOf<"Line">(`line-a${line}`), quantity }));
      const left = giveUp(placed, pieces);
      const out = handed(
        left,
        lines.map(({ id, quantity }, index) => Math.min(has[index] ?? 0, quantity - givenUpOf(left, id))),
      );
      for (const order of [left, out])
        for (const pieces of ["handedOut", "ordered"] as const) {
          const purchase = purchaseOfOrder(order, { ...TERMS, pieces });
          if (purchase === null) continue;
          const worth = sumMoney(
            purchase.lines.map((each) => each.total),
            EUR,
          );
          expect(purchase.settled.minor).toBeLessThanOrEqual(worth.minor);
          expect(purchase.settled.minor).toBeLessThanOrEqual(total.minor);
          expect(purchase.settled.minor).toBeGreaterThanOrEqual(0);
          if (pieces === "ordered") continue;
          for (const { position, quantity } of purchase.lines)
            expect(quantity).toBe(handedOf(order, lines[position]!.id));
        }
    }),
  );
});
