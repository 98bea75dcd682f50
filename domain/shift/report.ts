import type { BusinessDay, DeviceId, Instant, ReceiptNumber, ShiftId, StaffId, StoreId } from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import type { CashMovementKind } from "./facts.ts";

/** Sales and returns at one tax rate, returns subtracted. */
export interface ReportTax {
  readonly rate: string;
  readonly name: string;
  readonly ppm: number;
  readonly net: Money;
  readonly tax: Money;
}

/** How sales were paid: `in` what was taken (cash: without the change), `out` what was given back. */
export interface ReportTender {
  readonly kind: "cash" | "card" | "credit" | "giftCard" | "points" | "paidOnline" | "online";
  readonly count: number;
  readonly in: Money;
  readonly out: Money;
}

/** How one drawer came out: float + `cashIn` of sales - `cashOut` of refunds and paid out gift cards + in - out - picked up = expected. */
export interface ReportDrawer {
  readonly shift: ShiftId;
  /** Null: the drawer that everybody shares. */
  readonly owner: StaffId | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly float: Money;
  readonly cashIn: Money;
  readonly cashOut: Money;
  readonly moves: Readonly<Record<CashMovementKind, Money>>;
  readonly expected: Money;
  /** Null while it is not counted. */
  readonly counted: Money | null;
  /** counted - expected; below zero: money is missing. */
  readonly variance: Money | null;
  readonly varianceReason: string | null;
  /** What stayed in it as the next float. Absent while it is open. */
  readonly kept?: Money;
}

/** What one colleague did. */
export interface ReportStaff {
  readonly staff: StaffId;
  readonly tickets: number;
  readonly total: Money;
}

/**
 * An X or Z report of one till: all that happened from one Z to the next, by its own journal alone. Each figure is a sum over entries
 * `from` to `until` (inclusive, by seq), so that anybody with the journal can work it out again.
 */
export interface DayReport {
  /** X: a reading in between, Z: the close of the day with the next number of this till. */
  readonly kind: "x" | "z";
  /** Gapless per till, from 1; on an X the number that the next Z will have. */
  readonly number: number;
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly register: number;
  readonly businessDay: BusinessDay;
  readonly madeAt: Instant;
  readonly madeBy: StaffId;
  readonly currency: Currency;
  readonly span: {
    readonly from: { readonly epoch: number; readonly seq: number };
    readonly until: { readonly epoch: number; readonly seq: number };
  };
  readonly receipts: {
    readonly count: number;
    readonly first: ReceiptNumber | null;
    readonly last: ReceiptNumber | null;
  };
  /** Before discounts, of what was sold. */
  readonly sales: { readonly lines: number; readonly gross: Money };
  /** What came back, above zero. */
  readonly returns: { readonly lines: number; readonly total: Money };
  readonly discounts: { readonly count: number; readonly total: Money };
  /** Value sold on gift cards: no turnover yet. */
  readonly giftCards: Money;
  /** Value on gift cards that was given back in cash; it is in the drawers' `cashOut`. Absent: none. */
  readonly giftCardsPaidOut?: Money;
  readonly cashRounding: Money;
  /** What was due over all tickets. */
  readonly turnover: Money;
  readonly taxes: readonly ReportTax[];
  readonly tenders: readonly ReportTender[];
  readonly drawers: readonly ReportDrawer[];
  readonly staff: readonly ReportStaff[];
  readonly drawerOpenings: number;
  readonly reprints: number;
  readonly approvals: number;
  /** Turnover of all Z reports of this till up to and with this one. */
  readonly grandTotal: Money;
  /** Entries that had not reached the server when the report was made. */
  readonly unsent: number;
}
