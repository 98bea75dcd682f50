import { addMoney, sumMoney } from "../money/arithmetic.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { OrderPayment } from "./order.ts";

/** Where an order's payment stands after a ticket that pays lines of it; a ticket that pays none, or no ticket, changes nothing. */
export function paymentAfter(payment: OrderPayment, ticket: Ticket | null): OrderPayment {
  if (ticket === null) return payment;
  const { currency } = payment.total;
  const settled = sumMoney(
    ticket.lines.filter((line) => line.order !== undefined).map((line) => line.total),
    currency,
  );
  if (settled.minor === 0) return payment;
  const online = sumMoney(
    ticket.tenders.flatMap((tender) => (tender.kind === "paidOnline" ? [tender.amount] : [])),
    currency,
  );
  const paid = addMoney(payment.paid, { ...settled, minor: settled.minor - online.minor });
  // Whatever is payable is paid at once: pieces that went missing are not owed any more.
  return { ...payment, paid, state: "paid" };
}
