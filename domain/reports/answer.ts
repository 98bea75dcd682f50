import { idOf } from "../ids.ts";
import type { Currency } from "../money/money.ts";
import type { SummedRow, SumsBy } from "./ask.ts";
import { bucketOf, bucketsOf, type Period } from "./period.ts";
import { isTimeGroup, type ReportColumn, type ReportGroup } from "./reports.ts";
import { addSums, marginOf, NO_SUMS, ppmOf, type Sums, totalOf } from "./sums.ts";

/** One row of a report. */
export interface ReportRow {
  readonly key: string;
  readonly currency: Currency;
  readonly sums: Sums;
  /** The same in the period that it is compared with; null: it is compared with none. */
  readonly before: Sums | null;
}

export interface ReportRows {
  /** At most as many as were asked for. */
  readonly rows: readonly ReportRow[];
  readonly count: number;
  /** Of all rows, one in each currency. */
  readonly totals: readonly Omit<ReportRow, "key">[];
}

/** By what sums are asked for so that rows of a group can be made of them. */
export function sumsByOf(group: ReportGroup): SumsBy {
  if (isTimeGroup(group)) return "day";
  return group === "store" || group === "channel" ? group : "value";
}

/**
 * Rows of a report made of sums: times in their order, with those in which nothing happened; everything else by the main column, the largest first.
 * Times of the period before stand beside those in the same place of theirs. Amounts of several currencies are never added up.
 */
export function reportRowsOf({
  group,
  main,
  period,
  summed,
  before,
  offset,
  limit,
}: {
  readonly group: ReportGroup;
  readonly main: ReportColumn;
  readonly period: Period;
  readonly summed: readonly SummedRow[];
  readonly before: { readonly period: Period; readonly summed: readonly SummedRow[] } | null;
  readonly offset: number;
  readonly limit: number;
}): ReportRows {
  const now = grouped(summed, group);
  const then = before === null ? null : placedAs({ group, period, before });
  const rows = [...keysOf({ group, period, now, then })].map(
    ([text, { key, currency }]): ReportRow => ({
      key,
      currency,
      sums: now.get(text)?.sums ?? NO_SUMS,
      before: then === null ? null : (then.get(text)?.sums ?? NO_SUMS),
    }),
  );
  const sorted = isTimeGroup(group) || group === "hour" ? rows.toSorted(byTime) : rows.toSorted(byMost(main));
  return { rows: sorted.slice(offset, offset + limit), count: sorted.length, totals: totalsOf(rows) };
}

type Grouped = ReadonlyMap<string, SummedRow>;

function grouped(summed: readonly SummedRow[], group: ReportGroup): Grouped {
  const all = new Map<string, SummedRow>();
  for (const { key: found, currency, sums } of summed) {
    const key = isTimeGroup(group) ? bucketOf(idOf<"BusinessDay">(found), group) : found;
    const text = textOf({ key, currency });
    all.set(text, { key, currency, sums: addSums(all.get(text)?.sums ?? NO_SUMS, sums) });
  }
  return all;
}

function textOf({ key, currency }: Pick<SummedRow, "key" | "currency">): string {
  return `${currency} ${key}`;
}

/** What was before, under the names of now: of times the one in the same place, what goes beyond the last one with the last. */
function placedAs({
  group,
  period,
  before,
}: {
  readonly group: ReportGroup;
  readonly period: Period;
  readonly before: { readonly period: Period; readonly summed: readonly SummedRow[] };
}): Grouped {
  if (!isTimeGroup(group) || group === "weekday") return grouped(before.summed, group);
  const [names, former] = [bucketsOf(period, group), bucketsOf(before.period, group)];
  const nameOf = new Map(
    former.map((bucket, index) => [bucket, names[Math.min(index, names.length - 1)] ?? bucket]),
  );
  const renamed = new Map<string, SummedRow>();
  for (const row of grouped(before.summed, group).values()) {
    const key = nameOf.get(row.key) ?? row.key;
    const text = textOf({ ...row, key });
    renamed.set(text, { ...row, key, sums: addSums(renamed.get(text)?.sums ?? NO_SUMS, row.sums) });
  }
  return renamed;
}

function keysOf({
  group,
  period,
  now,
  then,
}: {
  readonly group: ReportGroup;
  readonly period: Period;
  readonly now: Grouped;
  readonly then: Grouped | null;
}): ReadonlyMap<string, Pick<SummedRow, "key" | "currency">> {
  const keys = new Map<string, Pick<SummedRow, "key" | "currency">>([...(then ?? []), ...now]);
  if (!isTimeGroup(group)) return keys;
  for (const currency of new Set([...keys.values()].map((each) => each.currency)))
    for (const key of bucketsOf(period, group)) keys.set(textOf({ key, currency }), { key, currency });
  return keys;
}

function totalsOf(rows: readonly ReportRow[]): ReportRows["totals"] {
  const totals = new Map<Currency, Omit<ReportRow, "key">>();
  for (const { currency, sums, before } of rows) {
    const sum = totals.get(currency);
    totals.set(currency, {
      currency,
      sums: addSums(sum?.sums ?? NO_SUMS, sums),
      before: before === null ? null : addSums(sum?.before ?? NO_SUMS, before),
    });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function byTime(a: ReportRow, b: ReportRow): number {
  return textOf(a) < textOf(b) ? -1 : 1;
}

function byMost(main: ReportColumn): (a: ReportRow, b: ReportRow) => number {
  const size = (sums: Sums | null) => Math.abs(figureOf(main, sums ?? NO_SUMS) ?? 0);
  return (a, b) => size(b.sums) - size(a.sums) || size(b.before) - size(a.before) || byTime(a, b);
}

/** The figure of a column: minor units, parts per million or a number; null where there is none, as a rate of nothing. `whole`: what a share is of. */
export function figureOf(
  column: ReportColumn,
  sums: Sums,
  { main, whole }: { readonly main: ReportColumn; readonly whole: Sums } = { main: "total", whole: NO_SUMS },
): number | null {
  switch (column) {
    case "total":
      return totalOf(sums);
    case "margin":
      return marginOf(sums);
    case "marginRate":
      return ppmOf(marginOf(sums), sums.costedNet);
    case "share":
      return main === "share" ? null : ppmOf(figureOf(main, sums) ?? 0, figureOf(main, whole) ?? 0);
    default:
      return sums[column];
  }
}
