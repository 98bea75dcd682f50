import { type BusinessDay, type Instant, idOf } from "../ids.ts";
import { madeOnce } from "../made-once.ts";
import { DAY_MS } from "./offline-state.ts";

const ISO_DAY_CHARS = 10;

/** The calendar day of a moment in the store's own time zone (IANA name). */
export function businessDayOf({
  at,
  timeZone,
}: {
  readonly at: Instant;
  readonly timeZone: string;
}): BusinessDay {
  const calendar = calendarOf(timeZone);
  const minute = Math.floor(at / MINUTE_MS);
  if (calendar.last?.minute !== minute) calendar.last = { minute, day: dayIn(calendar.format, at) };
  return calendar.last.day;
}

function dayIn(format: Intl.DateTimeFormat, at: Instant): BusinessDay {
  const parts = format.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? "";
  return idOf<"BusinessDay">(`${part("year")}-${part("month")}-${part("day")}`);
}

/** Since 1972 no zone's day has begun within a minute. */
const MINUTE_MS = 60_000;

interface Calendar {
  readonly format: Intl.DateTimeFormat;
  /** The day of the minute that was asked for last: a sale asks for its own some ten times. */
  last: { readonly minute: number; readonly day: BusinessDay } | null;
}

const calendarOf = madeOnce(
  (timeZone: string): Calendar => ({
    format: new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "gregory",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    }),
    last: null,
  }),
);

/** The days from 1970-01-01 to a day; throws a RangeError on text that names none. */
export function dayNumberOf(day: BusinessDay): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`${day} is no day`);
  return ms / DAY_MS;
}

/** The day that is so many days after 1970-01-01; null beyond the years 0000 to 9999. */
export function dayOfNumber(number: number): BusinessDay | null {
  const date = new Date(number * DAY_MS);
  const text = Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, ISO_DAY_CHARS);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? idOf<"BusinessDay">(text) : null;
}

/** The day so many days after another. Throws beyond the year 9999. */
export function daysAfter(day: BusinessDay, days: number): BusinessDay {
  const after = dayOfNumber(dayNumberOf(day) + days);
  if (after === null) throw new RangeError(`no calendar has ${days} days after ${day}`);
  return after;
}
