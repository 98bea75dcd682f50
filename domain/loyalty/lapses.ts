import type { Instant } from "../ids.ts";
import type { PointsEntry } from "./ledger.ts";
import { correctionId, expiredId, historyOf, monthsAfter, type PointsHistory } from "./lots.ts";

/** By what points lapse. */
export interface LapsingRule {
  /** So many months after they came; null: never. */
  readonly months: number | null;
  /** Since when that holds: nothing lapses by it earlier. Null: for as long as anything came. */
  readonly since: Instant | null;
}

/** What is to be booked of a lot: that of its points `points` lapsed (`expired`), or that as many fewer did than is booked (`adjusted`). */
export interface LapseMove {
  readonly id: string;
  readonly kind: "expired" | "adjusted";
  readonly lot: string;
  /** Above zero. */
  readonly points: number;
  readonly at: Instant;
}

/**
 * What is to be booked by a moment, so that of each lot as much has lapsed as was left of it on the day it lapsed, by all that is known now. A till that was cut off may have told since of
 * points that came before or were used in time; whatever is told when, it comes to the same in the end. Asked at every sale of somebody who has points.
 */
export function lapseMoves(
  told: readonly PointsEntry[],
  rule: LapsingRule,
  at: Instant,
): readonly LapseMove[] {
  const history = historyOf(told);
  const older: Lapse[] = [];
  let otherwise = history.lapsedOtherwise;
  return history.brought.flatMap(({ id: lot, at: broughtAt, points: brought }): LapseMove[] => {
    const booked = history.lapsed.get(lot);
    const lapsedAt = booked?.at ?? lapsesAt(broughtAt, rule);
    if (lapsedAt === null || lapsedAt > at) {
      older.push({ brought, lapsedAt: null, lapsed: 0 });
      return [];
    }
    const lapsed = broughtAt > lapsedAt ? 0 : Math.max(0, brought - takenBeyond(older, history, lapsedAt));
    older.push({ brought, lapsedAt, lapsed });
    const missing = lapsed - (booked?.points ?? 0);
    const points = missing - Math.min(Math.max(0, missing), otherwise);
    otherwise -= missing - points;
    const nth = booked?.entries ?? 0;
    if (points > 0 && nth === 0) return [{ id: expiredId(lot), kind: "expired", lot, points, at: lapsedAt }];
    if (points > 0) return [{ id: correctionId("more", lot, nth), kind: "expired", lot, points, at }];
    if (points < 0)
      return [{ id: correctionId("less", lot, nth), kind: "adjusted", lot, points: -points, at }];
    return [];
  });
}

/** Null: never. */
function lapsesAt(broughtAt: Instant, { months, since }: LapsingRule): Instant | null {
  if (months === null) return null;
  const due = monthsAfter(broughtAt, months);
  return since !== null && since > due ? since : due;
}

/** An older lot, and what of it lapsed when. */
interface Lapse {
  readonly brought: number;
  readonly lapsedAt: Instant | null;
  readonly lapsed: number;
}

/** What was taken up to a moment beyond what older lots had for it. */
function takenBeyond(older: readonly Lapse[], { taken }: PointsHistory, moment: Instant): number {
  let open = 0;
  for (const { at, points } of taken) if (at <= moment) open += points;
  for (const { brought, lapsedAt, lapsed } of older) {
    const hadLapsed = lapsedAt !== null && lapsedAt <= moment ? lapsed : 0;
    open = Math.max(0, open - (brought - hadLapsed));
  }
  return open;
}
