import { type BusinessDay, type Instant, idOf } from "../ids.ts";

/** The calendar day of a moment in the store's own time zone (IANA name). */
export function businessDayOf({
  at,
  timeZone,
}: {
  readonly at: Instant;
  readonly timeZone: string;
}): BusinessDay {
  const parts = calendarOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? "";
  return idOf<"BusinessDay">(`${part("year")}-${part("month")}-${part("day")}`);
}

/** One per time zone: making one takes longer than all else of a sale's domain work. */
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "gregory",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  calendars.set(timeZone, made);
  return made;
}
