import type { BusinessDay, ShiftId, StaffId } from "../ids.ts";
import { addMoney, subtractMoney, sumMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { DrawerKind } from "./cash.ts";
import type { DayState, DrawerState } from "./day-state.ts";

/** What should lie in a drawer. */
export function expectedCash({ float, cashIn, cashOut, moves }: DrawerState): Money {
  const came = sumMoney([float, cashIn, moves.in], float.currency);
  const went = sumMoney([cashOut, moves.out, moves.pickup], float.currency);
  return subtractMoney(came, went);
}

/** Drawers that are not closed yet, in the order in which they were opened. */
export function openDrawers({ drawers }: Pick<DayState, "drawers">): readonly DrawerState[] {
  return drawers.filter(({ closed }) => closed === null);
}

/** The open drawer of a shift; null where there is none (any more). */
export function openDrawer(state: Pick<DayState, "drawers">, shift: ShiftId): DrawerState | null {
  return openDrawers(state).find((drawer) => drawer.shift === shift) ?? null;
}

/** Whose drawer a colleague works with: their own, or the one that is shared (null). */
export function ownerOf(kind: DrawerKind, staff: StaffId): StaffId | null {
  return kind === "own" ? staff : null;
}

/** The open drawer that sales of a colleague go into; null while there is none. */
export function drawerFor(
  state: Pick<DayState, "drawers">,
  { kind, staff }: { readonly kind: DrawerKind; readonly staff: StaffId },
): DrawerState | null {
  const owner = ownerOf(kind, staff);
  return openDrawers(state).find((drawer) => drawer.owner === owner) ?? null;
}

/** A drawer that was opened on a day that is over wants to be closed before anything else is sold. */
export function isForgotten({ businessDay }: Pick<DrawerState, "businessDay">, today: BusinessDay): boolean {
  return businessDay < today;
}

/** What the last close of a drawer left in it; null where that is not known. */
export function keptFor({ drawers, last }: DayState, owner: StaffId | null): Money | null {
  const closed = drawers.findLast((drawer) => drawer.owner === owner && drawer.closed !== null)?.closed;
  return closed?.kept ?? last?.kept.find((each) => each.owner === owner)?.amount ?? null;
}

/** A drawer into which cash came and out of which it went. Counted before, it has to be counted again. */
export function withCash(
  drawer: DrawerState,
  { in: came, out: went }: { readonly in: Money; readonly out: Money },
): DrawerState {
  if (came.minor === 0 && went.minor === 0) return drawer;
  return {
    ...drawer,
    cashIn: addMoney(drawer.cashIn, came),
    cashOut: addMoney(drawer.cashOut, went),
    counted: null,
  };
}
