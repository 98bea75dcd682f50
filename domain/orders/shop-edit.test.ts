import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, idOf, instant, type LineId } from "../ids.ts";
import { AT_DESK, BERLIN, HAMBURG, NOON, orderLine, routedOrder, wantedOrder } from "../testing/orders.ts";
import { eur } from "../testing/shop.ts";
import type { ActContext, FulfilmentAct } from "./act.ts";
import { givenUpOf, handedOf } from "./giving-up.ts";
import { allThatIsDue } from "./goods.ts";
import type { DeliveryWish, Order } from "./order.ts";
import { placeOrder } from "./place.ts";
import { actOnOrder, cancelOrder, newFulfilment, openNeeds, withFulfilment } from "./routing.ts";
import { editedByShop, editOfCancelling, editOfRefunds, type ShopEdit, takeSnapshot } from "./shop-edit.ts";

const LAMP = idOf<"Line">("line-lamp");
const BOOK = idOf<"Line">("line-book");
const LINES = [
  orderLine({ name: "lamp", quantity: 3, price: 2_500, total: 7_400 }),
  orderLine({ name: "book", quantity: 2, price: 999 }),
];
const SHOP: ActContext = {
  at: NOON,
  by: { kind: "shop", channel: idOf<"Channel">("web") },
  keepReadyMs: AT_DESK.keepReadyMs,
};

function edit(changes: Partial<ShopEdit> = {}): ShopEdit {
  return {
    contact: null,
    delivery: null,
    payment: null,
    lines: null,
    stillWanted: [],
    refunded: eur(0),
    cancelled: null,
    ...changes,
  };
}

function wanted(lamps: number, books = 2): ShopEdit["stillWanted"] {
  return [
    { line: LAMP, quantity: lamps },
    { line: BOOK, quantity: books },
  ];
}

function edited(order: Order, changes: Partial<ShopEdit>) {
  return editedByShop({ order, edit: edit(changes), context: SHOP });
}

function act(order: Order, what: FulfilmentAct, index = 0): Order {
  return actOnOrder({ order, fulfilment: order.fulfilments[index]!, act: what, context: AT_DESK });
}

function picked(order: Order, lamps = 3, books = 2): Order {
  const lines = [
    { line: LAMP, quantity: lamps, substitute: null },
    { line: BOOK, quantity: books, substitute: null },
  ];
  return act(order, { type: "picked", lines, shelf: "A1", rest: "askHq" });
}

/** So many pieces of each line are handed over, of what is due. */
function handed(order: Order, pieces: number, index = 0): Order {
  const lines = allThatIsDue(order.fulfilments[index]!).map((line) => ({
    ...line,
    quantity: Math.min(pieces, line.quantity),
  }));
  return act(order, { type: "handedOver", lines, proof: { kind: "code" }, override: null }, index);
}

