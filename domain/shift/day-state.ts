import type { BusinessDay, Instant, ShiftId, StaffId } from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import type { CashCount } from "./cash.ts";
import { type DaySums, NO_SUMS } from "./day-sums.ts";
import type { CashMovementKind } from "./facts.ts";

/** Where an entry stands in its till's journal. */
export interface JournalPlace {
  readonly epoch: number;
  readonly seq: number;
}

/** How a drawer was closed. */
export interface DrawerClose {
  readonly at: Instant;
  readonly counted: Money;
  readonly variance: Money;
  readonly reason: string | null;
  readonly kept: Money;
}

/** One drawer from its opening on. */
export interface DrawerState {
  readonly shift: ShiftId;
  /** Null: the one that everybody shares. */
  readonly owner: StaffId | null;
  readonly businessDay: BusinessDay;
  readonly openedAt: Instant;
  readonly openedBy: StaffId | null;
  readonly float: Money;
  /** Of sales, without the change. */
  readonly cashIn: Money;
  /** Refunds, and gift cards that were paid out. */
  readonly cashOut: Money;
  readonly moves: Readonly<Record<CashMovementKind, Money>>;
  /** The last count, while no cash has moved since. */
  readonly counted: CashCount | null;
  /** What that of its counts was off by that was off the most: one that is put right later does not undo it. Absent: it was not counted. */
  readonly mostOff?: Money;
  readonly closed: DrawerClose | null;
}

/** What the last Z report leaves to the next day. */
export interface LastClose {
  readonly number: number;
  readonly grandTotal: Money;
  /** What stayed in each drawer. */
  readonly kept: readonly { readonly owner: StaffId | null; readonly amount: Money }[];
}

/**
 * A till's drawers and its day since the last Z report, by its own journal alone. Sums are of one currency, that of the first money since then: a
 * store that changes its currency closes the day before.
 */
export interface DayState {
  readonly last: LastClose | null;
  readonly from: JournalPlace | null;
  readonly until: JournalPlace | null;
  readonly currency: Currency | null;
  /** In the order in which they were opened. */
  readonly drawers: readonly DrawerState[];
  readonly sums: DaySums;
  readonly paidOut: number;
  /** Of the newest ticket. */
  readonly lastSaleDay: BusinessDay | null;
  readonly drawerOpenings: number;
  readonly reprints: number;
  readonly approvals: number;
}

/** A day on which nothing has happened yet. */
export function newDay(last: LastClose | null): DayState {
  return {
    last,
    from: null,
    until: null,
    currency: null,
    drawers: [],
    sums: NO_SUMS,
    paidOut: 0,
    lastSaleDay: null,
    drawerOpenings: 0,
    reprints: 0,
    approvals: 0,
  };
}

/** Number that the next Z report has. */
export function nextNumber({ last }: Pick<DayState, "last">): number {
  return (last?.number ?? 0) + 1;
}

/** Whether anything happened that a Z report would tell. */
export function isBlankDay({ drawers, sums, paidOut, drawerOpenings }: DayState): boolean {
  return drawers.length === 0 && sums.receipts.count === 0 && paidOut === 0 && drawerOpenings === 0;
}

/** The business day that a report of now is of: that on which the first drawer was opened, else of the newest ticket, else today. */
export function dayOf({ drawers, lastSaleDay }: DayState, today: BusinessDay): BusinessDay {
  return drawers[0]?.businessDay ?? lastSaleDay ?? today;
}
