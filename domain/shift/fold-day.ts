import type { ShiftId } from "../ids.ts";
import { ticketOf } from "../journal/effects.ts";
import type { Fact, JournalEntry } from "../journal/entry.ts";
import { addMoney, subtractMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type DayState, type DrawerState, type LastClose, newDay } from "./day-state.ts";
import { moneyMoved, withTicket } from "./day-sums.ts";
import { withCash } from "./drawers.ts";
import type { DayReport } from "./report.ts";

/** An entry as far as drawers and days go. */
export type DayEntry = Pick<JournalEntry, "epoch" | "seq" | "staff" | "at" | "fact">;
type ShiftOpened = Extract<Fact, { readonly type: "shift.opened" }>;
type CashMoved = Extract<Fact, { readonly type: "cash.moved" }>;
type ShiftCounted = Extract<Fact, { readonly type: "shift.counted" }>;
type ShiftClosed = Extract<Fact, { readonly type: "shift.closed" }>;

/** The day after one more entry. Entries come in the journal's order, each once: of one that was carried over into a new epoch, one copy. */
export function foldDay(state: DayState, entry: DayEntry): DayState {
  const { epoch, seq, fact } = entry;
  if (fact.type === "day.closed") return newDay(leftBy(fact.report));
  if (fact.type === "epoch.begun" && fact.day !== undefined) return fact.day;
  const approved = "approvedBy" in fact && fact.approvedBy !== null ? 1 : 0;
  const place = { epoch, seq };
  return withFact(
    { ...state, from: state.from ?? place, until: place, approvals: state.approvals + approved },
    entry,
  );
}

/** The day after an entry that stands in the journal once more, since it was carried over into a new epoch: only its place counts. */
export function foldCopy(state: DayState, { epoch, seq, fact }: DayEntry): DayState {
  if (fact.type === "day.closed" && fact.report.number === state.last?.number)
    return { ...state, from: null, until: null };
  const place = { epoch, seq };
  return { ...state, from: state.from ?? place, until: place };
}

/** What a Z report leaves to the days after it. */
export function leftBy({ number, grandTotal, drawers }: DayReport): LastClose {
  const kept = drawers.flatMap((drawer) =>
    drawer.kept === undefined ? [] : [{ owner: drawer.owner, amount: drawer.kept }],
  );
  // The last close of a drawer is the one that counts.
  return {
    number,
    grandTotal,
    kept: kept.filter(({ owner }, index) => kept.findLastIndex((each) => each.owner === owner) === index),
  };
}

function withFact(state: DayState, entry: DayEntry): DayState {
  const { fact } = entry;
  switch (fact.type) {
    case "shift.opened":
      return {
        ...state,
        currency: state.currency ?? fact.float.total.currency,
        drawers: [...state.drawers, opened(fact, entry)],
      };
    case "cash.moved":
      return withDrawer(state, fact.shift, (drawer) => withMove(drawer, fact));
    case "shift.counted":
      return withDrawer(state, fact.shift, (drawer) => withCount(drawer, fact));
    case "shift.closed":
      return withDrawer(state, fact.shift, (drawer) => closed(drawer, fact, entry));
    case "drawer.opened":
      return { ...state, drawerOpenings: state.drawerOpenings + 1 };
    case "receipt.reprinted":
      return { ...state, reprints: state.reprints + 1 };
    case "giftCard.paidOut":
      return withPayOut(state, fact.amount, fact.shift);
    default: {
      const ticket = ticketOf(fact);
      return ticket === null ? state : withSale(state, ticket);
    }
  }
}

function opened({ shift, owner, businessDay, float }: ShiftOpened, { at, staff }: DayEntry): DrawerState {
  const zero = zeroMoney(float.total.currency);
  return {
    shift,
    owner,
    businessDay,
    openedAt: at,
    openedBy: staff,
    float: float.total,
    cashIn: zero,
    cashOut: zero,
    moves: { in: zero, out: zero, pickup: zero },
    counted: null,
    closed: null,
  };
}

function withMove(drawer: DrawerState, { kind, amount }: CashMoved): DrawerState {
  if (amount.currency !== drawer.float.currency) return drawer;
  return {
    ...drawer,
    moves: { ...drawer.moves, [kind]: addMoney(drawer.moves[kind], amount) },
    counted: null,
  };
}

function withCount(drawer: DrawerState, { count, expected }: ShiftCounted): DrawerState {
  const off = subtractMoney(count.total, expected);
  const before = drawer.mostOff ?? zeroMoney(off.currency);
  const mostOff = Math.abs(off.minor) > Math.abs(before.minor) ? off : before;
  return { ...drawer, counted: count, mostOff };
}

function closed(drawer: DrawerState, fact: ShiftClosed, { at }: DayEntry): DrawerState {
  const { count, variance, reason, kept } = fact;
  return { ...drawer, counted: count, closed: { at, counted: count.total, variance, reason, kept } };
}

function withPayOut(state: DayState, amount: Money, shift: ShiftId | undefined): DayState {
  const currency = state.currency ?? amount.currency;
  if (amount.currency !== currency) return state;
  const paid = { ...state, currency, paidOut: state.paidOut + amount.minor };
  return withDrawer(paid, shift, (drawer) =>
    drawer.float.currency === currency ? withCash(drawer, { in: zeroMoney(currency), out: amount }) : drawer,
  );
}

function withSale(state: DayState, ticket: Ticket): DayState {
  const currency = state.currency ?? ticket.currency;
  if (ticket.currency !== currency) return state;
  const cash = ticket.tenders.map(moneyMoved).filter(({ kind }) => kind === "cash");
  const came = cash.reduce((sum, moved) => sum + moved.in, 0);
  const went = cash.reduce((sum, moved) => sum + moved.out, 0);
  const sold = {
    ...state,
    currency,
    sums: withTicket(state.sums, ticket),
    lastSaleDay: ticket.businessDay,
  };
  return withDrawer(sold, ticket.shift, (drawer) =>
    drawer.float.currency === currency
      ? withCash(drawer, { in: money(came, currency), out: money(went, currency) })
      : drawer,
  );
}

function withDrawer(
  state: DayState,
  shift: ShiftId | undefined,
  change: (drawer: DrawerState) => DrawerState,
): DayState {
  if (shift === undefined) return state;
  const drawers = state.drawers.map((drawer) => (drawer.shift === shift ? change(drawer) : drawer));
  return { ...state, drawers };
}
