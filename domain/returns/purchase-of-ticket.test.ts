import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { sumMoney } from "../money/arithmetic.ts";
import { money } from "../money/money.ts";
import { arbitraryTickets, ticketOf } from "../testing/arbitrary-tickets.ts";
import { EUR, eur, lineOf } from "../testing/shop.ts";
import type { Ticket, TicketLine } from "../ticket/ticket.ts";
import { purchaseOfTicket } from "./purchase-of-ticket.ts";

const SOLD = ticketOf([
  lineOf({ name: "lamp", price: eur(4_900) }),
  lineOf({ name: "mug", price: eur(990), quantity: 2, taxClass: "reduced" }),
]);

function withLines(ticket: Ticket, change: (line: TicketLine, index: number) => TicketLine): Ticket {
  return { ...ticket, lines: ticket.lines.map(change) };
}

function bought(ticket: Ticket) {
  const purchase = purchaseOfTicket(ticket, { usualDays: 14 });
  if (purchase === null) throw new Error("nothing was bought");
  return purchase;
}

describe("what a ticket's customer bought", () => {
  test("is its lines with price, tax and day, and what was paid", () => {
    const purchase = bought(SOLD);
    expect(purchase).toMatchObject({
      ref: { kind: "ticket", id: SOLD.id },
      number: "BER1-03-000001",
      channel: "till",
      settled: eur(6_880),
      paidWith: [{ kind: "cash", amount: eur(6_880) }],
    });
    expect(
      purchase.lines.map(({ position, sku, quantity, total }) => ({ position, sku, quantity, total })),
    ).toEqual([
      { position: 0, sku: "LAMP", quantity: 1, total: eur(4_900) },
      { position: 1, sku: "MUG", quantity: 2, total: eur(1_980) },
    ]);
    expect(purchase.lines[0]?.taxes).toEqual(SOLD.lines[0]?.taxes);
  });

  test("may come back as long as its line says, else as long as is usual; of a final sale never", () => {
    const days = [30, 0] as const;
    const own = withLines(SOLD, (line, index) => ({ ...line, returnDays: days[index]! }) as TicketLine);
    const day = SOLD.businessDay;
    expect(bought(own).lines.map(({ returnBy }) => returnBy)).toEqual([plus(day, 30), null]);
    expect(bought(SOLD).lines.map(({ returnBy }) => returnBy)).toEqual([plus(day, 14), plus(day, 14)]);
    const final = purchaseOfTicket(SOLD, { usualDays: 0 });
    expect(final?.lines.map(({ returnBy }) => returnBy)).toEqual([null, null]);
  });

  test("is not what pays an order, nor what came back: the other lines keep their places", () => {
    const order = { order: idOf<"Order">("o1"), line: idOf<"Line">("l1") };
    const mixed = withLines(SOLD, (line, index) => (index === 0 ? ({ ...line, order } as TicketLine) : line));
    expect(bought(mixed).lines.map(({ position }) => position)).toEqual([1]);
    expect(bought(mixed).settled).toEqual(eur(1_980));
    const back = {
      kind: "return" as const,
      of: null,
      reason: "other" as const,
      condition: "asNew" as const,
      disposition: "stock" as const,
    };
    const returned = withLines(SOLD, (line) => ({ ...line, ...back }));
    expect(purchaseOfTicket(returned, { usualDays: 14 })).toBeNull();
  });

  test("remembers promotions that needed other goods, and no other discount", () => {
    const promotion = { source: "promotion", promotion: idOf<"Promotion">("p"), amount: eur(100) } as const;
    const needs = { kind: "groups", size: 3, pays: 2 } as const;
    const reduced = withLines(SOLD, (line) => ({
      ...line,
      discounts: [
        { ...promotion, reason: "3 for 2", needs },
        { ...promotion, reason: "10 % off", needs: null },
        { source: "line", reason: "scratched", amount: eur(50) },
      ],
    }));
    expect(bought(reduced).lines[0]?.discounts).toEqual([
      { promotion: "p", name: "3 for 2", needs, amount: eur(100) },
    ]);
  });

  test("was paid with what stayed with the shop: change is off, cash rounding is in, money given back is not", () => {
    const totals = { ...SOLD.totals, cashRounding: eur(-3) };
    const tenders: Ticket["tenders"] = [
      { id: idOf<"Tender">("a"), kind: "cash", tendered: eur(7_000), change: eur(123) },
      { id: idOf<"Tender">("b"), kind: "refund", amount: eur(500), to: { kind: "cash" } },
      { id: idOf<"Tender">("c"), kind: "paidOnline", amount: eur(500), order: idOf<"Order">("o1") },
    ];
    const purchase = bought({ ...SOLD, totals, tenders });
    expect(purchase.paidWith).toEqual([{ kind: "cash", amount: eur(6_877) }]);
    expect(purchase.settled).toEqual(eur(6_877));
  });

  test("with tax on top cost the tax as well", () => {
    const rate = { id: "ny", name: "NY", ppm: 88_750 };
    const taxed = withLines(SOLD, (line) => ({
      ...line,
      taxes: [{ rate, net: line.total, tax: money(100, EUR) }],
    }));
    expect(bought({ ...taxed, taxMode: "exclusive" }).settled).toEqual(eur(7_080));
  });
});

test("a sale of goods alone is worth what was due, whatever was sold", () => {
  fc.assert(
    fc.property(arbitraryTickets, (tickets) => {
      for (const ticket of tickets) {
        const { settled, paidWith } = bought(ticket);
        expect(settled).toEqual(ticket.totals.due);
        const paid = paidWith.map(({ amount }) => amount);
        expect(sumMoney(paid, EUR)).toEqual(settled);
      }
    }),
  );
});

function plus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
