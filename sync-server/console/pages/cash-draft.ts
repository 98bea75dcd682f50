import { decimalText } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";
import type { CashPolicy, DrawerKind } from "#domain/shift/cash.ts";
import { amountOrNone, wholeNumber } from "./typed.ts";

const MAX_LOCK_MINUTES = 1_440;

/** A cash policy as it is typed. */
export interface CashDraft {
  readonly drawer: DrawerKind;
  readonly requireShift: boolean;
  readonly blindCount: boolean;
  readonly variance: string;
  readonly float: string;
  readonly pickupAbove: string;
  readonly lockAfter: string;
}

export function draftOfCash(policy: CashPolicy): CashDraft {
  const { drawer, requireShift, blindCount, variance, float, pickupAbove, lockAfterMinutes } = policy;
  return {
    drawer,
    requireShift,
    blindCount,
    variance: decimalText(variance),
    float: float === null ? "" : decimalText(float),
    pickupAbove: pickupAbove === null ? "" : decimalText(pickupAbove),
    lockAfter: lockAfterMinutes === null ? "" : String(lockAfterMinutes),
  };
}

/** The policy that was typed; null where a figure is none. */
export function cashOfDraft(draft: CashDraft, currency: Currency): CashPolicy | null {
  const variance = amountOrNone(draft.variance, currency);
  const float = amountOrNone(draft.float, currency);
  const pickupAbove = amountOrNone(draft.pickupAbove, currency);
  const minutes = draft.lockAfter.trim() === "" ? null : wholeNumber(draft.lockAfter);
  const isLockWrong =
    draft.lockAfter.trim() !== "" && (minutes === null || minutes < 1 || minutes > MAX_LOCK_MINUTES);
  if (variance === null || variance === "wrong" || float === "wrong" || pickupAbove === "wrong") return null;
  if (isLockWrong || pickupAbove?.minor === 0) return null;
  const { drawer, requireShift, blindCount } = draft;
  return { drawer, requireShift, blindCount, variance, float, pickupAbove, lockAfterMinutes: minutes };
}
