import { expect, test } from "vitest";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import { type PointsMove, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ShopOrder } from "#protocol/shop/order.ts";
import { cents } from "../retailer.ts";
import { earnedByOrders } from "./order-points.ts";

const ADA = idOf<"Customer">("ada");
const BEN = idOf<"Customer">("ben");
const ORDER = idOf<"Order">("web-1");
const CAUSE = `earned:order:${ORDER}`;

/** Three teas at 5.50 for somebody, of which so many were handed out. */
function order(customer: CustomerId | null, handed: number): Order {
  const told = {
    id: ORDER,
    number: "web-1",
    contact: { customer, name: "A. Regular", email: null, phone: null },
    lines: [{ id: "1", sku: "TEA", quantity: 3, unitPrice: cents(550), variant: "tea" }],
    givenUp: handed < 3 ? [{ line: "1", quantity: 3 - handed }] : [],
    fulfilments: [{ state: "collected", lines: [{ line: "1", quantity: 3, handed, missing: 3 - handed }] }],
    cancelledAt: null,
  };
  return told as unknown as Order;
}

/** The same as its shop was told of it at a moment. */
function told(handed: number, at: number, status = "completed") {
  const so = { id: ORDER, status, fulfilments: [{ lines: [{ sku: "TEA", quantity: 3, handed }] }] };
  return { at, order: so as unknown as ShopOrder };
}

const paidInPoints = {
  id: "paid",
  lines: [{ kind: "sale", order: { order: ORDER, line: "1" } }],
  tenders: [
    { kind: "points", points: 50, amount: cents(500) },
    { kind: "cash", amount: cents(1_150) },
  ],
} as unknown as Ticket;

function booked(customer: CustomerId, points: number) {
  const move: PointsMove = {
    ...{ id: CAUSE, kind: "earned", customer, points, at: instant(1), purchase: `order:${ORDER}` },
    ...{ shares: [{ position: 0, pieces: 3, points }], number: null, store: null, device: null, staff: null },
  };
  return { ...pointsEntryOf(move), bookedAt: 1 };
}

function earned(
  of: Order,
  {
    points = [],
    tickets = [],
    erased = [],
    formerIds = [],
    stood = [],
    paidAt = 1,
  }: {
    readonly points?: readonly ReturnType<typeof booked>[];
    readonly tickets?: readonly Ticket[];
    readonly erased?: readonly string[];
    readonly formerIds?: readonly CustomerId[];
    /** As its shop was told; none: there is no exception. */
    readonly stood?: readonly ReturnType<typeof told>[];
    readonly paidAt?: number;
  } = {},
) {
  const exceptions = stood
    .slice(0, 1)
    .map(({ order: { id } }) => ({ id, kind: "handedOutTwice", store: "", detail: "", order: id }));
  const receivedAt = new Map(tickets.map(({ id }) => [id, paidAt]));
  const profiles = [{ id: ADA, name: "Ada", email: null, phone: null, cardNumber: null, formerIds }];
  const found = earnedByOrders(
    { orders: [of], tickets, receivedAt, exceptions, stood },
    { points, profiles, erased: new Set(erased) },
  ).get(CAUSE);
  return found === undefined ? null : `${found.points} of ${found.whose}`;
}

test("an order earns for whoever it is, by what they got of it and did not pay with points", () => {
  expect(earned(order(ADA, 3))).toBe("16 of ada");
  expect(earned(order(ADA, 2))).toBe("11 of ada");
  expect(earned(order(ADA, 3), { tickets: [paidInPoints] })).toBe("11 of ada");
  expect(earned(order(null, 3))).toBeNull();
});

test("whoever was merged since has it under another id, and of who was erased the books alone say whose it was", () => {
  const points = [booked(BEN, 16)];
  expect(earned(order(ADA, 3), { points })).toBe("16 of ada");
  expect(earned(order(ADA, 3), { points, formerIds: [BEN] })).toBe("16 of ben");
  expect(earned(order(null, 3), { points })).toBeNull();
  expect(earned(order(null, 3), { points, erased: [BEN] })).toBe("16 of ben");
});

test("what is told against it later changes nothing any more: it counts how it stood as its points were booked", () => {
  const points = [booked(ADA, 11)];
  expect(earned(order(ADA, 3), { points })).toBe("16 of ada");
  expect(earned(order(ADA, 3), { points, stood: [told(2, 1), told(3, 2)] })).toBe("11 of ada");
  expect(earned(order(ADA, 3), { points, stood: [told(2, 1), told(3, 1)] })).toBe("11 of ada");
  expect(earned(order(ADA, 3), { points, stood: [told(1, 0, "ready"), told(3, 1), told(3, 2)] })).toBe(
    "16 of ada",
  );
  const tickets = [paidInPoints];
  expect(earned(order(ADA, 3), { points, tickets, stood: [told(3, 1)] })).toBe("11 of ada");
  expect(earned(order(ADA, 3), { points, tickets, paidAt: 2, stood: [told(3, 1)] })).toBe("16 of ada");
});

test("nothing, where it was never completed, and what it came to since where it had earned nothing by that", () => {
  const points = [booked(ADA, 11)];
  expect(earned(order(ADA, 3), { points, stood: [told(2, 1, "ready"), told(3, 2)] })).toBeNull();
  expect(earned(order(ADA, 3), { points, stood: [told(0, 0), told(2, 1)] })).toBe("11 of ada");
});
