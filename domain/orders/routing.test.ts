import { describe, expect, test } from "vitest";
import { type Id, idOf } from "../ids.ts";
import { AT_DESK, BERLIN, HAMBURG, NOON, orderLine, routedOrder, wantedOrder } from "../testing/orders.ts";
import { eur } from "../testing/shop.ts";
import type { FulfilmentAct } from "./act.ts";
import { creditsOf, DEFAULT_ATTRIBUTION } from "./attribution.ts";
import { giveUp } from "./giving-up.ts";
import { allThatIsDue } from "./goods.ts";
import type { Order } from "./order.ts";
import { placeOrder } from "./place.ts";
import { actOnOrder, cancelOrder, newFulfilment, openNeeds, statusOf, withFulfilment } from "./routing.ts";

const LINES = [
  orderLine({ name: "lamp", quantity: 2, price: 2_500 }),
  orderLine({ name: "book", price: 999 }),
];
const LAMP = idOf<"Line">("line-lamp");
const BOOK = idOf<"Line">("line-book");

function act(order: Order, what: FulfilmentAct): Order {
  const fulfilment = order.fulfilments.at(-1);
  if (fulfilment === undefined) throw new Error("not routed");
  return actOnOrder({ order, fulfilment, act: what, context: AT_DESK });
}

function pick(lamps: number, rest: "refundRest" | "rerouteRest" | "askHq" | null): FulfilmentAct {
  return {
    type: "picked",
    lines: [
      { line: LAMP, quantity: lamps, substitute: null },
      { line: BOOK, quantity: 1, substitute: null },
    ],
    shelf: "A1",
    rest,
  };
}

function handOut(order: Order): Order {
  const fulfilment = order.fulfilments.at(-1);
  if (fulfilment === undefined) throw new Error("not routed");
  return act(order, {
    type: "handedOver",
    lines: allThatIsDue(fulfilment),
    proof: { kind: "code" },
    override: null,
  });
}

test("pieces that fall away come off what is still owed first: nothing is given back that was never paid", () => {
  const ordered = routedOrder({ lines: LINES, payment: "atPickup", paid: eur(0) });
  const payment = { ...ordered.payment, state: "paid", paid: eur(2_500) } as const;
  const one = giveUp({ ...ordered, payment }, [{ line: LAMP, quantity: 1 }]);
  expect(one.payment.refunded).toEqual(eur(0));
  const rest = giveUp(one, [
    { line: BOOK, quantity: 1 },
    { line: LAMP, quantity: 1 },
  ]);
  expect(rest.payment.refunded).toEqual(eur(2_500));
});

describe("what is still without a store", () => {
  test("everything that a store declines, and that store is not asked again", () => {
    const order = act(routedOrder({ lines: LINES }), { type: "declined", reason: "sold out" });
    expect(openNeeds(order).map(({ quantity }) => quantity)).toEqual([2, 1]);
    expect(order.declinedBy).toEqual([BERLIN]);
    expect(statusOf(order)).toBe("placed");
  });

  test("the pieces that another store is to find, while the rest waits for its customer", () => {
    const order = act(routedOrder({ lines: LINES }), pick(1, "rerouteRest"));
    expect(openNeeds(order)).toEqual([{ line: LAMP, variant: "variant-lamp", quantity: 1 }]);
    expect(order.declinedBy).toEqual([BERLIN]);
  });

  test("nothing, once the other store has taken it on", () => {
    const order = act(routedOrder({ lines: LINES }), { type: "declined", reason: "sold out" });
    const next = newFulfilment({
      id: idOf<"Fulfilment">("fulfilment-2"),
      order,
      store: HAMBURG,
      needs: openNeeds(order),
      pickup: null,
      at: NOON,
      promisedAt: NOON,
    });
    expect(openNeeds(withFulfilment(order, next))).toEqual([]);
  });
});

describe("money back", () => {
  test("pieces that are refunded are paid back to the cent, and the order goes on without them", () => {
    const order = act(routedOrder({ lines: LINES }), pick(1, "refundRest"));
    expect(order.payment).toMatchObject({ state: "paid", refunded: eur(2_500) });
    expect(openNeeds(order)).toEqual([]);
    expect(statusOf(order)).toBe("ready");
    expect(statusOf(handOut(order))).toBe("completed");
  });

  test("the pieces of a line share its cents: giving up one after the other gives back all of it", () => {
    const lines = [
      orderLine({ name: "lamp", quantity: 2, price: 500, total: 999 }),
      orderLine({ name: "book", price: 1 }),
    ];
    const one = act(routedOrder({ lines }), pick(1, "refundRest"));
    const rest = cancelOrder({ order: one, reason: "no", context: AT_DESK });
    expect(rest).toMatchObject({ ok: true, value: { payment: { state: "refunded", refunded: eur(1_000) } } });
  });

  test("what was to be paid at pickup is not paid back", () => {
    const order = act(
      routedOrder({ lines: LINES, payment: "atPickup", paid: eur(0) }),
      pick(1, "refundRest"),
    );
    expect(order.payment).toMatchObject({ state: "toPayAtPickup", refunded: eur(0) });
  });
});

