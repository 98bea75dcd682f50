import type { Currency } from "../money/money.ts";
import type { Period } from "./period.ts";
import { bucketsOf } from "./period.ts";
import { isTimeGroup, type ReportGroup } from "./reports.ts";

/** Added-up measures of one row, in the order of the report's. */
export interface MeasuredRow {
  readonly key: string;
  readonly currency: Currency;
  readonly measures: readonly number[];
}

export interface AcrossRow extends MeasuredRow {
  /** The same in the period that it is compared with; null: with none. */
  readonly before: readonly number[] | null;
}

/** What was measured in a period, by row; `totals` has one for each currency and no key, for customers of two stores count once in it. */
export interface Measured {
  readonly period: Period;
  readonly rows: readonly MeasuredRow[];
  readonly totals: readonly MeasuredRow[];
}

export interface AcrossRows {
  readonly rows: readonly AcrossRow[];
  readonly count: number;
  readonly totals: readonly AcrossRow[];
}

/**
 * Rows of a report across channels: times in their order with those in which nothing happened, everything else by `size`, the largest first. Times of
 * the period before stand beside those in the same place. Amounts of several currencies are never added up.
 */
export function acrossRowsOf({
  group,
  now,
  before,
  width,
  size,
  offset,
  limit,
}: {
  readonly group: ReportGroup;
  readonly now: Measured;
  readonly before: Measured | null;
  /** How many measures there are. */
  readonly width: number;
  readonly size: (measures: readonly number[]) => number;
  readonly offset: number;
  readonly limit: number;
}): AcrossRows {
  const nothing = Array.from({ length: width }, () => 0);
  const former = before === null ? null : byText(renamed(group, now.period, before));
  const present = byText(now.rows);
  const keys = new Map([...(former ?? []), ...present]);
  if (isTimeGroup(group))
    for (const currency of new Set([...keys.values()].map((row) => row.currency)))
      for (const key of bucketsOf(now.period, group))
        keys.set(textOf({ key, currency }), { key, currency, measures: nothing });
  const rows = [...keys].map(
    ([text, { key, currency }]): AcrossRow => ({
      key,
      currency,
      measures: present.get(text)?.measures ?? nothing,
      before: former === null ? null : (former.get(text)?.measures ?? nothing),
    }),
  );
  const byName = (a: AcrossRow, b: AcrossRow) => (textOf(a) < textOf(b) ? -1 : 1);
  const sorted = rows.toSorted((a, b) =>
    isTimeGroup(group)
      ? byName(a, b)
      : Math.abs(size(b.measures)) - Math.abs(size(a.measures)) || byName(a, b),
  );
  return {
    rows: sorted.slice(offset, offset + limit),
    count: sorted.length,
    totals: totalsOf(now, before, nothing),
  };
}

function totalsOf(now: Measured, before: Measured | null, nothing: readonly number[]): readonly AcrossRow[] {
  const [present, former] = [byText(now.totals), before === null ? null : byText(before.totals)];
  return [...new Map([...(former ?? []), ...present])]
    .map(([text, { key, currency }]) => ({
      key,
      currency,
      measures: present.get(text)?.measures ?? nothing,
      before: former === null ? null : (former.get(text)?.measures ?? nothing),
    }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** What was before, under the names of now; of times that go beyond the last one none stands beside it. */
function renamed(group: ReportGroup, period: Period, before: Measured): readonly MeasuredRow[] {
  if (!isTimeGroup(group) || group === "weekday") return before.rows;
  const [names, former] = [bucketsOf(period, group), bucketsOf(before.period, group)];
  return before.rows.flatMap((row) => {
    const key = names[former.indexOf(row.key)];
    return key === undefined ? [] : [{ ...row, key }];
  });
}

function byText(rows: readonly MeasuredRow[]): ReadonlyMap<string, MeasuredRow> {
  return new Map(rows.map((row) => [textOf(row), row]));
}

function textOf({ key, currency }: Pick<MeasuredRow, "key" | "currency">): string {
  return `${currency} ${key}`;
}
