import type { BusinessDay, DeviceId, Instant, ShiftId, StaffId, StoreId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { CashMovementKind, ShiftFact } from "./facts.ts";

/** Something that was done with a drawer. `id` names it for good, so that it counts once. */
export type DrawerAct = {
  readonly id: string;
  readonly at: Instant;
  readonly by: StaffId | null;
  readonly approvedBy: StaffId | null;
} & (
  | { readonly kind: CashMovementKind; readonly amount: Money; readonly reason: string }
  /** The drawer was opened without a sale. */
  | { readonly kind: "opened"; readonly reason: string }
  | { readonly kind: "counted"; readonly counted: Money; readonly expected: Money }
);

/** How a drawer was closed. */
export interface DrawerClose {
  readonly at: Instant;
  readonly by: StaffId | null;
  readonly approvedBy: StaffId | null;
  readonly counted: Money;
  readonly expected: Money;
  /** counted - expected. */
  readonly variance: Money;
  readonly reason: string | null;
  readonly kept: Money;
}

/** A drawer's shift as its till told of it. */
export interface BookedShift {
  readonly shift: ShiftId;
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly register: number;
  /** Null: the drawer that everybody shares. */
  readonly owner: StaffId | null;
  readonly openedAt: Instant;
  readonly openedBy: StaffId | null;
  readonly businessDay: BusinessDay;
  readonly float: Money;
  /** In the order in which they were told. */
  readonly acts: readonly DrawerAct[];
  /** Null while it is open. */
  readonly closed: DrawerClose | null;
}

/** Who did it and when. `id`: of the entry that tells of it. */
export interface DrawerDoer {
  readonly id: string;
  readonly at: Instant;
  readonly by: StaffId | null;
}

/** What a fact says was done with a drawer; null where it tells of no act between its opening and its close. */
export function drawerActOf(
  fact: ShiftFact,
  { id, at, by }: DrawerDoer,
): { readonly shift: ShiftId; readonly act: DrawerAct } | null {
  switch (fact.type) {
    case "cash.moved": {
      const { kind, amount, reason, approvedBy } = fact;
      return { shift: fact.shift, act: { id: fact.id, at, by, approvedBy, kind, amount, reason } };
    }
    case "drawer.opened": {
      const { shift, reason, approvedBy } = fact;
      return shift === null ? null : { shift, act: { id, at, by, approvedBy, kind: "opened", reason } };
    }
    case "shift.counted": {
      const { shift, count, expected } = fact;
      return {
        shift,
        act: { id, at, by, approvedBy: null, kind: "counted", counted: count.total, expected },
      };
    }
    case "shift.opened":
    case "shift.closed":
    case "day.closed":
      return null;
  }
}

/** The shift with one act more; the same where it counted before. */
export function withDrawerAct(shift: BookedShift, act: DrawerAct): BookedShift {
  return shift.acts.some(({ id }) => id === act.id) ? shift : { ...shift, acts: [...shift.acts, act] };
}

/** The shift once it is closed; the same where it was closed before. */
export function withDrawerClose(
  shift: BookedShift,
  {
    count,
    expected,
    variance,
    reason,
    kept,
    approvedBy,
  }: Extract<ShiftFact, { readonly type: "shift.closed" }>,
  { at, by }: DrawerDoer,
): BookedShift {
  if (shift.closed !== null) return shift;
  const closed = { at, by, approvedBy, counted: count.total, expected, variance, reason, kept };
  return { ...shift, closed };
}

/** Whether a drawer is off by more than its store lets pass; money of another currency always is. */
export function isVarianceTooLarge(variance: Money, allowed: Money): boolean {
  return variance.currency !== allowed.currency
    ? variance.minor !== 0
    : Math.abs(variance.minor) > allowed.minor;
}
