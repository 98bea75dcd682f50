import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, type LineId } from "../ids.ts";
import { AT_DESK, orderLine, routedOrder } from "../testing/orders.ts";
import { eur } from "../testing/shop.ts";
import { givenUpOf, giveUp, handedOf } from "./giving-up.ts";
import { allThatIsDue } from "./goods.ts";
import type { Order } from "./order.ts";
import type { WantedOrder } from "./place.ts";
import { actOnOrder, cancelOrder } from "./routing.ts";
import { editedByShop, editOfCancelling } from "./shop-edit.ts";

const LAMP = idOf<"Line">("line-lamp");
const BOOK = idOf<"Line">("line-book");
const LAMPS_AND_BOOK = [
  orderLine({ name: "lamp", quantity: 2, price: 4_000 }),
  orderLine({ name: "book", price: 2_000 }),
];

/** 100.00 of goods without tax, 8.00 of tax, 5.00 of shipping. */
function taxOnTop(change: Partial<WantedOrder> = {}): Order {
  const total = eur(11_300);
  return routedOrder({
    lines: LAMPS_AND_BOOK,
    shipping: eur(500),
    total,
    paid: total,
    delivery: { kind: "ship", address: null },
    ...change,
  });
}

function cancelled(order: Order): Order {
  const after = cancelOrder({ order, reason: "no", context: AT_DESK });
  if (!after.ok) throw new Error(after.reason);
  return after.value;
}

function cancelledByShop(order: Order): Order {
  return editedByShop({ order, edit: editOfCancelling(order, "no"), context: AT_DESK }).order;
}

/** One lamp goes out, the rest stays. */
function withOneLampGone(order: Order): Order {
  const fulfilment = order.fulfilments[0]!;
  const lines = allThatIsDue(fulfilment)
    .filter(({ line }) => line === LAMP)
    .map((line) => ({ ...line, quantity: 1 }));
  const act = { type: "handedOver", lines, proof: { kind: "code" }, override: null } as const;
  return actOnOrder({ order, fulfilment, act, context: AT_DESK });
}

function picked(order: Order, lamps: number): Order {
  const lines = [
    { line: LAMP, quantity: lamps, substitute: null },
    { line: BOOK, quantity: 1, substitute: null },
  ];
  const act = { type: "picked", lines, shelf: "", rest: "refundRest" } as const;
  return actOnOrder({ order, fulfilment: order.fulfilments[0]!, act, context: AT_DESK });
}

describe("where prices are without tax", () => {
  test.each([
    ["HQ", cancelled],
    ["its shop", cancelledByShop],
  ])("an order that %s cancels gives back all that was paid", (_, cancel) => {
    expect(cancel(taxOnTop()).payment).toMatchObject({ state: "refunded", refunded: eur(11_300) });
  });

  test("a short piece comes back with its tax, and the rest with the rest of it", () => {
    const short = picked(taxOnTop(), 1);
    expect(short.payment).toMatchObject({ state: "paid", refunded: eur(4_320) });
    expect(cancelled(short).payment).toMatchObject({ state: "refunded", refunded: eur(11_300) });
  });

  test("of a part that was handed out neither its tax nor the shipping comes back", () => {
    const some = withOneLampGone(taxOnTop());
    for (const cancel of [cancelled, cancelledByShop])
      expect(cancel(some).payment).toMatchObject({ state: "paid", refunded: eur(6_480) });
  });

  test("fewer pieces in the shop are worth the same as fewer in the store", () => {
    const stillWanted = [{ line: LAMP, quantity: 1 }];
    const edit = { ...editOfCancelling(taxOnTop(), ""), stillWanted, cancelled: null };
    const { order } = editedByShop({ order: taxOnTop(), edit, context: AT_DESK });
    expect(order.payment.refunded).toEqual(picked(taxOnTop(), 1).payment.refunded);
  });
});

test("a tip in the total keeps no shipping back", () => {
  const total = eur(10_700);
  expect(cancelled(taxOnTop({ total, paid: total })).payment).toMatchObject({
    state: "refunded",
    refunded: total,
  });
});

test("an order that nobody delivers any of gives all of it back, cancelled or not", () => {
  const pieces = LAMPS_AND_BOOK.map(({ id, quantity }) => ({ line: id, quantity }));
  expect(giveUp(taxOnTop(), pieces).payment).toMatchObject({ state: "refunded", refunded: eur(11_300) });
});

test("what was paid ahead of a pickup comes back when nothing is left to collect", () => {
  const deposit = taxOnTop({
    payment: "atPickup",
    paid: eur(2_000),
    shipping: eur(0),
    delivery: routedOrder().delivery,
  });
  for (const cancel of [cancelled, cancelledByShop])
    expect(cancel(deposit).payment).toMatchObject({ state: "refunded", refunded: eur(2_000) });
});

