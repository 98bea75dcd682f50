import { type BusinessDay, type Instant, instant } from "../ids.ts";
import { businessDayOf, dayNumberOf, daysAfter } from "./business-day.ts";
import { instantOfLocalTime } from "./local-time.ts";

/** From when until when a store is open, by its clocks: `09:00`, `18:30`. `24:00` is the end of the day. */
export interface OpenSpan {
  readonly from: string;
  readonly until: string;
}

export interface OpeningHours {
  /** Seven days, Monday first; a day without spans is closed. */
  readonly week: readonly (readonly OpenSpan[])[];
  /** Days that are other than their day of the week: holidays, long evenings. */
  readonly exceptions: readonly {
    readonly day: BusinessDay;
    readonly spans: readonly OpenSpan[];
    /** What people call it: "Christmas". */
    readonly note: string;
  }[];
}

export const DAYS_OF_WEEK = 7;
/** 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday. */
const FIRST_DAY_OF_WEEK = 3;
/** A store that is closed for so long keeps no promise by its hours. */
const SEARCHED_DAYS = 60;

/** What is wrong with opening hours: the day (0 to 6, or the exception's) whose spans overlap, stand in a wrong order or end before they begin; null: nothing. */
export function wrongHours({ week, exceptions }: OpeningHours): number | BusinessDay | null {
  if (week.length !== DAYS_OF_WEEK) return week.length;
  const wrongDay = week.findIndex((spans) => !isInOrder(spans));
  if (wrongDay >= 0) return wrongDay;
  const days = exceptions.map(({ day }) => day);
  const wrong = exceptions.find(({ day, spans }, at) => days.indexOf(day) !== at || !isInOrder(spans));
  return wrong?.day ?? null;
}

function isInOrder(spans: readonly OpenSpan[]): boolean {
  return spans.every(({ from, until }, at) => from < until && from >= (spans[at - 1]?.until ?? ""));
}

/** When a store is open on a day. */
export function spansOn({ week, exceptions }: OpeningHours, day: BusinessDay): readonly OpenSpan[] {
  const exception = exceptions.find((each) => each.day === day);
  return exception?.spans ?? week[(dayNumberOf(day) + FIRST_DAY_OF_WEEK) % DAYS_OF_WEEK] ?? [];
}

/**
 * When work that takes so long (milliseconds) is done if it goes on only while the store is open: what customers are told an order will be ready by. Work
 * that would not be done within 60 days counts from now on as if the store never closed, so that a promise is made at all.
 */
export function doneInOpenHours({
  at,
  workMs,
  hours,
  timeZone,
}: {
  readonly at: Instant;
  readonly workMs: number;
  readonly hours: OpeningHours;
  readonly timeZone: string;
}): Instant {
  let left = workMs;
  const today = businessDayOf({ at, timeZone });
  for (let ahead = 0; ahead < SEARCHED_DAYS; ahead += 1) {
    const day = daysAfter(today, ahead);
    for (const { from, until } of openSpansOf({ hours, day, timeZone })) {
      const begin = Math.max(at, from);
      if (begin >= until) continue;
      if (begin + left <= until) return instant(begin + left);
      left -= until - begin;
    }
  }
  return instant(at + workMs);
}

/** From when until when a store is open on a day, in its order; a store without hours is so all day. */
export function openSpansOf({
  hours,
  day,
  timeZone,
}: {
  readonly hours: OpeningHours | null;
  readonly day: BusinessDay;
  readonly timeZone: string;
}): readonly { readonly from: Instant; readonly until: Instant }[] {
  const spans = hours === null ? [{ from: "00:00", until: "24:00" }] : spansOn(hours, day);
  return spans.flatMap((span) => {
    const from = momentOf(day, span.from, timeZone);
    const until = momentOf(day, span.until, timeZone);
    return from === null || until === null ? [] : [{ from, until }];
  });
}

function momentOf(day: BusinessDay, time: string, timeZone: string): Instant | null {
  return time === "24:00"
    ? instantOfLocalTime({ text: `${daysAfter(day, 1)}T00:00`, timeZone })
    : instantOfLocalTime({ text: `${day}T${time}`, timeZone });
}
