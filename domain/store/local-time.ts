import { type Instant, instant } from "../ids.ts";
import { madeOnce } from "../made-once.ts";

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** A moment as the clocks of a time zone (IANA name) show it, to the minute: `2026-11-26T14:05`. */
export function localTimeOf({ at, timeZone }: { readonly at: Instant; readonly timeZone: string }): string {
  const shown = partsOf(at, timeZone);
  return `${shown("year")}-${shown("month")}-${shown("day")}T${shown("hour")}:${shown("minute")}`;
}

/**
 * The moment at which the clocks of a time zone show that time; null where the text is no such time. What is shown twice, as clocks go back, is the first of
 * the two; what is never shown, as they go forward, is as much later as they do.
 */
export function instantOfLocalTime({
  text,
  timeZone,
}: {
  readonly text: string;
  readonly timeZone: string;
}): Instant | null {
  const read = LOCAL.exec(text);
  if (read === null) return null;
  const [year, month, day, hour, minute] = read.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  if (new Date(asUtc).toISOString().slice(0, text.length) !== text) return null;
  // The offset of a day before and of a day after are the two that there can be around a change of clocks.
  const before = asUtc - offsetMs(asUtc - DAY_MS, timeZone);
  const after = asUtc - offsetMs(asUtc + DAY_MS, timeZone);
  const fits = (at: number): boolean => at + offsetMs(at, timeZone) === asUtc;
  const exact = [before, after].filter(fits);
  return instant(exact.length === 0 ? Math.max(before, after) : Math.min(...exact));
}

const DAY_MS = 86_400_000;

/** How far the zone's clocks are ahead of UTC. */
function offsetMs(at: number, timeZone: string): number {
  const shown = partsOf(at, timeZone);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(shown(type));
  const clocks = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return clocks - Math.floor(at / 1_000) * 1_000;
}

function partsOf(at: number, timeZone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = clockOf(timeZone).formatToParts(at);
  return (type) => parts.find((each) => each.type === type)?.value ?? "";
}

const clockOf = madeOnce(
  (timeZone: string) =>
    new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    }),
);
