import type { BusinessDay } from "../ids.ts";
import { daysAfter } from "../store/business-day.ts";

/** Counts are kept for so many days. */
export const AUDIT_TREND_DAYS = 90;

/** What was counted last on a day. */
export interface AuditCount {
  readonly day: BusinessDay;
  readonly count: number;
}

/** Since which day there was something on every day that was counted, the last one included; null: there is nothing. `trend` from old to new. */
export function sinceOf(trend: readonly AuditCount[]): BusinessDay | null {
  const lastClean = trend.findLastIndex(({ count }) => count === 0);
  return trend[lastClean + 1]?.day ?? null;
}

/** By how much the last count is above (below zero: below) the newest of at least so many days before it; null: nothing is known from then. */
export function changeOver(trend: readonly AuditCount[], days: number): number | null {
  const last = trend.at(-1);
  if (last === undefined) return null;
  const then = daysAfter(last.day, -days);
  const former = trend.findLast(({ day }) => day <= then);
  return former === undefined ? null : last.count - former.count;
}

/** Acts per 1,000 tickets, to a tenth; null where there were no tickets. */
export function perThousand({
  count,
  tickets,
}: {
  readonly count: number;
  readonly tickets: number;
}): number | null {
  return tickets === 0 ? null : Math.round((count * 10_000) / tickets) / 10;
}
