import { compareMoney, subtractMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { MAX_AMOUNT_MINOR } from "../ticket/basket.ts";
import type { CashPolicy } from "./cash.ts";
import { isWithin } from "./cash-count.ts";
import type { DrawerState } from "./day-state.ts";
import { expectedCash } from "./drawers.ts";
import type { CashMovementKind } from "./facts.ts";

/** What the last count of a drawer is off by, below zero: money is missing; zero where it is not counted. */
export function varianceOf(drawer: DrawerState): Money {
  const expected = expectedCash(drawer);
  return subtractMoney(drawer.counted?.total ?? expected, expected);
}

/**
 * Whether a drawer is off by more than its store lets pass. Whoever counts blind learns from a count what there should be: from then on another count that fits
 * proves nothing.
 */
export function isOff(
  drawer: DrawerState,
  { blindCount, variance: tolerance }: Pick<CashPolicy, "blindCount" | "variance">,
): boolean {
  const off = blindCount ? (drawer.mostOff ?? varianceOf(drawer)) : varianceOf(drawer);
  return !isWithin(off, tolerance) || !isWithin(varianceOf(drawer), tolerance);
}

/** What keeps a drawer from being closed as it is asked for, whoever asks; null: nothing. `kept` stays in it as the next float. */
export function closeDoubt(
  drawer: DrawerState,
  { kept, reason }: { readonly kept: Money; readonly reason: string | null },
  policy: Pick<CashPolicy, "blindCount" | "variance">,
): "notCounted" | "reasonNeeded" | "keptTooMuch" | null {
  const { counted } = drawer;
  if (counted === null) return "notCounted";
  if (reason === null && isOff(drawer, policy)) return "reasonNeeded";
  const isKeepable =
    kept.currency === counted.total.currency && kept.minor >= 0 && compareMoney(kept, counted.total) <= 0;
  return isKeepable ? null : "keptTooMuch";
}

/** Why so much cannot be put into a drawer or taken out of it; null: it can. `seesExpected`: whether who asks may know what is in it. */
export function moveDoubt(
  drawer: DrawerState,
  { kind, amount }: { readonly kind: CashMovementKind; readonly amount: Money },
  seesExpected: boolean,
): "wrongCurrency" | "notEnoughCash" | null {
  if (amount.currency !== drawer.float.currency) return "wrongCurrency";
  const isTooMuch = kind !== "in" && compareMoney(amount, expectedCash(drawer)) > 0;
  // Whoever counts blind learns it from no refusal either: what was taken out is written down, and the count tells.
  return isTooMuch && seesExpected ? "notEnoughCash" : null;
}

/** Whether an amount is one that may be moved at all. */
export function amountDoubt({ minor }: Money): "amountNotPositive" | "amountTooLarge" | null {
  if (minor <= 0) return "amountNotPositive";
  return minor > MAX_AMOUNT_MINOR ? "amountTooLarge" : null;
}

/** Whether more cash lies in a drawer than its store wants there. */
export function isPickupWanted({ pickupAbove }: Pick<CashPolicy, "pickupAbove">, expected: Money): boolean {
  return (
    pickupAbove !== null &&
    pickupAbove.currency === expected.currency &&
    compareMoney(expected, pickupAbove) > 0
  );
}
