import type { ReceiptNumber, StaffId } from "../ids.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import type { Ticket, TicketTender } from "../ticket/ticket.ts";
import { valueKindOf } from "../value/credit-code.ts";
import type { ReportTender } from "./report.ts";

export type TenderKind = ReportTender["kind"];

/** What came in and went out in one way of paying; minor units. */
export interface TenderSum {
  readonly count: number;
  readonly in: number;
  readonly out: number;
}

export interface TaxSum {
  readonly rate: string;
  readonly name: string;
  readonly ppm: number;
  readonly net: number;
  readonly tax: number;
}

export interface StaffSum {
  readonly staff: StaffId;
  readonly tickets: number;
  readonly total: number;
}

/** Sums over tickets, minor units of one currency. */
export interface DaySums {
  readonly receipts: {
    readonly count: number;
    readonly first: ReceiptNumber | null;
    readonly last: ReceiptNumber | null;
  };
  readonly sales: { readonly lines: number; readonly gross: number };
  readonly returns: { readonly lines: number; readonly total: number };
  readonly discounts: { readonly count: number; readonly total: number };
  readonly giftCards: number;
  readonly cashRounding: number;
  readonly turnover: number;
  readonly taxes: readonly TaxSum[];
  readonly tenders: Readonly<Partial<Record<TenderKind, TenderSum>>>;
  readonly staff: readonly StaffSum[];
}

export const NO_SUMS: DaySums = {
  receipts: { count: 0, first: null, last: null },
  sales: { lines: 0, gross: 0 },
  returns: { lines: 0, total: 0 },
  discounts: { count: 0, total: 0 },
  giftCards: 0,
  cashRounding: 0,
  turnover: 0,
  taxes: [],
  tenders: {},
  staff: [],
};

/** The sums with one ticket more. */
export function withTicket(sums: DaySums, ticket: Ticket): DaySums {
  const { totals } = ticket;
  return {
    ...withLines(sums, ticket),
    receipts: {
      count: sums.receipts.count + 1,
      first: sums.receipts.first ?? ticket.number,
      last: ticket.number,
    },
    cashRounding: sums.cashRounding + totals.cashRounding.minor,
    turnover: sums.turnover + totals.due.minor,
    taxes: withTaxes(sums.taxes, ticket),
    tenders: withTenders(sums.tenders, ticket.tenders),
    staff: withStaff(sums.staff, ticket),
  };
}

/** Goods that are kept and cost more now count as sold; value on gift cards is told apart from goods. */
function withLines(sums: DaySums, { lines }: Ticket): DaySums {
  let { sales, returns, discounts, giftCards } = sums;
  for (const line of lines) {
    if (line.kind === "return") {
      returns = { lines: returns.lines + 1, total: returns.total - line.total.minor };
    } else if (line.kind === "sale" && line.giftCard !== undefined) {
      giftCards += line.total.minor;
    } else {
      sales = { lines: sales.lines + 1, gross: sales.gross + line.gross.minor };
      for (const { amount } of line.discounts)
        discounts = { count: discounts.count + 1, total: discounts.total + amount.minor };
    }
  }
  return { ...sums, sales, returns, discounts, giftCards };
}

function withTaxes(sums: readonly TaxSum[], { taxes }: Ticket): readonly TaxSum[] {
  const after = [...sums];
  for (const { rate, net, tax } of taxes) {
    const at = after.findIndex(
      (sum) => sum.rate === rate.id && sum.name === rate.name && sum.ppm === rate.ppm,
    );
    const before = after[at] ?? { rate: rate.id, name: rate.name, ppm: rate.ppm, net: 0, tax: 0 };
    const sum = { ...before, net: before.net + net.minor, tax: before.tax + tax.minor };
    after.splice(at < 0 ? after.length : at, 1, sum);
  }
  return after;
}

function withTenders(sums: DaySums["tenders"], tenders: readonly TicketTender[]): DaySums["tenders"] {
  const after: Partial<Record<TenderKind, TenderSum>> = { ...sums };
  for (const tender of tenders) {
    const { kind, ...moved } = moneyMoved(tender);
    const before = after[kind] ?? { count: 0, in: 0, out: 0 };
    after[kind] = { count: before.count + 1, in: before.in + moved.in, out: before.out + moved.out };
  }
  return after;
}

/** In which way a tender moves how much, minor units; of cash what was kept of it, without the change. */
export function moneyMoved(tender: TicketTender): {
  readonly kind: TenderKind;
  readonly in: number;
  readonly out: number;
} {
  switch (tender.kind) {
    case "cash":
      return { kind: "cash", in: cashKept(tender).minor, out: 0 };
    case "credit":
      return { kind: valueKindOf(tender.code), in: tender.amount.minor, out: 0 };
    case "refund": {
      const { to, amount } = tender;
      return { kind: to.kind === "credit" ? valueKindOf(to.code) : to.kind, in: 0, out: amount.minor };
    }
    case "card":
    case "points":
    case "paidOnline":
      return { kind: tender.kind, in: tender.amount.minor, out: 0 };
  }
}

function withStaff(sums: readonly StaffSum[], { staff, totals }: Ticket): readonly StaffSum[] {
  const before = sums.find((sum) => sum.staff === staff) ?? { staff, tickets: 0, total: 0 };
  const after = { staff, tickets: before.tickets + 1, total: before.total + totals.due.minor };
  return sums.includes(before) ? sums.map((sum) => (sum === before ? after : sum)) : [...sums, after];
}