describe("fewer pieces", () => {
  test("are taken from the store that has them to do, and count as refunded", () => {
    const { order, doubts } = edited(routedOrder({ lines: LINES }), { stillWanted: wanted(1) });
    expect(order.fulfilments[0]).toMatchObject({
      state: "allocated",
      lines: [{ missing: 2 }, { missing: 0 }],
    });
    expect(order.payment).toMatchObject({ state: "paid", refunded: eur(4_934) });
    expect(openNeeds(order)).toEqual([]);
    expect(doubts).toEqual({ handed: [], added: [], delivery: null });
  });

  test("are found by the lines alone: the platform lessens a line in place, or leaves out one that was taken off", () => {
    const placed = routedOrder({ lines: LINES });
    const lessened = edited(placed, { lines: [{ ...LINES[0]!, quantity: 1 }, LINES[1]!] }).order;
    expect(givenUpOf(lessened, LAMP)).toBe(2);
    expect(givenUpOf(lessened, BOOK)).toBe(0);
    const takenOff = edited(lessened, { lines: [{ ...LINES[0]!, quantity: 1 }] });
    expect(givenUpOf(takenOff.order, BOOK)).toBe(2);
    expect(takenOff.doubts).toEqual({ handed: [], added: [], delivery: null });
    const named = edited(placed, { lines: LINES, stillWanted: wanted(1, 1) }).order;
    expect([givenUpOf(named, LAMP), givenUpOf(named, BOOK)]).toEqual([2, 1]);
  });

  test("are taken first from what no store has, then from the store that has done least", () => {
    const placed = placeOrder({ wanted: wantedOrder({ lines: LINES }), id: idOf<"Order">("o"), at: NOON });
    if (!placed.ok) throw new Error(placed.reason);
    let order = placed.value.order;
    for (const [id, store, quantity] of [
      ["f-1", BERLIN, 1],
      ["f-2", HAMBURG, 1],
    ] as const) {
      const needs = [{ line: LAMP, variant: idOf<"Variant">("variant-lamp"), quantity }];
      const part = {
        id: idOf<"Fulfilment">(id),
        order,
        store,
        needs,
        pickup: null,
        at: NOON,
        promisedAt: NOON,
      };
      order = withFulfilment(order, newFulfilment(part));
    }
    order = act(order, { type: "accepted" });
    const two = edited(order, { stillWanted: wanted(2, 0) }).order;
    expect(two.fulfilments.map(({ state }) => state)).toEqual(["accepted", "allocated"]);
    expect(openNeeds(two)).toEqual([]);
    const one = edited(two, { stillWanted: wanted(1, 0) }).order;
    expect(one.fulfilments.map(({ state }) => state)).toEqual(["accepted", "cancelled"]);
  });

  test("a piece that a store gave up already is not given up twice", () => {
    const short = act(routedOrder({ lines: LINES }), {
      type: "picked",
      lines: [
        { line: LAMP, quantity: 2, substitute: null },
        { line: BOOK, quantity: 2, substitute: null },
      ],
      shelf: "A1",
      rest: "refundRest",
    });
    const { order } = edited(short, { stillWanted: wanted(2), refunded: eur(2_467) });
    expect(order).toBe(short);
  });

  test("pieces that were handed over stay, and are said", () => {
    const some = handed(picked(routedOrder({ lines: LINES })), 1);
    const { order, doubts } = edited(some, { stillWanted: wanted(0, 0), refunded: eur(9_398) });
    expect(order.fulfilments[0]?.state).toBe("collected");
    expect(order.lines.map(({ id }) => [handedOf(order, id), givenUpOf(order, id)])).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(doubts.handed).toEqual([
      { sku: "LAMP", quantity: 1 },
      { sku: "BOOK", quantity: 1 },
    ]);
    expect(order.payment).toMatchObject({ state: "refunded", refunded: eur(9_398) });
  });

  test("a part that nothing is left of is cancelled with what was picked, so that it is put back", () => {
    const { order } = edited(picked(routedOrder({ lines: LINES })), { stillWanted: wanted(0, 0) });
    expect(order.fulfilments[0]).toMatchObject({ state: "cancelled", lines: [{ picked: 3 }, { picked: 2 }] });
    expect(order.fulfilments[0]?.trace.at(-1)).toMatchObject({ act: "cancelled", by: SHOP.by, fits: true });
    expect(order.cancelledAt).toBeNull();
  });
});

describe("cancelling", () => {
  const cancelled = { reason: "Fraud" };

  test("ends what was not handed over; all of it back is all of the money", () => {
    const total = eur(9_898);
    const ordered = routedOrder({ lines: LINES, shipping: eur(500), total, paid: total });
    const { order } = edited(ordered, { cancelled });
    expect(order).toMatchObject({
      cancelledAt: NOON,
      fulfilments: [{ state: "cancelled" }],
      payment: { state: "refunded", refunded: total },
    });
    expect(order.fulfilments[0]?.trace.at(-1)?.reason).toBe("Fraud");
  });

  test("of goods that are all gone is only said", () => {
    const gone = handed(picked(routedOrder({ lines: LINES })), 9);
    const { order, doubts } = edited(gone, { cancelled });
    expect(order).toBe(gone);
    expect(doubts.handed).toHaveLength(2);
  });

  test("told of without the order does the same", () => {
    const ordered = routedOrder({ lines: LINES });
    const { order } = editedByShop({
      order: ordered,
      edit: editOfCancelling(ordered, "Fraud"),
      context: SHOP,
    });
    expect(order.cancelledAt).toBe(NOON);
  });
});