test("giving up what is given up already is nothing", () => {
  const once = giveUp(taxOnTop(), [{ line: BOOK, quantity: 1 }]);
  expect(giveUp(once, [{ line: BOOK, quantity: 1 }])).toBe(once);
});

/** Orders as shops have them: prices with tax or without, with and without tips, discounts that are in no line, and paid as they cost or not. */
const orders: fc.Arbitrary<Order> = fc
  .record({
    lines: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 6 }), total: fc.nat({ max: 9_999 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    shipping: fc.nat({ max: 999 }),
    extra: fc.oneof(fc.constant(0), fc.integer({ min: -500, max: 3_000 })),
    paid: fc.oneof(fc.constant(null), fc.nat({ max: 20_000 })),
    payment: fc.constantFrom("paid" as const, "authorised" as const),
  })
  .map(({ lines, shipping, extra, paid, payment }) => {
    const goods = lines.reduce((sum, { total }) => sum + total, 0);
    const total = eur(Math.max(0, goods + shipping + extra));
    return routedOrder({
      lines: lines.map((line, index) => orderLine({ name: String(index), ...line })),
      shipping: eur(shipping),
      total,
      paid: payment === "authorised" ? eur(0) : paid === null ? total : eur(paid),
      payment,
      delivery: { kind: "ship", address: null },
    });
  });

const steps = fc.array(
  fc.record({ line: fc.nat({ max: 3 }), quantity: fc.integer({ min: 1, max: 6 }), byShop: fc.boolean() }),
  { maxLength: 12 },
);

function lineAt(order: Order, index: number): LineId {
  return order.lines[index % order.lines.length]!.id;
}

test("whatever is given up, by whomever: never more is given back than was paid, never less than before, and all of it when nothing is left", () => {
  fc.assert(
    fc.property(orders, steps, (order, giving) => {
      let before = order;
      for (const { line: index, quantity, byShop } of giving) {
        const line = lineAt(before, index);
        const ordered = before.lines.find(({ id }) => id === line)!.quantity;
        const left = Math.max(0, ordered - givenUpOf(before, line) - quantity);
        const stillWanted = [{ line, quantity: left }];
        const edit = { ...editOfCancelling(before, ""), stillWanted, cancelled: null };
        const after = byShop
          ? editedByShop({ order: before, edit, context: AT_DESK }).order
          : giveUp(before, [{ line, quantity }]);
        expect(after.payment.refunded.minor).toBeGreaterThanOrEqual(before.payment.refunded.minor);
        expect(after.payment.refunded.minor).toBeLessThanOrEqual(after.payment.paid.minor);
        before = after;
      }
      for (const cancel of [cancelled, cancelledByShop]) {
        const isOpen = before.lines.some(({ id, quantity }) => givenUpOf(before, id) < quantity);
        const over = isOpen ? cancel(before) : before;
        expect(over.payment.refunded).toEqual(over.payment.paid);
      }
    }),
  );
});

test("pieces that are given up one by one, in any order, bring what they bring at once, in the store as in the shop", () => {
  fc.assert(
    fc.property(orders, steps, fc.boolean(), (order, giving, isSomeGone) => {
      const start = isSomeGone ? withFirstPieceGone(order) : order;
      const pieces = giving.flatMap(({ line: index, quantity }) => {
        const line = lineAt(start, index);
        return Array.from({ length: quantity }, () => ({ line, quantity: 1 }));
      });
      const wanted = pieces.filter(({ line }, index) => {
        const { quantity } = start.lines.find(({ id }) => id === line)!;
        const earlier = pieces.slice(0, index).filter((each) => each.line === line).length;
        return earlier < quantity - handedOf(start, line);
      });
      const oneByOne = wanted.reduce((so, piece) => giveUp(so, [piece]), start);
      const atOnce = giveUp(start, wanted.toReversed());
      const stillWanted = start.lines.map(({ id, quantity }) => ({
        line: id,
        quantity: quantity - givenUpOf(atOnce, id),
      }));
      const edit = { ...editOfCancelling(start, ""), stillWanted, cancelled: null };
      const inTheShop = editedByShop({ order: start, edit, context: AT_DESK }).order;
      expect(oneByOne.payment.refunded).toEqual(atOnce.payment.refunded);
      // An order that was paid too much to begin with is put right by the shop's own word alone.
      if (start.payment.paid.minor <= start.payment.total.minor)
        expect(inTheShop.payment.refunded).toEqual(atOnce.payment.refunded);
    }),
  );
});

function withFirstPieceGone(order: Order): Order {
  const fulfilment = order.fulfilments[0]!;
  const lines = allThatIsDue(fulfilment)
    .slice(0, 1)
    .map((line) => ({ ...line, quantity: 1 }));
  const act = { type: "handedOver", lines, proof: { kind: "code" }, override: null } as const;
  return actOnOrder({ order, fulfilment, act, context: AT_DESK });
}
