import type { BusinessDay, Instant, ShiftId, StaffId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { Permission } from "../staff/staff.ts";
import type { CashCount } from "./cash.ts";
import type { DayReport } from "./report.ts";

/** Money that is put into a drawer or taken out of it without a sale. `pickup`: to the safe or the bank. */
export const CASH_MOVEMENT_KINDS = ["in", "out", "pickup"] as const;
export type CashMovementKind = (typeof CASH_MOVEMENT_KINDS)[number];

/** What happens around a drawer and a day. `approvedBy`: whose PIN allowed it, where the one who did it was not allowed to. */
export type ShiftFact =
  | {
      readonly type: "shift.opened";
      readonly shift: ShiftId;
      /** Whose drawer it is; null: the one that everybody shares. */
      readonly owner: StaffId | null;
      readonly businessDay: BusinessDay;
      readonly float: CashCount;
      readonly approvedBy: StaffId | null;
    }
  | {
      readonly type: "cash.moved";
      readonly id: string;
      readonly shift: ShiftId;
      readonly kind: CashMovementKind;
      /** Above zero. */
      readonly amount: Money;
      readonly reason: string;
      readonly approvedBy: StaffId | null;
    }
  /** The drawer was opened without a sale. */
  | {
      readonly type: "drawer.opened";
      readonly shift: ShiftId | null;
      readonly reason: string;
      readonly approvedBy: StaffId | null;
    }
  /** Each count is written down, also one that is counted again: nobody counts until it fits. */
  | {
      readonly type: "shift.counted";
      readonly shift: ShiftId;
      readonly count: CashCount;
      readonly expected: Money;
    }
  | {
      readonly type: "shift.closed";
      readonly shift: ShiftId;
      readonly businessDay: BusinessDay;
      readonly count: CashCount;
      readonly expected: Money;
      /** counted - expected. */
      readonly variance: Money;
      /** Why it is off, in the words of whoever closed it; null where it is not. */
      readonly reason: string | null;
      /** What stays in the drawer as the next float; the rest is banked. */
      readonly kept: Money;
      readonly approvedBy: StaffId | null;
    }
  /** The Z report: the day of this till is over. */
  | { readonly type: "day.closed"; readonly report: DayReport; readonly approvedBy: StaffId | null };

/** What is written down of people at work. */
export type StaffFact =
  | { readonly type: "staff.clockedIn" }
  /** `leftAt`: when they left, where they forgot to say so and said it later; absent: when it was written. */
  | { readonly type: "staff.clockedOut"; readonly leftAt?: Instant }
  /** Somebody allowed by PIN what the one at the till might not do. `what`: in words, e.g. the article and the percentage. */
  | {
      readonly type: "action.approved";
      readonly permission: Permission;
      readonly approvedBy: StaffId;
      readonly what: string;
    }
  /** A basket with goods in it was given up, or a line was taken out of it. */
  | {
      readonly type: "basket.voided";
      readonly lines: readonly { readonly name: string; readonly quantity: number; readonly total: Money }[];
      readonly whole: boolean;
      readonly approvedBy: StaffId | null;
    };
