import { idOf, type ReceiptNumber, type ShiftId, type StaffId } from "../ids.ts";
import { ticketOf } from "../journal/effects.ts";
import type { Fact, JournalEntry } from "../journal/entry.ts";
import type { ReportTender } from "../shift/report.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import type { Ticket, TicketTender } from "../ticket/ticket.ts";
import { valueKindOf } from "../value/credit-code.ts";

type TenderKind = ReportTender["kind"];

/** What went through one drawer, minor units. Null: nothing said so. */
export interface DrawerSums {
  float: number | null;
  cashIn: number;
  cashOut: number;
  in: number;
  out: number;
  pickup: number;
  counted: number | null;
}

/** The figures of a day, worked out from its entries alone; minor units. */
export interface DaySums {
  receipts: { count: number; first: ReceiptNumber | null; last: ReceiptNumber | null };
  sales: { lines: number; gross: number };
  returns: { lines: number; total: number };
  discounts: { count: number; total: number };
  giftCards: number;
  cashRounding: number;
  turnover: number;
  readonly taxes: Map<string, { net: number; tax: number }>;
  readonly tenders: Map<TenderKind, { count: number; in: number; out: number }>;
  readonly staff: Map<StaffId, { tickets: number; total: number }>;
  readonly drawers: Map<ShiftId, DrawerSums>;
  drawerOpenings: number;
  reprints: number;
  /** What somebody else had to allow by PIN. */
  approvals: number;
}

/** Adds up the entries of a day, in the order in which they were written. */
export function sumDay(entries: Iterable<Pick<JournalEntry, "fact">>): DaySums {
  const sums: DaySums = {
    receipts: { count: 0, first: null, last: null },
    sales: { lines: 0, gross: 0 },
    returns: { lines: 0, total: 0 },
    discounts: { count: 0, total: 0 },
    giftCards: 0,
    cashRounding: 0,
    turnover: 0,
    taxes: new Map(),
    tenders: new Map(),
    staff: new Map(),
    drawers: new Map(),
    drawerOpenings: 0,
    reprints: 0,
    approvals: 0,
  };
  for (const { fact } of entries) {
    const ticket = ticketOf(fact);
    if (ticket !== null) addTicket(sums, ticket);
    else addFact(sums, fact);
    if ("approvedBy" in fact && fact.approvedBy !== null) sums.approvals += 1;
  }
  return sums;
}

function addFact(sums: DaySums, fact: Fact): void {
  switch (fact.type) {
    case "shift.opened":
      drawerOf(sums, fact.shift).float = fact.float.total.minor;
      return;
    case "cash.moved":
      drawerOf(sums, fact.shift)[fact.kind] += fact.amount.minor;
      return;
    case "shift.closed":
      drawerOf(sums, fact.shift).counted = fact.count.total.minor;
      return;
    case "drawer.opened":
      sums.drawerOpenings += 1;
      return;
    case "receipt.reprinted":
      sums.reprints += 1;
      return;
    case "giftCard.paidOut":
      // Cash that goes out of the drawer it names; one that names none came from elsewhere.
      if ("shift" in fact && typeof fact.shift === "string")
        drawerOf(sums, idOf<"Shift">(fact.shift)).cashOut += fact.amount.minor;
      return;
    default:
      return;
  }
}

function addTicket(sums: DaySums, ticket: Ticket): void {
  const { receipts, staff } = sums;
  receipts.count += 1;
  receipts.first ??= ticket.number;
  receipts.last = ticket.number;
  sums.cashRounding += ticket.totals.cashRounding.minor;
  sums.turnover += ticket.totals.due.minor;
  addLines(sums, ticket);
  for (const { rate, net, tax } of ticket.taxes) {
    const key = `${rate.id}=${rate.ppm}`;
    const before = sums.taxes.get(key) ?? { net: 0, tax: 0 };
    sums.taxes.set(key, { net: before.net + net.minor, tax: before.tax + tax.minor });
  }
  for (const tender of ticket.tenders) addTender(sums, ticket, tender);
  const own = staff.get(ticket.staff) ?? { tickets: 0, total: 0 };
  staff.set(ticket.staff, { tickets: own.tickets + 1, total: own.total + ticket.totals.due.minor });
}

function addLines(sums: DaySums, { lines }: Ticket): void {
  for (const line of lines) {
    if (line.kind === "return") {
      sums.returns.lines += 1;
      sums.returns.total -= line.total.minor;
    } else if (line.kind === "sale" && line.giftCard !== undefined) {
      sums.giftCards += line.total.minor;
    } else {
      sums.sales.lines += 1;
      sums.sales.gross += line.gross.minor;
      for (const { amount } of line.discounts) {
        sums.discounts.count += 1;
        sums.discounts.total += amount.minor;
      }
    }
  }
}

function addTender(sums: DaySums, { shift }: Ticket, tender: TicketTender): void {
  const kind = kindOf(tender);
  const minor = tender.kind === "cash" ? cashKept(tender).minor : tender.amount.minor;
  const so = sums.tenders.get(kind) ?? { count: 0, in: 0, out: 0 };
  const isOut = tender.kind === "refund";
  sums.tenders.set(kind, {
    count: so.count + 1,
    in: so.in + (isOut ? 0 : minor),
    out: so.out + (isOut ? minor : 0),
  });
  if (kind !== "cash" || shift === undefined) return;
  const drawer = drawerOf(sums, shift);
  if (isOut) drawer.cashOut += minor;
  else drawer.cashIn += minor;
}

function kindOf(tender: TicketTender): TenderKind {
  if (tender.kind === "credit") return valueKindOf(tender.code) === "giftCard" ? "giftCard" : "credit";
  if (tender.kind !== "refund") return tender.kind;
  if (tender.to.kind === "credit") return valueKindOf(tender.to.code) === "giftCard" ? "giftCard" : "credit";
  return tender.to.kind;
}

function drawerOf({ drawers }: DaySums, shift: ShiftId): DrawerSums {
  const known = drawers.get(shift);
  if (known !== undefined) return known;
  const drawer = { float: null, cashIn: 0, cashOut: 0, in: 0, out: 0, pickup: 0, counted: null };
  drawers.set(shift, drawer);
  return drawer;
}
