import { type BusinessDay, idOf } from "../ids.ts";
import { daysAfter } from "../store/business-day.ts";
import { bucketOf, type Period } from "./period.ts";

/** Periods that go with the day on which they are asked for. */
export const PERIOD_PRESETS = [
  "today",
  "yesterday",
  "thisWeek",
  "lastWeek",
  "thisMonth",
  "lastMonth",
  "last30Days",
  "thisYear",
  "last12Months",
] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

/** Weeks begin on Monday (ISO 8601). Periods that go on now end today. */
export function periodOf(preset: PeriodPreset, today: BusinessDay): Period {
  const monday = idOf<"BusinessDay">(bucketOf(today, "week"));
  const first = idOf<"BusinessDay">(`${today.slice(0, 7)}-01`);
  switch (preset) {
    case "today":
      return { from: today, until: today };
    case "yesterday":
      return { from: daysAfter(today, -1), until: daysAfter(today, -1) };
    case "thisWeek":
      return { from: monday, until: today };
    case "lastWeek":
      return { from: daysAfter(monday, -7), until: daysAfter(monday, -1) };
    case "thisMonth":
      return { from: first, until: today };
    case "lastMonth": {
      const last = daysAfter(first, -1);
      return { from: idOf<"BusinessDay">(`${last.slice(0, 7)}-01`), until: last };
    }
    case "last30Days":
      return { from: daysAfter(today, -29), until: today };
    case "thisYear":
      return { from: idOf<"BusinessDay">(`${today.slice(0, 4)}-01-01`), until: today };
    case "last12Months":
      return { from: dayOfYearBefore(today), until: today };
  }
}

/** The day after the same date a year earlier: with today as many days as a year has. */
function dayOfYearBefore(today: BusinessDay): BusinessDay {
  const same = `${String(Number(today.slice(0, 4)) - 1).padStart(4, "0")}${today.slice(4)}`;
  const real = same.endsWith("-02-29") ? same.replace("-29", "-28") : same;
  return daysAfter(idOf<"BusinessDay">(real), 1);
}
