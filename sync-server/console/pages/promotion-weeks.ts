import type { Instant } from "#domain/ids.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { instantOfLocalTime, localTimeOf } from "#domain/store/local-time.ts";

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** The Mondays at midnight from which a calendar's weeks begin, by the clocks of a time zone, and the one on which the last of them ends. */
export function mondaysFrom({
  at,
  timeZone,
  weeks,
}: {
  readonly at: Instant;
  readonly timeZone: string;
  readonly weeks: number;
}): readonly Instant[] {
  const today = Date.parse(`${localTimeOf({ at, timeZone }).slice(0, 10)}T00:00:00Z`);
  const sinceMonday = (new Date(today).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;
  return Array.from({ length: weeks + 1 }, (_, week) => {
    const day = new Date(today + (week * WEEK_DAYS - sinceMonday) * DAY_MS).toISOString().slice(0, 10);
    return instantOfLocalTime({ text: `${day}T00:00`, timeZone });
  }).filter((monday) => monday !== null);
}

/** Where a promotion's bar begins and how long it is, in percent of the calendar; null: it does not hold then. */
export function barOf(
  { validFrom, validUntil }: Pick<Promotion, "validFrom" | "validUntil">,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): { readonly left: number; readonly width: number } | null {
  const begins = Math.max(validFrom, from);
  const ends = Math.min(validUntil ?? until, until);
  if (ends <= begins) return null;
  const whole = until - from;
  return { left: ((begins - from) / whole) * 100, width: ((ends - begins) / whole) * 100 };
}
