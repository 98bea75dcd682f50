import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { eur } from "../testing/shop.ts";
import { closeDoubt, isOff, isPickupWanted, moveDoubt, varianceOf } from "./closing.ts";
import type { DrawerState } from "./day-state.ts";

const BLIND = { blindCount: true, variance: eur(200) };
const OPEN = { blindCount: false, variance: eur(200) };
const drawer = (counted: number | null, mostOff?: number): DrawerState => ({
  shift: idOf<"Shift">("shift"),
  owner: null,
  businessDay: idOf<"BusinessDay">("2026-11-26"),
  openedAt: instant(0),
  openedBy: null,
  float: eur(10_000),
  cashIn: eur(0),
  cashOut: eur(0),
  moves: { in: eur(0), out: eur(0), pickup: eur(0) },
  counted: counted === null ? null : { pieces: [], total: eur(counted) },
  ...(mostOff === undefined ? {} : { mostOff: eur(mostOff) }),
  closed: null,
});
const keep = (kept: number, reason: string | null = null) => ({ kept: eur(kept), reason });

describe("a drawer that is closed", () => {
  test("is counted, says why it is off, and keeps no more than was counted", () => {
    expect(closeDoubt(drawer(null), keep(0), OPEN)).toBe("notCounted");
    expect(closeDoubt(drawer(9_800), keep(9_800), OPEN)).toBeNull();
    expect(closeDoubt(drawer(9_799), keep(0), OPEN)).toBe("reasonNeeded");
    expect(closeDoubt(drawer(9_799), keep(0, "Wrong change"), OPEN)).toBeNull();
    expect(closeDoubt(drawer(10_000), keep(10_001), OPEN)).toBe("keptTooMuch");
    expect(closeDoubt(drawer(10_000), keep(-1), OPEN)).toBe("keptTooMuch");
  });

  test("was off where a blind count was, although a later one fits", () => {
    expect(varianceOf(drawer(10_000, -5_000))).toEqual(eur(0));
    expect(isOff(drawer(10_000, -5_000), BLIND)).toBe(true);
    expect(isOff(drawer(10_000, -5_000), OPEN)).toBe(false);
    expect(isOff(drawer(10_000, -200), BLIND)).toBe(false);
  });
});

test("no more is taken out than lies in a drawer, as far as whoever takes it may know that", () => {
  const out = { kind: "out", amount: eur(10_001) } as const;
  expect(moveDoubt(drawer(null), out, true)).toBe("notEnoughCash");
  expect(moveDoubt(drawer(null), out, false)).toBeNull();
  expect(moveDoubt(drawer(null), { ...out, amount: eur(10_000) }, true)).toBeNull();
  expect(moveDoubt(drawer(null), { ...out, kind: "in" }, true)).toBeNull();
});

test("a pick-up is wanted above what the store wants in a drawer, not at it", () => {
  const wanted = (minor: number) => isPickupWanted({ pickupAbove: eur(100_000) }, eur(minor));
  expect([99_999, 100_000, 100_001].map(wanted)).toEqual([false, false, true]);
  expect(isPickupWanted({ pickupAbove: null }, eur(9_000_000))).toBe(false);
});
