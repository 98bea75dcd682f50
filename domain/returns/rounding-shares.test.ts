import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { orderLine, routedOrder } from "../testing/orders.ts";
import { EUR, eur, lineOf } from "../testing/shop.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { paidWithOfOrder } from "./paid-with.ts";
import { purchaseOfTicket } from "./purchase-of-ticket.ts";
import { returnActsOf } from "./return-acts.ts";
import { roundingOfOrder } from "./rounding-shares.ts";

const ORDER = { id: idOf<"Order">("order-1"), currency: EUR };

/** Lines of an order and lines of the ticket's own, paid in cash that was rounded. */
function paidInCash({
  order,
  own,
  rounding,
}: {
  readonly order: readonly number[];
  readonly own: readonly number[];
  readonly rounding: number;
}): Ticket {
  const ticket = ticketOf(
    [...order, ...own].map((minor, index) => lineOf({ name: `a${index}`, price: eur(minor) })),
  );
  const due = eur(ticket.totals.total.minor + rounding);
  return {
    ...ticket,
    lines: ticket.lines.map((line, index) =>
      index < order.length && line.kind === "sale"
        ? { ...line, order: { order: ORDER.id, line: idOf<"Line">(`line-${index}`) } }
        : line,
    ),
    totals: { ...ticket.totals, cashRounding: eur(rounding), due },
    tenders: [{ id: idOf<"Tender">("c"), kind: "cash", tendered: due, change: eur(0) }],
  };
}

const ofOrder = (ticket: Ticket) => roundingOfOrder(ORDER, [ticket]).minor;
const ofOwn = (ticket: Ticket) => purchaseOfTicket(ticket, { usualDays: 30 })?.settled.minor;

describe("what a till rounds in coins", () => {
  test("is the order's where its lines are all that was paid", () => {
    for (const rounding of [-2, 3]) {
      const ticket = paidInCash({ order: [1_002], own: [], rounding });
      expect(ofOrder(ticket)).toBe(rounding);
      const paid = routedOrder({ lines: [orderLine({ name: "lamp", price: 1_002 })] });
      expect(paidWithOfOrder(paid, [ticket])).toEqual([{ kind: "cash", amount: eur(1_002 + rounding) }]);
    }
  });

  test("is the other goods' where there are some, as far as they carry it", () => {
    const beside = paidInCash({ order: [1_002], own: [500], rounding: -2 });
    expect([ofOrder(beside), ofOwn(beside)]).toEqual([0, 498]);
    const cent = paidInCash({ order: [1_001], own: [1], rounding: -2 });
    expect([ofOrder(cent), ofOwn(cent)]).toEqual([-1, 0]);
  });

  test("makes no free gift worth less than nothing, or more", () => {
    for (const rounding of [-2, 3]) {
      const gift = paidInCash({ order: [1_002], own: [0], rounding });
      expect([ofOrder(gift), ofOwn(gift)]).toEqual([rounding, 0]);
    }
  });

  test("is the return's, where goods came back as the order was paid and nothing else was sold", () => {
    const paid = paidInCash({ order: [1_002], own: [500], rounding: -2 });
    const of = { purchase: { kind: "ticket", id: idOf<"Ticket">("before") }, position: 0 } as const;
    const [order, other] = paid.lines;
    const back = {
      ...other!,
      kind: "return",
      of,
      reason: "other",
      condition: "asNew",
      disposition: "stock",
      total: eur(-500),
    } as const;
    const ticket: Ticket = { ...paid, lines: [order!, back] };
    expect(ofOrder(ticket)).toBe(0);
    const [act] = returnActsOf(ticket);
    expect(act?.act.settled).toEqual(eur(502));
  });

  test("is counted once, whatever was paid together", () => {
    const cents = fc.array(fc.nat(300), { maxLength: 3 });
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: -5, max: 5 }), (order, own, wished) => {
        fc.pre(order.length + own.length > 0);
        const sum = [...order, ...own].reduce((all, each) => all + each, 0);
        const rounding = Math.max(wished, -sum);
        const ticket = paidInCash({ order, own, rounding });
        const forOrder = order.reduce((all, each) => all + each, 0) + ofOrder(ticket);
        const forOwn = ofOwn(ticket) ?? 0;
        expect(forOrder).toBeGreaterThanOrEqual(0);
        expect(forOwn).toBeGreaterThanOrEqual(0);
        expect(forOrder + forOwn).toBe(sum + rounding);
      }),
    );
  });
});
