import { type BusinessDay, idOf } from "../ids.ts";
import { dayNumberOf, dayOfNumber, daysAfter } from "../store/business-day.ts";

/** Days of business, both in it. */
export interface Period {
  readonly from: BusinessDay;
  readonly until: BusinessDay;
}

export const COMPARISONS = ["before", "lastYear"] as const;
/** `before`: as many days just before. `lastYear`: the same dates a year earlier. */
export type Comparison = (typeof COMPARISONS)[number];

export const TIME_GROUPS = ["day", "week", "month", "weekday"] as const;
export type TimeGroup = (typeof TIME_GROUPS)[number];

/** More days are not reported on at once. */
export const MAX_REPORT_DAYS = 1_100;
const DAYS_A_WEEK = 7;
/** 1970-01-01 was a Thursday: so many days after a Monday. */
const EPOCH_AFTER_MONDAY = 3;
const MONTH_CHARS = 7;

/** How many days a period has; zero or less where it ends before it begins. */
export function daysIn({ from, until }: Period): number {
  return dayNumberOf(until) - dayNumberOf(from) + 1;
}

/** The period that another is compared with. Throws where a calendar has none. */
export function comparedPeriod(period: Period, comparison: Comparison): Period {
  if (comparison === "lastYear") return { from: yearBefore(period.from), until: yearBefore(period.until) };
  const days = daysIn(period);
  return { from: daysAfter(period.from, -days), until: daysAfter(period.from, -1) };
}

/** 29 February is compared with the 28th. */
function yearBefore(day: BusinessDay): BusinessDay {
  const same = `${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}${day.slice(4)}`;
  return idOf<"BusinessDay">(same.endsWith("-02-29") ? same.replace("-29", "-28") : same);
}

/** What a day is counted under: itself, the Monday of its week (ISO 8601), its month `YYYY-MM`, or its weekday from 1, Monday, to 7. */
export function bucketOf(day: BusinessDay, group: TimeGroup): string {
  switch (group) {
    case "day":
      return day;
    case "week":
      return dayOfNumber(dayNumberOf(day) - weekdayOf(day) + 1) ?? day;
    case "month":
      return day.slice(0, MONTH_CHARS);
    case "weekday":
      return String(weekdayOf(day));
  }
}

function weekdayOf(day: BusinessDay): number {
  const days = dayNumberOf(day) + EPOCH_AFTER_MONDAY;
  return (((days % DAYS_A_WEEK) + DAYS_A_WEEK) % DAYS_A_WEEK) + 1;
}

/** Everything that days of a period are counted under, in order, also where nothing was sold. */
export function bucketsOf({ from, until }: Period, group: TimeGroup): readonly string[] {
  const buckets = new Set<string>();
  for (let day = from; day <= until; day = daysAfter(day, 1)) buckets.add(bucketOf(day, group));
  const all = [...buckets];
  return group === "weekday" ? all.sort() : all;
}

/** The days of a period that are counted under a bucket: one run of them, and of a weekday those apart. */
export function daysOfBucket(period: Period, group: TimeGroup, bucket: string): readonly BusinessDay[] {
  const days: BusinessDay[] = [];
  for (let day = period.from; day <= period.until; day = daysAfter(day, 1))
    if (bucketOf(day, group) === bucket) days.push(day);
  return days;
}
