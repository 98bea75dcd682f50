import type { Instant } from "../ids.ts";
import { businessDayOf, daysAfter } from "./business-day.ts";
import { instantOfLocalTime, localTimeOf } from "./local-time.ts";

const WEEK_DAYS = 7;
const WEEK_MS = 7 * 86_400_000;
const DAY_CHARS = 10;

/**
 * The moment of the same time of day seven days before, by the clocks of a time zone (IANA name), to the minute: what today so far is compared with. Clocks
 * that went forward or back in between change nothing of it.
 */
export function weekBefore({ at, timeZone }: { readonly at: Instant; readonly timeZone: string }): Instant {
  const time = localTimeOf({ at, timeZone }).slice(DAY_CHARS);
  const day = daysAfter(businessDayOf({ at, timeZone }), -WEEK_DAYS);
  // Every day has every time, as far as `instantOfLocalTime` goes.
  return instantOfLocalTime({ text: `${day}${time}`, timeZone }) ?? ((at - WEEK_MS) as Instant);
}

/** The moment at which the calendar day of a moment began. */
export function dayBegin({ at, timeZone }: { readonly at: Instant; readonly timeZone: string }): Instant {
  const day = businessDayOf({ at, timeZone });
  return instantOfLocalTime({ text: `${day}T00:00`, timeZone }) ?? at;
}
