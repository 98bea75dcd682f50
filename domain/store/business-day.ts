import { type BusinessDay, type Instant, idOf } from "../ids.ts";
import { madeOnce } from "../made-once.ts";

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

const calendarOf = madeOnce(
  (timeZone: string) =>
    new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "gregory",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    }),
);
