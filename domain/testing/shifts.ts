import fc from "fast-check";
import { type BusinessDay, idOf, instant, type ShiftId, type StaffId } from "../ids.ts";
import type { Fact } from "../journal/entry.ts";
import { addMoney, negateMoney } from "../money/arithmetic.ts";
import { countOf } from "../shift/cash-count.ts";
import { dayReport, type ReportMaking } from "../shift/day-report.ts";
import { type DayState, newDay } from "../shift/day-state.ts";
import type { CashMovementKind } from "../shift/facts.ts";
import { type DayEntry, foldDay } from "../shift/fold-day.ts";
import type { DayReport } from "../shift/report.ts";
import type { Ticket, TicketLine, TicketTender } from "../ticket/ticket.ts";
import { NOON } from "./arbitrary-baskets.ts";
import { ticketOf } from "./arbitrary-tickets.ts";
import { EUR, eur, lineOf } from "./shop.ts";
import { BERLIN, TILL } from "./written-chain.ts";

export const TODAY: BusinessDay = idOf<"BusinessDay">("2027-01-15");

/** What may happen at a drawer, amounts in cents. */
export type DrawerAct =
  | { readonly kind: "cash"; readonly pieces: number; readonly more: number }
  | { readonly kind: "card" | "refundCash" | "refundCard"; readonly pieces: number }
  | { readonly kind: CashMovementKind | "payOut"; readonly amount: number };

const pieces = fc.integer({ min: 1, max: 20 });
const amount = fc.integer({ min: 1, max: 5_000 });
export const arbitraryDrawerAct: fc.Arbitrary<DrawerAct> = fc.oneof(
  fc.record({ kind: fc.constant("cash" as const), pieces, more: fc.nat(500) }),
  fc.record({ kind: fc.constantFrom("card" as const, "refundCash" as const, "refundCard" as const), pieces }),
  fc.record({
    kind: fc.constantFrom("in" as const, "out" as const, "pickup" as const, "payOut" as const),
    amount,
  }),
);

export function shiftOf(name: string): ShiftId {
  return idOf<"Shift">(`shift-${name}`);
}

export function staffOf(name: string): StaffId {
  return idOf<"Staff">(name);
}

/** Each piece of the article sold costs 1.07. */
const PRICE = 107;

/** What an act adds to the cash in its drawer, cents. */
export function cashOf(act: DrawerAct): number {
  switch (act.kind) {
    case "cash":
      return act.pieces * PRICE;
    case "refundCash":
      return -act.pieces * PRICE;
    case "in":
      return act.amount;
    case "out":
    case "pickup":
    case "payOut":
      return -act.amount;
    case "card":
    case "refundCard":
      return 0;
  }
}

/** The fact of an act. `counter` numbers its receipt, where it has one. */
export function factOf(act: DrawerAct, shift: ShiftId, counter: number): Fact {
  switch (act.kind) {
    case "in":
    case "out":
    case "pickup":
      return {
        type: "cash.moved",
        id: `move-${counter}`,
        shift,
        kind: act.kind,
        amount: eur(act.amount),
        reason: "Milk",
        approvedBy: null,
      };
    case "payOut":
      return {
        type: "giftCard.paidOut",
        id: `out-${counter}`,
        code: "4711",
        amount: eur(act.amount),
        manager: staffOf("johanna"),
        reason: "Not wanted",
        shift,
      };
    default:
      return { type: "ticket.completed", ticket: { ...ticketBy(act, counter), shift } };
  }
}

function ticketBy(act: Extract<DrawerAct, { readonly pieces: number }>, counter: number): Ticket {
  const sold = ticketOf([lineOf({ name: "tea", price: eur(PRICE), quantity: act.pieces })], counter);
  const { due } = sold.totals;
  const id = idOf<"Tender">("money");
  switch (act.kind) {
    case "cash":
      return paidWith(sold, {
        id,
        kind: "cash",
        tendered: addMoney(due, eur(act.more)),
        change: eur(act.more),
      });
    case "card":
      return paidWith(sold, { id, kind: "card", amount: due, approvalCode: "4711" });
    case "refundCash":
      return paidWith(returned(sold), { id, kind: "refund", amount: due, to: { kind: "cash" } });
    case "refundCard":
      return paidWith(returned(sold), {
        id,
        kind: "refund",
        amount: due,
        to: { kind: "card", approvalCode: "4711" },
      });
  }
}

function paidWith(ticket: Ticket, tender: TicketTender): Ticket {
  return { ...ticket, tenders: [tender] };
}

/** The ticket by which all of a sale came back. */
function returned(sold: Ticket): Ticket {
  const { totals } = sold;
  const taxes = (of: Ticket["taxes"]) =>
    of.map((each) => ({ ...each, net: negateMoney(each.net), tax: negateMoney(each.tax) }));
  const lines = sold.lines.map(
    (line): TicketLine => ({
      id: line.id,
      variant: line.variant,
      sku: line.sku,
      name: line.name,
      options: line.options,
      taxClass: line.taxClass,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discounts: [],
      kind: "return",
      of: null,
      reason: "wrongSize",
      condition: "asNew",
      disposition: "stock",
      gross: negateMoney(line.gross),
      total: negateMoney(line.total),
      taxes: taxes(line.taxes),
    }),
  );
  return {
    ...sold,
    lines,
    taxes: taxes(sold.taxes),
    totals: {
      gross: negateMoney(totals.gross),
      discount: eur(0),
      net: negateMoney(totals.net),
      tax: negateMoney(totals.tax),
      total: negateMoney(totals.total),
      cashRounding: eur(0),
      due: negateMoney(totals.due),
    },
  };
}

export function opened(shift: ShiftId, float: number, owner: StaffId | null = null): Fact {
  return {
    type: "shift.opened",
    shift,
    owner,
    businessDay: TODAY,
    float: countOf([{ face: 1, pieces: float }], EUR),
    approvedBy: null,
  };
}

export function closedWith(shift: ShiftId, counted: number, expected: number): Fact {
  return {
    type: "shift.closed",
    shift,
    businessDay: TODAY,
    count: countOf([{ face: 1, pieces: counted }], EUR),
    expected: eur(expected),
    variance: eur(counted - expected),
    reason: null,
    kept: eur(Math.min(counted, 10_000)),
    approvedBy: null,
  };
}

/** Facts as entries of one till, one after another. */
export function entriesOf(facts: readonly Fact[], first = 1): readonly DayEntry[] {
  return facts.map((fact, index) => ({
    epoch: 1,
    seq: first + index,
    staff: staffOf("mira"),
    at: instant(NOON + (first + index) * 1_000),
    fact,
  }));
}

export function folded(entries: readonly DayEntry[], from: DayState = newDay(null)): DayState {
  return entries.reduce(foldDay, from);
}

/** The report that a till makes of a day. */
export function reportOf(state: DayState, changes: Partial<ReportMaking> = {}): DayReport {
  return dayReport(state, {
    kind: "z",
    store: BERLIN,
    device: TILL,
    register: 3,
    today: TODAY,
    at: NOON,
    by: staffOf("mira"),
    currency: EUR,
    head: { epoch: 1, seq: 1 },
    unsent: 0,
    ...changes,
  });
}
