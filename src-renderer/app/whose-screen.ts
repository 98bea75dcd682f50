import { useLayoutEffect } from "react";
import type { StaffId } from "#domain/ids.ts";
import { resetCases } from "../features/cases/cases-store.ts";
import { clearSearch } from "../features/catalog/catalog-store.ts";
import { resetOrders } from "../features/orders/orders-store.ts";
import { closeOverlay } from "./overlay.ts";
import { usePlace } from "./place.ts";
import { useRegister } from "./register.ts";
import { leaveReturn } from "./returning.ts";

/** Whose work is on screen. */
let whose: StaffId | null = null;

/**
 * What somebody left on screen is there when they come back to a till that locked meanwhile. A colleague begins at the register with their own
 * basket, not in a sheet, a hand-out or a payment that somebody else began.
 */
export function useOwnScreen(staff: StaffId): void {
  useLayoutEffect(() => {
    if (whose !== null && whose !== staff) beginAfresh();
    whose = staff;
  }, [staff]);
}

function beginAfresh(): void {
  closeOverlay();
  useRegister.setState({ paying: false, done: null });
  usePlace.setState({ screen: "register" });
  leaveReturn();
  clearSearch();
  resetOrders();
  resetCases();
}
