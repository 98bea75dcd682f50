import { type Instant, instant } from "../ids.ts";
import { type PointsEntry, pointsOnce, toCustomerOf } from "./ledger.ts";

export const MONTHS_IN_YEAR = 12;

/** Points that came together and lapse together. */
export interface PointsLot {
  /** Id of the entry that brought them. */
  readonly id: string;
  readonly at: Instant;
  /** What is left of them; above zero. */
  readonly points: number;
}

/** The moment so many months later, by the calendar of UTC; the last day of a month stays within the month. */
export function monthsAfter(at: Instant, months: number): Instant {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return instant(date.getTime());
}

/** What a purchase earned that did not come back since. */
interface Earned {
  readonly id: string;
  readonly at: Instant;
  readonly points: number;
}

function stillEarned(entries: readonly PointsEntry[]): readonly Earned[] {
  const back = new Map<string, number>();
  for (const entry of entries)
    if (entry.kind === "takenBack" && entry.purchase !== null)
      back.set(entry.purchase, (back.get(entry.purchase) ?? 0) - toCustomerOf(entry));
  return entries.flatMap((entry) => {
    if (entry.kind !== "earned") return [];
    const points = toCustomerOf(entry) - (back.get(entry.purchase ?? "") ?? 0);
    return [{ id: entry.id, at: entry.at, points }];
  });
}

/**
 * What is left of a customer's points, lot by lot, the oldest first. What a purchase earned and lost again since it came back is off its own lot; whatever else
 * was taken was taken of the oldest that there were.
 */
export function pointsLots(told: readonly PointsEntry[]): readonly PointsLot[] {
  const entries = pointsOnce(told);
  const earned = stillEarned(entries);
  const others = entries.filter(({ kind }) => kind !== "earned" && kind !== "takenBack");
  const brought = [
    ...earned,
    ...others
      .map((entry) => ({ id: entry.id, at: entry.at, points: toCustomerOf(entry) }))
      .filter(({ points }) => points > 0),
  ].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  let taken = others.reduce((sum, entry) => sum + Math.max(0, -toCustomerOf(entry)), 0);
  return brought.flatMap(({ id, at, points }) => {
    const used = Math.min(points, taken);
    taken -= used;
    return points > used ? [{ id, at, points: points - used }] : [];
  });
}

/** The lots that have lapsed by a moment. */
export function lapsedLots(
  entries: readonly PointsEntry[],
  { months, at }: { readonly months: number | null; readonly at: Instant },
): readonly PointsLot[] {
  if (months === null) return [];
  return pointsLots(entries).filter((lot) => monthsAfter(lot.at, months) <= at);
}

/** Under which a lot's lapsing is booked. */
export function expiredId(lot: string): string {
  return `expired:${lot}`;
}

/** What was earned in the twelve months up to a moment, less what came back of it. */
export function earnedInYear(told: readonly PointsEntry[], at: Instant): number {
  const since = monthsAfter(at, -MONTHS_IN_YEAR);
  return stillEarned(pointsOnce(told)).reduce(
    (sum, each) => (each.at > since && each.at <= at ? sum + each.points : sum),
    0,
  );
}

/** When something earned leaves the twelve months that count for the tier; null where nothing does. */
export function nextOutOfYear(told: readonly PointsEntry[], at: Instant): Instant | null {
  const since = monthsAfter(at, -MONTHS_IN_YEAR);
  const next = stillEarned(pointsOnce(told)).flatMap((each) =>
    each.at > since && each.points > 0 ? [monthsAfter(each.at, MONTHS_IN_YEAR)] : [],
  );
  return next.length === 0 ? null : instant(Math.max(at + 1, Math.min(...next)));
}
