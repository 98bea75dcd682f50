import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { orderLine, routedOrder } from "../testing/orders.ts";
import { EUR, eur, lineOf } from "../testing/shop.ts";
import type { Ticket, TicketTender } from "../ticket/ticket.ts";
import { paidWithOfOrder } from "./paid-with.ts";

const ORDER = routedOrder({ lines: [orderLine({ name: "lamp", price: 1_190 })] });

/** The lamp is paid as it is collected, and a book for 5.00 bought beside it. */
function paying(tenders: readonly TicketTender[]): Ticket {
  const ticket = ticketOf([
    lineOf({ name: "lamp", price: eur(1_190) }),
    lineOf({ name: "book", price: eur(500) }),
  ]);
  const lines = ticket.lines.map((line, index) =>
    index === 0 && line.kind === "sale"
      ? { ...line, order: { order: ORDER.id, line: idOf<"Line">("line-lamp") } }
      : line,
  );
  return { ...ticket, lines, tenders };
}

const cash = (minor: number): TicketTender => ({
  id: idOf<"Tender">("coins"),
  kind: "cash",
  tendered: eur(minor + 100),
  change: eur(100),
});
const card = (minor: number): TicketTender => ({
  id: idOf<"Tender">("card"),
  kind: "card",
  amount: eur(minor),
  approvalCode: "A-4711",
});

test("an order that no till took money for was paid online, as its shop knows", () => {
  expect(paidWithOfOrder(ORDER, [])).toBeNull();
});

test("what was bought beside the order is not counted as paid for it", () => {
  expect(paidWithOfOrder(ORDER, [paying([card(1_000), cash(690)])])).toEqual([
    { kind: "card", amount: eur(1_000), approvalCode: "A-4711" },
    { kind: "cash", amount: eur(190) },
  ]);
});

test("what was paid online before is given back online, the rest as it was paid at the till", () => {
  const online: TicketTender = {
    id: idOf<"Tender">("web"),
    kind: "paidOnline",
    amount: eur(400),
    order: ORDER.id,
  };
  expect(paidWithOfOrder(ORDER, [paying([online, cash(1_290)])])).toEqual([
    { kind: "cash", amount: eur(790) },
    { kind: "online", amount: eur(400), order: ORDER.id },
  ]);
});

test("a ticket in another currency says nothing of how the order was paid", () => {
  const other = { ...paying([card(1_690)]), currency: idOf<"Currency">("CHF") };
  expect(other.currency).not.toBe(EUR);
  expect(paidWithOfOrder(ORDER, [other])).toBeNull();
});
