import { decimalText } from "#domain/money/format.ts";
import { guarded } from "#domain/text/guarded.ts";
import { cashKept } from "#domain/ticket/cash-kept.ts";
import type { Ticket, TicketTender } from "#domain/ticket/ticket.ts";
import type { BookedTicket, Books } from "../books.ts";
import { type CellValue, delimitedText } from "../delimited.ts";
import type { TextFile } from "../json-files.ts";

type Row = readonly CellValue[];

const TICKETS = [
  "ticket",
  "number",
  "register",
  "epoch",
  "seq",
  "z",
  "business_day",
  "completed_at",
  "staff",
  "customer",
  "currency",
  "tax_mode",
  "gross",
  "discount",
  "net",
  "tax",
  "total",
  "cash_rounding",
  "due",
];
const LINES = [
  "ticket",
  "number",
  "position",
  "kind",
  "sku",
  "name",
  "options",
  "tax_class",
  "quantity",
  "unit_price",
  "gross",
  "discount",
  "discount_reasons",
  "total",
  "return_reason",
  "sold_by",
];
const TAXES = ["ticket", "number", "rate", "rate_name", "percent", "net", "tax"];
const TENDERS = ["ticket", "number", "position", "kind", "amount", "tendered", "change", "reference"];
const MOVEMENTS = ["entry", "register", "z", "at", "staff", "shift", "kind", "amount", "currency", "reason"];
const Z_REPORTS = [
  "register",
  "z",
  "business_day",
  "made_at",
  "made_by",
  "currency",
  "receipts",
  "first_receipt",
  "last_receipt",
  "lines_sold",
  "sales_gross",
  "lines_returned",
  "returns",
  "discounts",
  "gift_cards",
  "cash_rounding",
  "turnover",
  "cash_in",
  "cash_out",
  "net",
  "tax",
  "variance",
  "grand_total",
];

/** The books as one CSV file (RFC 4180, UTF-8) per kind of thing; docs/audit.md describes the columns. */
export function csvFiles(books: Books): readonly TextFile[] {
  const { tickets } = books;
  return [
    file("tickets", TICKETS, tickets.map(ticketRow)),
    file(
      "lines",
      LINES,
      tickets.flatMap(({ ticket }) => lineRows(ticket)),
    ),
    file(
      "taxes",
      TAXES,
      tickets.flatMap(({ ticket }) => taxRows(ticket)),
    ),
    file(
      "tenders",
      TENDERS,
      tickets.flatMap(({ ticket }) => tenderRows(ticket)),
    ),
    file("cash-movements", MOVEMENTS, movementRows(books)),
    file("z-reports", Z_REPORTS, zRows(books)),
  ];
}

/** Amounts are text too; whatever else would run in a spreadsheet program is guarded, for the books have what cashiers and customers typed. */
const AMOUNT = /^-?\d+(\.\d+)?$/;

function file(name: string, columns: readonly string[], rows: readonly Row[]): TextFile {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === "string" && !AMOUNT.test(cell) ? guarded(cell) : cell)),
  );
  return { name: `${name}.csv`, text: delimitedText(columns, cells) };
}

function ticketRow({ ticket, register, spot, z }: BookedTicket): Row {
  const { totals } = ticket;
  return [
    ticket.id,
    ticket.number,
    register,
    spot.epoch,
    spot.seq,
    z,
    ticket.businessDay,
    momentText(ticket.completedAt),
    ticket.staff,
    ticket.customer,
    ticket.currency,
    ticket.taxMode,
    decimalText(totals.gross),
    decimalText(totals.discount),
    decimalText(totals.net),
    decimalText(totals.tax),
    decimalText(totals.total),
    decimalText(totals.cashRounding),
    decimalText(totals.due),
  ];
}

function lineRows({ id, number, lines, currency }: Ticket): readonly Row[] {
  return lines.map((line, index) => [
    id,
    number,
    index + 1,
    line.kind,
    line.sku,
    line.name,
    line.options.join(" / "),
    line.taxClass,
    line.quantity,
    decimalText(line.unitPrice),
    decimalText(line.gross),
    decimalText({ minor: sum(line.discounts, ({ amount }) => amount.minor), currency }),
    line.discounts.map(({ reason }) => reason).join(" / "),
    decimalText(line.total),
    line.kind === "return" ? line.reason : "",
    line.kind === "sale" ? (line.soldBy ?? "") : "",
  ]);
}

function taxRows({ id, number, taxes }: Ticket): readonly Row[] {
  return taxes.map(({ rate, net, tax }) => [
    id,
    number,
    rate.id,
    rate.name,
    String(rate.ppm / 10_000),
    decimalText(net),
    decimalText(tax),
  ]);
}

function tenderRows({ id, number, tenders }: Ticket): readonly Row[] {
  return tenders.map((tender, index) => [id, number, index + 1, ...tenderCells(tender)]);
}

/** Amounts that were given back are below zero; of cash what was kept of it. */
function tenderCells(tender: TicketTender): Row {
  switch (tender.kind) {
    case "cash": {
      const { tendered, change } = tender;
      return ["cash", decimalText(cashKept(tender)), decimalText(tendered), decimalText(change), ""];
    }
    case "refund": {
      const { to, amount } = tender;
      const given = { minor: -amount.minor, currency: amount.currency };
      return [`refund to ${to.kind}`, decimalText(given), "", "", to.kind === "card" ? to.approvalCode : ""];
    }
    case "card":
      return ["card", decimalText(tender.amount), "", "", tender.approvalCode];
    case "paidOnline":
      return ["paidOnline", decimalText(tender.amount), "", "", tender.order];
    case "credit":
    case "points":
      // A code can be spent by whoever reads it.
      return [tender.kind, decimalText(tender.amount), "", "", ""];
  }
}

function movementRows({ movements }: Books): readonly Row[] {
  return movements.map(({ id, register, z, at, staff, shift, kind, amount, reason }) => [
    id,
    register,
    z,
    momentText(at),
    staff,
    shift,
    kind,
    decimalText(amount),
    amount.currency,
    reason,
  ]);
}

function zRows({ closings }: Books): readonly Row[] {
  return closings.map(({ report }) => {
    const { currency } = report;
    const total = (minor: number) => decimalText({ minor, currency });
    const cash = report.tenders.filter(({ kind }) => kind === "cash");
    return [
      report.register,
      report.number,
      report.businessDay,
      momentText(report.madeAt),
      report.madeBy,
      currency,
      report.receipts.count,
      report.receipts.first,
      report.receipts.last,
      report.sales.lines,
      decimalText(report.sales.gross),
      report.returns.lines,
      decimalText(report.returns.total),
      decimalText(report.discounts.total),
      decimalText(report.giftCards),
      decimalText(report.cashRounding),
      decimalText(report.turnover),
      total(sum(cash, (tender) => tender.in.minor)),
      total(sum(cash, (tender) => tender.out.minor)),
      total(sum(report.taxes, ({ net }) => net.minor)),
      total(sum(report.taxes, ({ tax }) => tax.minor)),
      total(sum(report.drawers, ({ variance }) => variance?.minor ?? 0)),
      decimalText(report.grandTotal),
    ];
  });
}

/** ISO 8601 in UTC. */
function momentText(at: number): string {
  return new Date(at).toISOString();
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((so, item) => so + of(item), 0);
}
