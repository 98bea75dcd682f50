import { type BusinessDay, idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { DayReport } from "#domain/shift/report.ts";
import type { TaxAmount } from "#domain/tax/tax.ts";
import type { Ticket, TicketLine, TicketTender } from "#domain/ticket/ticket.ts";
import { BERLIN, CUP, EUR } from "./shop.ts";
import type { TestTill } from "./till.ts";

const DAY: BusinessDay = idOf<"BusinessDay">("2027-01-15");
const SHIFT = idOf<"Shift">("shift-1");
const MIRA = idOf<"Staff">("mira");
const GIFT_CARD = "GC-7K4M-2P9R-WXQT-8H3J-5V6B";
const STANDARD = { id: "de-19", name: "MwSt", ppm: 190_000 };

const eur = (minor: number): Money => money(minor, EUR);

/**
 * A day at a till with a bit of everything, to its Z report: two pieces for cash, one reduced and by card, one brought back for cash, a gift card sold, one piece
 * paid with one, cash in, out and picked up, and a drawer that is ten cents short. `changed` lays other figures over the report.
 */
export function writeDay(till: TestTill, changed: Partial<DayReport> = {}): readonly JournalEntry[] {
  const begun = till.begin();
  const from = { epoch: till.epoch, seq: begun.seq };
  const float = { pieces: [{ face: 5_000, pieces: 4 }], total: eur(20_000) };
  till.write({ type: "shift.opened", shift: SHIFT, owner: null, businessDay: DAY, float, approvedBy: null });
  const first = sell(till, [goods({ quantity: 2, total: 2_380, tax: 380 })], [cash(3_000, 620)]);
  sell(till, [goods({ quantity: 1, total: 1_000, tax: 160, discount: 190 })], [card(1_000)]);
  sell(till, [broughtBack(first)], [refundInCash(1_190)]);
  sell(till, [giftCard(5_000)], [cash(5_000, 0)]);
  const last = sell(till, [goods({ quantity: 1, total: 1_190, tax: 190 })], [byGiftCard(1_190)]);
  move(till, "in", 1_000, "change from the bank");
  move(till, "out", 500, "=1+1 stamps");
  move(till, "pickup", 3_000, "to the safe");
  till.write({ type: "drawer.opened", shift: SHIFT, reason: "a coin was stuck", approvedBy: null });
  const count = { pieces: [{ face: 10, pieces: 2_368 }], total: eur(23_680) };
  const expected = eur(23_690);
  till.write({ type: "shift.counted", shift: SHIFT, count, expected });
  const closed = till.write({
    type: "shift.closed",
    shift: SHIFT,
    businessDay: DAY,
    count,
    expected,
    variance: eur(-10),
    reason: "not found",
    kept: eur(20_000),
    approvedBy: null,
  });
  const until = { epoch: till.epoch, seq: closed.seq };
  const report = { ...reportOf(till, { from, until }, { first, last }), ...changed };
  till.write({ type: "day.closed", report, approvedBy: null });
  return till.entries;
}

function reportOf(
  till: TestTill,
  span: DayReport["span"],
  { first, last }: { readonly first: Ticket; readonly last: Ticket },
): DayReport {
  return {
    kind: "z",
    number: 1,
    store: BERLIN.store,
    device: till.device,
    register: 1,
    businessDay: DAY,
    madeAt: till.at,
    madeBy: MIRA,
    currency: EUR,
    span,
    receipts: { count: 5, first: first.number, last: last.number },
    sales: { lines: 3, gross: eur(4_760) },
    returns: { lines: 1, total: eur(1_190) },
    discounts: { count: 1, total: eur(190) },
    giftCards: eur(5_000),
    cashRounding: eur(0),
    turnover: eur(8_380),
    taxes: [{ rate: STANDARD.id, name: STANDARD.name, ppm: STANDARD.ppm, net: eur(2_840), tax: eur(540) }],
    tenders: [
      { kind: "cash", count: 3, in: eur(7_380), out: eur(1_190) },
      { kind: "card", count: 1, in: eur(1_000), out: eur(0) },
      { kind: "giftCard", count: 1, in: eur(1_190), out: eur(0) },
    ],
    drawers: [
      {
        shift: SHIFT,
        owner: null,
        openedAt: till.at,
        closedAt: till.at,
        float: eur(20_000),
        cashIn: eur(7_380),
        cashOut: eur(1_190),
        moves: { in: eur(1_000), out: eur(500), pickup: eur(3_000) },
        expected: eur(23_690),
        counted: eur(23_680),
        variance: eur(-10),
        varianceReason: "not found",
      },
    ],
    staff: [{ staff: MIRA, tickets: 5, total: eur(8_380) }],
    drawerOpenings: 1,
    reprints: 0,
    approvals: 0,
    grandTotal: eur(8_380),
    unsent: 0,
  };
}

function move(till: TestTill, kind: "in" | "out" | "pickup", minor: number, reason: string): void {
  const id = `move-${kind}`;
  till.write({ type: "cash.moved", id, shift: SHIFT, kind, amount: eur(minor), reason, approvedBy: null });
}

function sell(till: TestTill, lines: readonly TicketLine[], tenders: readonly TicketTender[]): Ticket {
  const sum = (of: (line: TicketLine) => number) => eur(lines.reduce((so, line) => so + of(line), 0));
  const taxes = lines.flatMap((line) => line.taxes);
  const total = sum((line) => line.total.minor);
  const tax = eur(taxes.reduce((so, each) => so + each.tax.minor, 0));
  const ticket: Ticket = {
    ...till.ticket([]),
    shift: SHIFT,
    lines,
    taxes,
    totals: {
      gross: sum((line) => line.gross.minor),
      discount: sum((line) => line.discounts.reduce((so, { amount }) => so + amount.minor, 0)),
      net: eur(total.minor - tax.minor),
      tax,
      total,
      cashRounding: eur(0),
      due: total,
    },
    tenders,
  };
  till.write({ type: "ticket.completed", ticket });
  return ticket;
}

function lineOf(total: number, tax: number) {
  const taxes: readonly TaxAmount[] =
    tax === 0 ? [] : [{ rate: STANDARD, net: eur(total - tax), tax: eur(tax) }];
  return {
    id: idOf<"Line">("line-1"),
    variant: CUP,
    sku: idOf<"Sku">("CUP"),
    name: 'Cup "Große; Tasse"',
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    quantity: 1,
    unitPrice: eur(1_190),
    gross: eur(total),
    discounts: [],
    total: eur(total),
    taxes,
  } as const;
}

function goods({
  quantity,
  total,
  tax,
  discount = 0,
}: {
  readonly quantity: number;
  readonly total: number;
  readonly tax: number;
  readonly discount?: number;
}): TicketLine {
  const discounts =
    discount === 0 ? [] : [{ source: "line", reason: "scratched", amount: eur(discount) } as const];
  return { ...lineOf(total, tax), kind: "sale", quantity, gross: eur(total + discount), discounts };
}

function broughtBack(ticket: Ticket): TicketLine {
  return {
    ...lineOf(-1_190, -190),
    kind: "return",
    of: { purchase: { kind: "ticket", id: ticket.id }, position: 0 },
    reason: "changedMind",
    condition: "asNew",
    disposition: "stock",
    boughtBy: ticket.number,
  };
}

function giftCard(minor: number): TicketLine {
  return {
    ...lineOf(minor, 0),
    kind: "sale",
    name: "Gift card",
    unitPrice: eur(minor),
    giftCard: { code: GIFT_CARD, act: "sold" },
  };
}

function cash(tendered: number, change: number): TicketTender {
  return { id: idOf<"Tender">("coins"), kind: "cash", tendered: eur(tendered), change: eur(change) };
}

function card(minor: number): TicketTender {
  return { id: idOf<"Tender">("card"), kind: "card", amount: eur(minor), approvalCode: "A1B2C3" };
}

function byGiftCard(minor: number): TicketTender {
  return { id: idOf<"Tender">("gift"), kind: "credit", amount: eur(minor), code: GIFT_CARD };
}

function refundInCash(minor: number): TicketTender {
  return { id: idOf<"Tender">("back"), kind: "refund", amount: eur(minor), to: { kind: "cash" } };
}
