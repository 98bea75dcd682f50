import { addMoney, sumMoney } from "../money/arithmetic.ts";
import { TILL_CHANNEL } from "../orders/till-channel.ts";
import type { TerminalReference } from "../payments/terminal-slip.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import {
  type CardTender,
  type GrantedDiscount,
  type SaleLine,
  sellsGoods,
  type Ticket,
  type TicketTender,
} from "../ticket/ticket.ts";
import { lastReturnDay } from "./policy.ts";
import type { DependentDiscount, PaidWith, Purchase, PurchasedLine } from "./purchase.ts";
import { roundingOfOwnLines } from "./rounding-shares.ts";

/**
 * What was bought by a ticket: its sale lines, each at its place in the ticket. Lines that paid an order are the order's, and value on
 * a gift card is no goods that come back. `usualDays` is for lines that do not
 * say until when they may be brought back; 0: they are final sales. Null: nothing was bought by it.
 */
export function purchaseOfTicket(
  ticket: Ticket,
  { usualDays }: { readonly usualDays: number },
): Purchase | null {
  const bought = ticket.lines.flatMap((line, position) => (sellsGoods(line) ? [{ line, position }] : []));
  if (bought.length === 0) return null;
  const { currency, taxMode } = ticket;
  const paid = bought.flatMap(({ line }) => [
    line.total,
    ...(taxMode === "exclusive" ? line.taxes.map(({ tax }) => tax) : []),
  ]);
  return {
    ref: { kind: "ticket", id: ticket.id },
    number: ticket.number,
    channel: TILL_CHANNEL,
    store: ticket.store,
    at: ticket.completedAt,
    day: ticket.businessDay,
    currency,
    taxMode,
    customer: ticket.customer,
    lines: bought.map(({ line, position }) => purchasedLine(line, { position, ticket, usualDays })),
    paidWith: [...paidInGoods(ticket), ...ticket.tenders.flatMap(paidWith)],
    settled: addMoney(sumMoney(paid, currency), roundingOfOwnLines(ticket)),
  };
}

function purchasedLine(
  line: SaleLine,
  {
    position,
    ticket,
    usualDays,
  }: { readonly position: number; readonly ticket: Ticket; readonly usualDays: number },
): PurchasedLine {
  const days = line.returnDays ?? usualDays;
  const { variant, sku, name, options, taxClass, quantity, unitPrice, total, taxes } = line;
  const to = ticket.lines.findIndex(({ id }) => id === line.linked?.to);
  return {
    position,
    variant,
    sku,
    name,
    options,
    taxClass,
    quantity,
    unitPrice,
    total,
    taxes,
    returnBy: lastReturnDay({ day: ticket.businessDay, days }),
    discounts: line.discounts.flatMap(dependent),
    ...(line.linked === undefined || to < 0 ? {} : { linked: { to, kind: line.linked.kind } }),
  };
}

function dependent(discount: GrantedDiscount): DependentDiscount[] {
  if (discount.source !== "promotion" || discount.needs === null) return [];
  const { promotion, reason: name, needs, amount } = discount;
  return [{ promotion, name, needs, amount }];
}

/** What other goods paid that had been owed in goods alone: it goes back as credit. A receipt's code may leave out the last payments, never the first. */
function paidInGoods({ returning }: Ticket): PaidWith[] {
  const amount = returning?.owedInGoods;
  return amount === undefined ? [] : [{ kind: "credit", amount }];
}

function cardPayment({ amount, approvalCode, terminal }: CardTender): PaidWith {
  const reference = terminal === undefined ? {} : { terminal: referenceOf(terminal) };
  return { kind: "card", amount, approvalCode, ...reference };
}

function referenceOf({ reference, at }: TerminalReference): TerminalReference {
  return { reference, at };
}

/** What of a tender stayed with the shop. What was paid online was paid for an order, whose lines are its own. */
export function paidWith(tender: TicketTender): PaidWith[] {
  switch (tender.kind) {
    case "cash": {
      const amount = cashKept(tender);
      return amount.minor === 0 ? [] : [{ kind: "cash", amount }];
    }
    case "card":
      return [cardPayment(tender)];
    case "credit":
      return [{ kind: "credit", amount: tender.amount }];
    case "points": {
      const { amount, points, customer } = tender;
      return [{ kind: "points", amount, points, customer }];
    }
    case "paidOnline":
    case "refund":
      return [];
  }
}
