import type { BusinessDay, StaffId } from "#domain/ids.ts";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import { isPickupWanted } from "#domain/shift/closing.ts";
import { type DayState, type DrawerState, nextNumber } from "#domain/shift/day-state.ts";
import { denominationsOf } from "#domain/shift/denominations.ts";
import {
  drawerFor,
  expectedCash,
  isForgotten,
  keptFor,
  openDrawers,
  ownerOf,
} from "#domain/shift/drawers.ts";
import type { OpenShiftView, ShiftView } from "#protocol/till/shift.ts";
import type { OnDuty } from "../shop/session.ts";

/** The drawers as whoever is on duty may see them. */
export function shiftViewOf({
  state,
  duty,
  today,
  seesExpected,
  nameOf,
}: {
  readonly state: DayState;
  readonly duty: OnDuty;
  readonly today: BusinessDay;
  /** Whether the colleague may read what a drawer should hold. */
  readonly seesExpected: boolean;
  readonly nameOf: (staff: StaffId) => NonNullable<OpenShiftView["owner"]>;
}): ShiftView {
  const { settings, staff } = duty;
  const policy = cashPolicyOf(settings);
  const shown = (drawer: DrawerState): OpenShiftView => {
    const expected = expectedCash(drawer);
    return {
      shift: drawer.shift,
      owner: drawer.owner === null ? null : nameOf(drawer.owner),
      openedAt: drawer.openedAt,
      openedBy: drawer.openedBy === null ? "" : nameOf(drawer.openedBy).name,
      businessDay: drawer.businessDay,
      forgotten: isForgotten(drawer, today),
      float: drawer.float,
      expected: seesExpected ? expected : null,
      pickupWanted: isPickupWanted(policy, expected),
    };
  };
  const mine = drawerFor(state, { kind: policy.drawer, staff: staff.id });
  return {
    businessDay: today,
    required: policy.requireShift,
    drawer: policy.drawer,
    blindCount: policy.blindCount,
    denominations: [...denominationsOf(settings.currency)],
    suggestedFloat: keptFor(state, ownerOf(policy.drawer, staff.id)) ?? policy.float,
    mine: mine === null ? null : shown(mine),
    open: openDrawers(state).map(shown),
    nextZ: nextNumber(state),
    salesSinceZ: state.sums.receipts.count,
    lockAfterMinutes: policy.lockAfterMinutes,
  };
}
