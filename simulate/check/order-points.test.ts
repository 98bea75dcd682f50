import { expect, test } from "vitest";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import { type PointsMove, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
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
    lines: [{ id: "1", quantity: 3, unitPrice: cents(550), variant: "tea" }],
    givenUp: handed < 3 ? [{ line: "1", quantity: 3 - handed }] : [],
    fulfilments: [{ state: "collected", lines: [{ line: "1", quantity: 3, handed, missing: 3 - handed }] }],
    cancelledAt: null,
  };
  return told as unknown as Order;
}

const paidInPoints = {
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
    told = [],
  }: {
    readonly points?: readonly ReturnType<typeof booked>[];
    readonly tickets?: readonly Ticket[];
    readonly erased?: readonly string[];
    readonly formerIds?: readonly CustomerId[];
    readonly told?: readonly string[];
  } = {},
) {
  const exceptions = told.map((id) => ({ id, kind: "handedOutTwice", store: "", detail: "", order: id }));
  const profiles = [{ id: ADA, name: "Ada", email: null, phone: null, cardNumber: null, formerIds }];
  const found = earnedByOrders(
    { orders: [of], tickets, exceptions },
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

test("what is told against it later changes nothing any more", () => {
  const points = [booked(ADA, 11)];
  expect(earned(order(ADA, 3), { points })).toBe("16 of ada");
  expect(earned(order(ADA, 3), { points, told: [ORDER] })).toBe("11 of ada");
});