describe("cancelling", () => {
  test("ends what is open and gives all of it back", () => {
    const cancelled = cancelOrder({
      order: routedOrder({ lines: LINES }),
      reason: "changed my mind",
      context: AT_DESK,
    });
    expect(cancelled).toMatchObject({
      ok: true,
      value: { cancelledAt: NOON, fulfilments: [{ state: "cancelled" }], payment: { state: "refunded" } },
    });
    if (cancelled.ok) expect(statusOf(cancelled.value)).toBe("cancelled");
  });

  test("is refused when the goods are gone, and when it was done before", () => {
    const gone = handOut(act(routedOrder({ lines: LINES }), pick(2, null)));
    const refused = { ok: false, reason: "nothingToCancel" };
    expect(cancelOrder({ order: gone, reason: "late", context: AT_DESK })).toEqual(refused);
    const once = cancelOrder({ order: routedOrder(), reason: "no", context: AT_DESK });
    if (!once.ok) throw new Error(once.reason);
    expect(cancelOrder({ order: once.value, reason: "no", context: AT_DESK })).toEqual(refused);
  });
});

describe("placing", () => {
  const place = (change: Parameters<typeof wantedOrder>[0]) =>
    placeOrder({ wanted: wantedOrder(change), id: idOf<"Order">("o"), at: NOON });

  test("what cannot be an order is refused by name", () => {
    const twice = orderLine({ name: "lamp" });
    expect(place({ lines: [] })).toMatchObject({ reason: "noLines" });
    expect(place({ lines: [twice, twice] })).toMatchObject({ reason: "duplicateLine" });
    expect(place({ lines: [orderLine({ name: "lamp", quantity: 0 })] })).toMatchObject({
      reason: "quantityOutOfRange",
    });
    expect(place({ paid: eur(-1) })).toMatchObject({ reason: "negativeAmount" });
    expect(place({ paid: { minor: 1, currency: idOf<"Currency">("USD") } })).toMatchObject({
      reason: "wrongCurrency",
    });
    expect(place({ payment: "atPickup", shipping: eur(499) })).toMatchObject({
      reason: "shippingNotPayableAtPickup",
    });
    expect(place({ payment: "atPickup", delivery: { kind: "ship", address: null } })).toMatchObject({
      reason: "notPayableOnDelivery",
    });
  });

  test("an order that is paid as it is collected is never split over counters, whatever its shop allows", () => {
    expect(place({ maySplit: true })).toMatchObject({ value: { order: { maySplit: true } } });
    const unpaid = place({ maySplit: true, payment: "atPickup", paid: eur(0) });
    expect(unpaid).toMatchObject({ value: { order: { maySplit: false } } });
  });

  test("what is merely odd is taken, for the customer has been promised it, and it is said", () => {
    const unknown = { ...orderLine({ name: "lamp" }), variant: null };
    expect(place({ lines: [unknown] })).toMatchObject({ value: { doubts: ["unknownProduct"] } });
    expect(place({ delivery: { kind: "ship", address: null } })).toMatchObject({
      value: { doubts: ["addressMissing"] },
    });
    expect(place({ paid: eur(1) })).toMatchObject({ value: { doubts: ["paidAmountDiffers"] } });
    expect(place({})).toMatchObject({ ok: true, value: { doubts: [] } });
  });
});

describe("who is credited", () => {
  const names = (order: Order): readonly string[] =>
    creditsOf(order, DEFAULT_ATTRIBUTION).map(({ to, amount }) => {
      const who: Id<string> = to.kind === "channel" ? to.channel : to.kind === "store" ? to.store : to.staff;
      return `${who} ${amount.minor}`;
    });

  test("the web shop for its order, and the store that handed it out for the same goods", () => {
    const gone = handOut(act(routedOrder({ lines: LINES }), pick(2, null)));
    expect(names(gone)).toEqual(["web 5999", `${BERLIN} 5999`]);
  });

  test("the store and the colleague who placed it, also when another store delivers", () => {
    const placedBy = { store: HAMBURG, staff: idOf<"Staff">("mira") };
    const gone = handOut(act(routedOrder({ lines: LINES, placedBy }), pick(2, null)));
    expect(names(gone)).toEqual([`${HAMBURG} 5999`, "mira 5999", `${BERLIN} 5999`]);
  });

  test("a store is credited with the goods it handed over, and nobody with what was given back", () => {
    const gone = handOut(act(routedOrder({ lines: LINES }), pick(1, "refundRest")));
    expect(names(gone)).toEqual(["web 3499", `${BERLIN} 3499`]);
  });
});
