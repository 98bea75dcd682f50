import { create } from "zustand";
import type { PointsView } from "#protocol/till/loyalty.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask } from "../../app/till.ts";
import { typeDigits } from "../../app/typed-digits.ts";
import { beginPayment, takeOnce } from "./payment-store.ts";

interface PointsEntry {
  /** What the customer's points can pay now; null: not asked yet, or they can pay nothing. */
  readonly found: PointsView | null;
  /** Why points can pay nothing; null: they can, or it is not known yet. */
  readonly refused: string | null;
  /** What was typed; empty stands for as many as can pay. */
  readonly digits: string;
}

const FRESH: PointsEntry = { found: null, refused: null, digits: "" };

/** The points that the customer pays with. */
export const usePoints = create<PointsEntry>(() => FRESH);

/** Asks how many points can pay for the basket as it is. */
export function beginPoints(): Promise<void> {
  usePoints.setState(FRESH);
  return inTurn(async () => {
    const answer = await ask("checkPoints", {});
    if (answer?.ok === true) usePoints.setState({ found: answer.value });
    if (answer?.ok === false) usePoints.setState({ refused: answer.reason });
  });
}

export function typePoints(typed: string): void {
  usePoints.setState(({ digits }) => ({ digits: typeDigits(digits, typed) }));
}

export function deletePointsDigit(): void {
  usePoints.setState(({ digits }) => ({ digits: digits.slice(0, -1) }));
}

/** Points that would be taken now: of what was typed the whole steps, and no more than can pay; 0 where that is too few. */
export function pointsToTake(
  { step, least, most }: Pick<PointsView, "step" | "least" | "most">,
  { digits }: Pick<PointsEntry, "digits"> = usePoints.getState(),
): number {
  if (digits === "") return most;
  const whole = Math.floor(Math.min(most, Number(digits)) / step) * step;
  return whole < least ? 0 : whole;
}

/** One step more or less, within what can be taken. */
export function stepPoints(by: 1 | -1): void {
  const { found } = usePoints.getState();
  if (found === null) return;
  const { step, least, most } = found;
  const whole = pointsToTake(found) + by * step;
  usePoints.setState({ digits: String(Math.min(most, Math.max(least, whole))) });
}

/** Pays with them; once taken, the entry begins anew. */
export async function takePoints(): Promise<void> {
  const { found } = usePoints.getState();
  const points = found === null ? 0 : pointsToTake(found);
  if (points === 0) return;
  await takeOnce("takePoints", { points }, async () => {
    const answer = await ask("takePoints", { points });
    if (answer?.ok !== true) return;
    usePoints.setState(FRESH);
    beginPayment();
  });
}
