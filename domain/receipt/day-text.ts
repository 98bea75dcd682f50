import type { BusinessDay } from "../ids.ts";
import { madeOnce } from "../made-once.ts";
import { dayNumberOf } from "../store/business-day.ts";
import { DAY_MS } from "../store/offline-state.ts";

/** A day as people of the locale write it on paper. Throws a RangeError on text that names none. */
export function dayText(day: BusinessDay, locale: string): string {
  return dayFormat(locale).format(dayNumberOf(day) * DAY_MS);
}

const dayFormat = madeOnce(
  (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }),
);