describe("money", () => {
  test("a refund without pieces is noted, never above what was paid and never lowered", () => {
    const ordered = routedOrder({ lines: LINES });
    const some = edited(ordered, { refunded: eur(500) }).order;
    expect(some.payment).toMatchObject({ state: "paid", refunded: eur(500) });
    expect(edited(some, { refunded: eur(0) }).order).toBe(some);
    const all = edited(some, { refunded: eur(99_999) }).order;
    expect(all.payment).toMatchObject({ state: "refunded", refunded: ordered.payment.paid });
  });

  test("the platform's refund of pieces that were given up is the same money", () => {
    const fewer = edited(routedOrder({ lines: LINES }), { stillWanted: wanted(2) }).order;
    expect(edited(fewer, { stillWanted: wanted(2), refunded: eur(2_467) }).order).toBe(fewer);
  });

  test("an order that was authorised is paid once the platform captured it, of fewer pieces less", () => {
    const authorised = routedOrder({ lines: LINES, payment: "authorised", paid: eur(0) });
    const fewer = edited(authorised, { stillWanted: wanted(2) }).order;
    expect(fewer.payment).toMatchObject({ state: "authorised", refunded: eur(0) });
    const payment = { kind: "paid", paid: eur(6_931) } as const;
    expect(edited(fewer, { stillWanted: wanted(2), payment }).order.payment).toEqual({
      state: "paid",
      total: eur(9_398),
      paid: eur(6_931),
      refunded: eur(0),
    });
  });

  test("pieces that are given up after the shop gave money back for them bring no more than was paid", () => {
    const ordered = routedOrder({ lines: LINES });
    const gesture = edited(ordered, { refunded: eur(5_000) }).order;
    const cancelled = cancelOrder({ order: gesture, reason: "No", context: SHOP });
    expect(cancelled.ok && cancelled.value.payment).toMatchObject({
      state: "refunded",
      refunded: eur(9_398),
    });
  });

  test("what the customer paid for pieces bought after the order was placed is not owed back", () => {
    const ordered = routedOrder({ lines: LINES });
    const more = edited(ordered, {
      lines: [{ ...LINES[0]!, quantity: 5 }, LINES[1]!],
      payment: { kind: "paid", paid: eur(14_398) },
    });
    expect(more.doubts.added).toHaveLength(1);
    expect(more.order.payment).toMatchObject({ state: "paid", paid: eur(9_398), refunded: eur(0) });
  });

  test("refunds that are told of one by one count once each, with their pieces", () => {
    const ordered = routedOrder({ lines: LINES });
    const refund = { amount: eur(2_467), lines: [{ line: LAMP, quantity: 1 }] };
    const gesture = { amount: eur(100), lines: [] };
    const { order } = editedByShop({
      order: ordered,
      edit: editOfRefunds(ordered, [refund, gesture]),
      context: SHOP,
    });
    expect(givenUpOf(order, LAMP)).toBe(1);
    expect(order.payment.refunded).toEqual(eur(2_567));
  });
});

