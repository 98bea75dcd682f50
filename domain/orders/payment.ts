import { addMoney, sumMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { paidOnline } from "../ticket/paid-online.ts";
import { orderLineOf, type Ticket, type TicketLine } from "../ticket/ticket.ts";
import type { OrderPayment } from "./order.ts";

/** Where an order's payment stands after a ticket that pays lines of it; a ticket that pays none, or no ticket, changes nothing. */
export function paymentAfter(payment: OrderPayment, ticket: Ticket | null): OrderPayment {
  if (ticket === null) return payment;
  const { currency } = payment.total;
  const settled = settledBy(ticket, currency);
  if (settled.minor === 0) return payment;
  const online = paidOnline({ ...ticket, currency });
  const paid = addMoney(payment.paid, { ...settled, minor: settled.minor - online.minor });
  // Whatever is payable is paid at once: pieces that went missing are not owed any more.
  return { ...payment, paid, state: "paid" };
}

/** Whether a ticket takes money for goods of an order that are paid: its shop took it while the till could not hear of that. */
export function isPaidAgain(payment: OrderPayment, ticket: Ticket | null): boolean {
  if (ticket === null || payment.state !== "paid") return false;
  return settledBy(ticket, payment.total.currency).minor > 0;
}

/** What a ticket's lines of orders cost, the tax in it that its till adds. */
function settledBy(ticket: Ticket, currency: Currency): Money {
  const lines = ticket.lines.filter((line) => orderLineOf(line) !== null);
  return sumMoney(
    lines.flatMap((line) => [line.total, ...taxOnTop(ticket, line)]),
    currency,
  );
}

function taxOnTop({ taxMode }: Ticket, { taxes }: TicketLine): readonly Money[] {
  return taxMode === "exclusive" ? taxes.map(({ tax }) => tax) : [];
}
