import { type BusinessDay, type Instant, idOf } from "../ids.ts";
import { daysAfter } from "../store/business-day.ts";
import { instantOfLocalTime, localTimeOf } from "../store/local-time.ts";
import { bucketOf } from "./period.ts";

/** When a report is sent: each day, on one weekday (1 is Monday) or on one day of each month, at a time by the clocks of a zone. */
export type ReportSchedule = {
  /** `HH:MM` */
  readonly at: string;
  /** IANA name. */
  readonly timeZone: string;
} & (
  | { readonly every: "day" }
  | { readonly every: "week"; readonly weekday: number }
  /** 1 to 28: a day that each month has. */
  | { readonly every: "month"; readonly day: number }
);

export const LAST_DAY_OF_EVERY_MONTH = 28;
const DAY_CHARS = 10;
/** Within so many days each schedule comes. */
const LONGEST_WAIT_DAYS = 32;

/** The first time after a moment at which a report is to be sent. */
export function nextSending(schedule: ReportSchedule, after: Instant): Instant {
  const today = idOf<"BusinessDay">(
    localTimeOf({ at: after, timeZone: schedule.timeZone }).slice(0, DAY_CHARS),
  );
  for (let days = 0; days <= LONGEST_WAIT_DAYS; days += 1) {
    const day = daysAfter(today, days);
    if (!isDayFor(schedule, day)) continue;
    const at = instantOfLocalTime({ text: `${day}T${schedule.at}`, timeZone: schedule.timeZone });
    if (at !== null && at > after) return at;
  }
  throw new RangeError(`${JSON.stringify(schedule)} never comes`);
}

function isDayFor(schedule: ReportSchedule, day: BusinessDay): boolean {
  if (schedule.every === "day") return true;
  if (schedule.every === "week") return bucketOf(day, "weekday") === String(schedule.weekday);
  return Number(day.slice(-2)) === schedule.day;
}
