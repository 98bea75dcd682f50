import type { BusinessDay } from "../ids.ts";
import { type Comparison, comparedPeriod, type Period } from "./period.ts";
import { type PeriodPreset, periodOf } from "./presets.ts";
import type { ReportGroup, ReportName } from "./reports.ts";

/** A report as somebody wants to see it again; its period may go with the day. `stores`: codes. Null: all. */
export interface ReportView {
  readonly report: ReportName;
  readonly by: ReportGroup;
  readonly period: PeriodPreset | Period;
  readonly stores: readonly string[] | null;
  readonly channels: readonly string[] | null;
  readonly categories: readonly string[] | null;
  readonly compare: Comparison | null;
}

/** The days that a view is about on a day. */
export function periodOfView({ period }: Pick<ReportView, "period">, today: BusinessDay): Period {
  return typeof period === "string" ? periodOf(period, today) : period;
}

/** A period in words: its days, and those that it is compared with. */
export function periodWords(period: Period, compare: Comparison | null): string {
  const words = ({ from, until }: Period) => (from === until ? from : `${from} to ${until}`);
  return compare === null
    ? words(period)
    : `${words(period)}, compared with ${words(comparedPeriod(period, compare))}`;
}
