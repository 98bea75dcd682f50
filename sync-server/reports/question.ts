import { idOf, type StoreId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import { sumsByOf } from "#domain/reports/answer.ts";
import type { SumsFilter } from "#domain/reports/ask.ts";
import {
  type Comparison,
  comparedPeriod,
  daysIn,
  daysOfBucket,
  MAX_REPORT_DAYS,
  type Period,
} from "#domain/reports/period.ts";
import {
  familyOf,
  isTimeGroup,
  type ReportGroup,
  type ReportName,
  reportCalled,
  ticketReportCalled,
} from "#domain/reports/reports.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ReportAsk, TicketPlace, TicketsAsk } from "./port.ts";

/** A report as it was asked for. Null: all there are. */
export interface ReportQuestion {
  readonly report: ReportName;
  readonly group: ReportGroup;
  readonly period: Period;
  readonly stores: readonly StoreId[] | null;
  readonly channels: readonly string[] | null;
  readonly categories: readonly string[] | null;
  readonly compare: Comparison | null;
}

export type QuestionRefusal = "noSuchGroup" | "noSuchFilter" | "notComparable" | "badPeriod";

/** The same question where it can be asked; refused where the report has no such rows or cannot be narrowed so. */
export function checkedQuestion(question: ReportQuestion): Result<ReportQuestion, QuestionRefusal> {
  const { groups, byChannel, byCategory, comparable } = reportCalled(question.report);
  if (!groups.includes(question.group)) return refused("noSuchGroup");
  if ((question.channels !== null && !byChannel) || (question.categories !== null && !byCategory))
    return refused("noSuchFilter");
  if (question.compare !== null && !comparable) return refused("notComparable");
  const days = daysIn(question.period);
  return days < 1 || days > MAX_REPORT_DAYS ? refused("badPeriod") : ok(question);
}

/** What is asked of the database for its rows. */
export function reportAskOf(
  question: ReportQuestion,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): ReportAsk {
  const { report, group, period, compare } = question;
  return {
    filter: filterOf(question),
    by: sumsByOf(group),
    group,
    main: ticketReportCalled(report).main,
    before: compare === null ? null : comparedPeriod(period, compare),
    offset,
    limit,
  };
}

/** What is asked for the tickets of one row; `key` null: of all rows. */
export function ticketsAskOf(
  question: ReportQuestion,
  {
    key,
    currency,
    after,
    limit,
  }: {
    readonly key: string | null;
    readonly currency: Currency;
    readonly after: TicketPlace | null;
    readonly limit: number;
  },
): TicketsAsk {
  const { group, period } = question;
  const filter = filterOf(question);
  const page = { currency, after, limit };
  if (key === null) return { ...page, filter, days: null };
  if (isTimeGroup(group)) {
    const days = daysOfBucket(period, group, key);
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return { ...page, filter, days: [] };
    // Days in a row are found faster by their ends.
    if (group !== "weekday") return { ...page, filter: { ...filter, from: first, until: last }, days: null };
    return { ...page, filter, days };
  }
  return { ...page, filter: narrowed(filter, sumsByOf(group), key), days: null };
}

function narrowed(filter: SumsFilter, by: ReturnType<typeof sumsByOf>, key: string): SumsFilter {
  if (by === "store") return { ...filter, stores: within(filter.stores, idOf<"Store">(key)) };
  if (by === "channel") return { ...filter, channels: within(filter.channels, key) };
  return { ...filter, values: within(filter.values, key) };
}

/** The one of those that were asked for; nothing where it is none of them. */
function within<T extends string>(all: readonly T[] | null, one: T): readonly T[] {
  return all === null || all.includes(one) ? [one] : [];
}

function filterOf({ report, group, period, stores, channels, categories }: ReportQuestion): SumsFilter {
  const family = familyOf(ticketReportCalled(report), group, { byCategory: categories !== null });
  const ofFamily = family === "category";
  return {
    ...period,
    family,
    stores,
    channels,
    values: ofFamily ? categories : null,
    categories: ofFamily ? null : categories,
  };
}
