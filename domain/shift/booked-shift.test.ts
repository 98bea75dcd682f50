import { describe, expect, it } from "vitest";
import { idOf, instant } from "../ids.ts";
import { CHF, eur } from "../testing/shop.ts";
import {
  type BookedShift,
  drawerActOf,
  isVarianceTooLarge,
  withDrawerAct,
  withDrawerClose,
} from "./booked-shift.ts";
import type { ShiftFact } from "./facts.ts";

const SHIFT = idOf<"Shift">("shift-1");
const MIRA = idOf<"Staff">("mira");
const doer = { id: "entry-1", at: instant(5), by: MIRA };
const open: BookedShift = {
  shift: SHIFT,
  store: idOf<"Store">("s"),
  device: idOf<"Device">("d"),
  register: 1,
  owner: null,
  openedAt: instant(1),
  openedBy: MIRA,
  businessDay: idOf<"BusinessDay">("2026-11-26"),
  float: eur(15_000),
  acts: [],
  closed: null,
};
const closing = {
  type: "shift.closed",
  shift: SHIFT,
  businessDay: open.businessDay,
  count: { pieces: [], total: eur(14_900) },
  expected: eur(15_000),
  variance: eur(-100),
  reason: "Not known",
  kept: eur(10_000),
  approvedBy: null,
} as const satisfies ShiftFact;

describe("a drawer as HQ knows it", () => {
  it("counts what was done with it once, however often it is told", () => {
    const moved = {
      type: "cash.moved",
      id: "move-1",
      shift: SHIFT,
      kind: "in",
      amount: eur(500),
      reason: "Change",
      approvedBy: null,
    } as const;
    const told = drawerActOf(moved, doer);
    const again = drawerActOf(moved, { ...doer, id: "entry-2" });
    if (told === null || again === null) throw new Error("a movement is an act");
    const once = withDrawerAct(open, told.act);
    expect(withDrawerAct(once, again.act)).toBe(once);
    expect(once.acts).toEqual([
      {
        id: "move-1",
        at: instant(5),
        by: MIRA,
        approvedBy: null,
        kind: "in",
        amount: eur(500),
        reason: "Change",
      },
    ]);
  });

  it("is closed once: a second close changes nothing", () => {
    const closed = withDrawerClose(open, closing, doer);
    expect(closed.closed).toMatchObject({ counted: eur(14_900), variance: eur(-100), kept: eur(10_000) });
    expect(withDrawerClose(closed, { ...closing, variance: eur(0) }, doer)).toBe(closed);
  });

  it("an opening without a shift is nobody's drawer", () => {
    expect(
      drawerActOf({ type: "drawer.opened", shift: null, reason: "Check", approvedBy: null }, doer),
    ).toBeNull();
  });

  it("may be off by what the store lets pass, either way, and by no cent more", () => {
    const allowed = eur(200);
    expect([-200, 0, 200].map((minor) => isVarianceTooLarge(eur(minor), allowed))).toEqual([
      false,
      false,
      false,
    ]);
    expect([-201, 201].map((minor) => isVarianceTooLarge(eur(minor), allowed))).toEqual([true, true]);
    expect(isVarianceTooLarge({ minor: 1, currency: CHF }, allowed)).toBe(true);
  });
});
