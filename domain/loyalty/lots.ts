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

/** What came to a customer and what went, sorted by what it did to their lots. */
export interface PointsHistory {
  /** The oldest first; of what a purchase earned without what came back of it since, so that it may be below zero. */
  readonly brought: readonly Earned[];
  /** What was taken of no lot that anybody named: of the oldest that there were. */
  readonly taken: readonly { readonly at: Instant; readonly points: number }[];
  /** What is booked as lapsed, by the lot. */
  readonly lapsed: ReadonlyMap<string, BookedLapse>;
  /**
   * So many more are booked as lapsed, without the lots that they were of: in books of before, what was given back of a lot was a lot of its own, which could lapse. By then
   * whatever had come before it had lapsed as well.
   */
  readonly lapsedOtherwise: number;
}

export interface BookedLapse {
  /** Null: whatever says so is not among the entries. */
  readonly at: Instant | null;
  /** Less what was put right since. */
  readonly points: number;
  /** In so many entries. */
  readonly entries: number;
}

export function historyOf(told: readonly PointsEntry[]): PointsHistory {
  const entries = pointsOnce(told);
  const ids = new Set(entries.map(({ id }) => id));
  const lapsed = new Map<string, BookedLapse>();
  const taken: { at: Instant; points: number }[] = [];
  let lapsedOtherwise = 0;
  const brought = [...stillEarned(entries)];
  for (const entry of entries) {
    const { id, at, kind } = entry;
    if (kind === "earned" || kind === "takenBack") continue;
    const points = toCustomerOf(entry);
    const lot = lapsedLot(id);
    if (lot !== null && ids.has(lot) && lapsedLot(lot) !== null) lapsedOtherwise -= points;
    else if (lot !== null && ids.has(lot)) {
      const before = lapsed.get(lot);
      lapsed.set(lot, {
        at: id === expiredId(lot) ? at : (before?.at ?? null),
        points: (before?.points ?? 0) - points,
        entries: (before?.entries ?? 0) + 1,
      });
    } else if (points > 0) brought.push({ id, at, points });
    else taken.push({ at, points: -points });
  }
  return {
    brought: brought.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    taken,
    lapsed,
    lapsedOtherwise: Math.max(0, lapsedOtherwise),
  };
}

/**
 * What is left of a customer's points, lot by lot, the oldest first. What a purchase earned and lost again since it came back is off its own lot, and so is what
 * lapsed; whatever else was taken was taken of the oldest that there were.
 */
export function pointsLots(told: readonly PointsEntry[]): readonly PointsLot[] {
  const history = historyOf(told);
  let taken = history.taken.reduce((sum, { points }) => sum + points, history.lapsedOtherwise);
  return history.brought.flatMap(({ id, at, points: brought }) => {
    const points = brought - (history.lapsed.get(id)?.points ?? 0);
    const used = Math.min(points, taken);
    taken -= used;
    return points > used ? [{ id, at, points: points - used }] : [];
  });
}

const EXPIRED = "expired:";
const EXPIRED_MORE = "expiredMore:";
const RESTORED = "restored:";

/** Under which a lot's lapsing is booked. */
export function expiredId(lot: string): string {
  return `${EXPIRED}${lot}`;
}

/** Under which it is booked that more of a lot had lapsed, or less, than its `nth` entries before say. */
export function correctionId(which: "more" | "less", lot: string, nth: number): string {
  return `${which === "more" ? EXPIRED_MORE : RESTORED}${lot}:no${nth}`;
}

/** Of which lot an entry says how much lapsed; null for any other. */
function lapsedLot(id: string): string | null {
  if (id.startsWith(EXPIRED)) return id.slice(EXPIRED.length);
  for (const prefix of [EXPIRED_MORE, RESTORED])
    if (id.startsWith(prefix)) return id.slice(prefix.length, id.lastIndexOf(":"));
  return null;
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