describe("who and where", () => {
  const moved: DeliveryWish = {
    kind: "ship",
    address: { name: "Ada", lines: ["Neue Straße 1"], postcode: "10117", city: "Berlin", country: "DE" },
  };
  const toShip = () =>
    routedOrder({ lines: LINES, delivery: { kind: "ship", address: { ...moved.address!, postcode: "1" } } });

  test("another name and address are taken while nothing is sent", () => {
    const contact = { name: "Ada Lang", email: null, phone: null };
    const { order, doubts } = edited(toShip(), { contact, delivery: moved });
    expect(order).toMatchObject({ delivery: moved, contact: { ...contact, customer: null } });
    expect(doubts.delivery).toBeNull();
    expect(edited(order, { contact, delivery: moved }).order).toBe(order);
  });

  test("an address that comes after the parcel left is only said; one the platform has forgotten is kept", () => {
    const ready = picked(toShip());
    const lines = allThatIsDue(ready.fulfilments[0]!);
    const sent = act(ready, { type: "shipped", lines, parcels: [] });
    expect(edited(sent, { delivery: moved })).toEqual({
      order: sent,
      doubts: { handed: [], added: [], delivery: moved },
    });
    const forgotten: DeliveryWish = { kind: "ship", address: null };
    expect(edited(sent, { delivery: forgotten })).toEqual({
      order: sent,
      doubts: { handed: [], added: [], delivery: null },
    });
  });

  test("another store, or another way, is only said", () => {
    const ordered = routedOrder({ lines: LINES });
    for (const delivery of [{ kind: "pickup", store: HAMBURG } as const, moved])
      expect(edited(ordered, { delivery })).toMatchObject({ order: ordered, doubts: { delivery } });
  });

  test("lines and pieces that were added are said, unless they are not wanted any more", () => {
    const ordered = routedOrder({ lines: LINES });
    const lines = [
      { ...LINES[0]!, quantity: 5 },
      orderLine({ name: "vase" }),
      orderLine({ name: "cup", quantity: 2 }),
    ];
    const stillWanted = [{ line: idOf<"Line">("line-cup"), quantity: 0 }];
    expect(edited(ordered, { lines, stillWanted }).doubts.added).toEqual([
      { sku: "LAMP", quantity: 2 },
      { sku: "VASE", quantity: 1 },
    ]);
  });
});

interface Snapshot {
  readonly updatedAt: Instant;
  readonly edit: ShopEdit;
}

