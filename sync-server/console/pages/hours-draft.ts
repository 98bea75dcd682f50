import { type BusinessDay, idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type OpeningHours, type OpenSpan, wrongHours } from "#domain/store/opening-hours.ts";

/** Opening hours as they are typed: `09:00-18:00`, several behind each other with a comma, nothing where it is closed. */
export interface HoursDraft {
  /** Seven, Monday first. */
  readonly week: readonly string[];
  readonly exceptions: readonly ExceptionDraft[];
}

export interface ExceptionDraft {
  readonly key: number;
  readonly day: string;
  readonly hours: string;
  readonly note: string;
}

const SPAN = /^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?$/;
const LAST_HOUR = 24;
const LAST_MINUTE = 59;

export function hoursDraftOf({ week, exceptions }: OpeningHours): HoursDraft {
  return {
    week: week.map(spansText),
    exceptions: exceptions.map(({ day, spans, note }, key) => ({ key, day, hours: spansText(spans), note })),
  };
}

export function spansText(spans: readonly OpenSpan[]): string {
  return spans.map(({ from, until }) => `${from}-${until}`).join(", ");
}

/** What was typed as opening hours; refused with the day of the week (0 is Monday) or the exception that cannot be read. */
export function hoursOf(draft: HoursDraft): Result<OpeningHours, number | string> {
  const week = draft.week.map(spansOf);
  const unread = week.indexOf(null);
  if (unread >= 0) return refused(unread);
  const exceptions: OpeningHours["exceptions"][number][] = [];
  for (const { day, hours, note } of draft.exceptions) {
    const spans = spansOf(hours);
    if (spans === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return refused(day);
    exceptions.push({ day: idOf<"BusinessDay">(day) as BusinessDay, spans, note: note.trim() });
  }
  const hours = { week: week.map((spans) => spans ?? []), exceptions };
  const wrong = wrongHours(hours);
  return wrong === null ? ok(hours) : refused(wrong);
}

function spansOf(text: string): readonly OpenSpan[] | null {
  const parts = text.split(",").map((part) => part.trim());
  const typed = parts.filter((part) => part !== "");
  const spans = typed.map(spanOf).filter((span) => span !== null);
  return spans.length === typed.length ? spans : null;
}

function spanOf(text: string): OpenSpan | null {
  const [, fromHour, fromMinute = "00", untilHour, untilMinute = "00"] = SPAN.exec(text) ?? [];
  if (fromHour === undefined || untilHour === undefined) return null;
  const from = timeOf(fromHour, fromMinute);
  const until = timeOf(untilHour, untilMinute);
  return from === null || until === null ? null : { from, until };
}

function timeOf(hour: string, minute: string): string | null {
  const isTime = Number(hour) < LAST_HOUR && Number(minute) <= LAST_MINUTE;
  if (!isTime && !(Number(hour) === LAST_HOUR && Number(minute) === 0)) return null;
  return `${hour.padStart(2, "0")}:${minute}`;
}