/** A history as platforms have it: wanted pieces never become more, refunds never less, cancelled stays cancelled; name and address are as they may. */
const histories: fc.Arbitrary<readonly Snapshot[]> = fc
  .array(
    fc.record({
      lamps: fc.nat({ max: 2 }),
      books: fc.nat({ max: 1 }),
      refund: fc.nat({ max: 4_000 }),
      name: fc.constantFrom("Ada", "Bo", "Cy"),
      street: fc.constantFrom("A 1", "B 2"),
      captured: fc.boolean(),
      cancels: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((steps) => {
    let lamps = 3;
    let books = 2;
    let refunded = 0;
    let paid = 0;
    let isCancelled = false;
    return steps.map((step, index) => {
      lamps = Math.max(0, lamps - step.lamps);
      books = Math.max(0, books - step.books);
      refunded += step.refund;
      paid = step.captured ? 9_398 : paid;
      isCancelled ||= step.cancels;
      return {
        updatedAt: instant(NOON + index),
        edit: edit({
          contact: { name: step.name, email: null, phone: null },
          delivery: {
            kind: "ship",
            address: { name: step.name, lines: [step.street], postcode: "1", city: "B", country: "DE" },
          },
          payment: { kind: paid > 0 ? "paid" : "authorised", paid: eur(paid) },
          stillWanted: wanted(lamps, books),
          refunded: eur(refunded),
          cancelled: isCancelled ? { reason: "Changed my mind" } : null,
        }),
      };
    });
  });

/** Orders at some point of their way through one or two stores. */
const orders: fc.Arbitrary<Order> = fc
  .record({
    payment: fc.constantFrom("paid" as const, "authorised" as const),
    lampsElsewhere: fc.nat({ max: 2 }),
    progress: fc.constantFrom("placed", "accepted", "ready", "some", "all"),
  })
  .map(({ payment, lampsElsewhere, progress }) => {
    const delivery = { kind: "ship", address: null } as const;
    const paid = eur(payment === "paid" ? 9_398 : 0);
    const placed = placeOrder({
      wanted: wantedOrder({ lines: LINES, payment, paid, total: eur(9_398), delivery }),
      id: idOf<"Order">("order-1"),
      at: NOON,
    });
    if (!placed.ok) throw new Error(placed.reason);
    let order = placed.value.order;
    const part = (id: string, lamps: number, books: number) => {
      const needs = openNeeds(order).flatMap((need) => {
        const quantity = need.line === LAMP ? lamps : books;
        return quantity > 0 ? [{ ...need, quantity }] : [];
      });
      const common = { order, pickup: null, at: NOON, promisedAt: NOON };
      const fulfilment = newFulfilment({ ...common, id: idOf<"Fulfilment">(id), store: BERLIN, needs });
      order = withFulfilment(order, fulfilment);
    };
    if (progress === "placed") return order;
    part("f-1", 3 - lampsElsewhere, 2);
    if (lampsElsewhere > 0) part("f-2", lampsElsewhere, 0);
    order = act(order, { type: "accepted" });
    if (progress === "accepted") return order;
    order = picked(order);
    if (progress === "ready") return order;
    return handed(order, progress === "some" ? 1 : 9);
  });

/** All that matters of an order: not by how many steps it came there. */
function whatMatters(order: Order) {
  return {
    ...order,
    givenUp: order.lines.map(({ id }) => givenUpOf(order, id)),
    fulfilments: order.fulfilments.map(({ trace, ...rest }) => ({
      ...rest,
      acts: trace.map(({ act: what }) => what),
    })),
  };
}

function takeAll(order: Order, snapshots: readonly Snapshot[]): Order {
  let newest: Instant | null = null;
  let after = order;
  for (const { updatedAt, edit: changes } of snapshots) {
    after = takeSnapshot({ order: after, newest, updatedAt, edit: changes, context: SHOP }).order;
    newest = newest === null || updatedAt > newest ? updatedAt : newest;
  }
  return after;
}

test("in whatever order snapshots come, and however often, the order ends as the newest alone makes it", () => {
  const shuffled = histories.chain((history) =>
    fc.record({
      newest: fc.constant(history.at(-1)!),
      arriving: fc
        .array(fc.constantFrom(...history), { maxLength: 8 })
        .chain((more) =>
          fc.shuffledSubarray([...history, ...more], { minLength: history.length + more.length }),
        ),
    }),
  );
  fc.assert(
    fc.property(orders, shuffled, (order, { newest, arriving }) => {
      expect(whatMatters(takeAll(order, arriving))).toEqual(whatMatters(takeAll(order, [newest])));
    }),
    { numRuns: 300 },
  );
});

test("taking a snapshot again changes nothing, nor does an older one", () => {
  fc.assert(
    fc.property(orders, histories, (order, history) => {
      const after = takeAll(order, history);
      const newest = history.at(-1)!;
      for (const { updatedAt, edit: changes } of history) {
        const again = takeSnapshot({
          order: after,
          newest: newest.updatedAt,
          updatedAt,
          edit: changes,
          context: SHOP,
        });
        expect(again.order).toBe(after);
      }
      expect(editedByShop({ order: after, edit: newest.edit, context: SHOP }).order).toBe(after);
    }),
  );
});

test("of snapshots of one moment, what can but grow is taken in any order", () => {
  const fewer = { updatedAt: NOON, edit: edit({ stillWanted: wanted(1), refunded: eur(4_934) }) };
  const before = { updatedAt: NOON, edit: edit() };
  const ordered = routedOrder({ lines: LINES });
  expect(whatMatters(takeAll(ordered, [before, fewer]))).toEqual(
    whatMatters(takeAll(ordered, [fewer, before])),
  );
});

test("no edit takes back what a customer has, refunds more than was paid or lowers a refund", () => {
  fc.assert(
    fc.property(orders, histories, (order, history) => {
      let before = order;
      for (const each of history) {
        const after = takeAll(before, [each]);
        for (const { id, quantity } of after.lines) {
          expect(handedOf(after, id)).toBe(handedOf(before, id));
          expect(givenUpOf(after, id) + handedOf(after, id)).toBeLessThanOrEqual(quantity);
        }
        for (const { lines } of after.fulfilments)
          for (const line of lines) expect(line.handed + line.missing).toBeLessThanOrEqual(line.quantity);
        expect(openNeeds(after).every(({ line, quantity }) => quantity <= stillOpen(after, line))).toBe(true);
        expect(after.payment.refunded.minor).toBeGreaterThanOrEqual(before.payment.refunded.minor);
        expect(after.payment.refunded.minor).toBeLessThanOrEqual(after.payment.paid.minor);
        before = after;
      }
    }),
  );
});

function stillOpen(order: Order, line: LineId): number {
  const { quantity } = order.lines.find(({ id }) => id === line)!;
  return quantity - givenUpOf(order, line) - handedOf(order, line);
}
