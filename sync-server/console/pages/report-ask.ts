import { COMPARISONS, type Period } from "#domain/reports/period.ts";
import { PERIOD_PRESETS, type PeriodPreset, periodOf } from "#domain/reports/presets.ts";
import { REPORT_GROUPS, REPORT_NAMES, type ReportName, reportCalled } from "#domain/reports/reports.ts";
import { periodOfView, type ReportView } from "#domain/reports/view.ts";
import { businessDaySchema } from "#protocol/scalars.ts";
import type { Ask } from "../use-route.ts";
import { today } from "./today.ts";

const SEPARATOR = "|";
const USUAL_PERIOD: PeriodPreset = "last30Days";

/** What an address asks of the page; what it does not say, or says wrongly, is as usual. */
export function viewOfAsk(ask: Ask): ReportView {
  const report = REPORT_NAMES.find((name) => name === ask.report) ?? "sales";
  const { groups, byChannel, byCategory, comparable } = reportCalled(report);
  return {
    report,
    by: REPORT_GROUPS.find((group) => group === ask.by && groups.includes(group)) ?? groups[0] ?? "day",
    period: periodOfAsk(ask),
    stores: several(ask.stores),
    channels: byChannel ? several(ask.channels) : null,
    categories: byCategory ? several(ask.categories) : null,
    compare: comparable ? (COMPARISONS.find((comparison) => comparison === ask.compare) ?? null) : null,
  };
}

function periodOfAsk({ period, from, until }: Ask): ReportView["period"] {
  const preset = PERIOD_PRESETS.find((each) => each === period);
  const own = { from: businessDaySchema.safeParse(from), until: businessDaySchema.safeParse(until) };
  if (preset !== undefined || !own.from.success || !own.until.success || own.from.data > own.until.data)
    return preset ?? USUAL_PERIOD;
  return { from: own.from.data, until: own.until.data };
}

function several(text: string | undefined): readonly string[] | null {
  return text === undefined || text === "" ? null : text.split(SEPARATOR);
}

/** A view as an address says it. */
export function askOfView({ report, by, period, stores, channels, categories, compare }: ReportView): Ask {
  return {
    report,
    by,
    ...(typeof period === "string" ? { period } : period),
    stores: stores?.join(SEPARATOR) ?? "",
    channels: channels?.join(SEPARATOR) ?? "",
    categories: categories?.join(SEPARATOR) ?? "",
    compare: compare ?? "",
  };
}

/** A view as the server is asked for it today. */
export function queryOfView(view: ReportView): string {
  const { from, until } = periodOfView(view, today());
  const query = new URLSearchParams({ from, until, by: view.by });
  for (const store of view.stores ?? []) query.append("stores", store);
  for (const channel of view.channels ?? []) query.append("channels", channel);
  for (const category of view.categories ?? []) query.append("categories", category);
  if (view.compare !== null) query.set("compare", view.compare);
  return query.toString();
}

/** Own days begin with those of the preset that was chosen before. */
export function ownDaysOf(period: ReportView["period"]): Period {
  return typeof period === "string" ? periodOf(period, today()) : period;
}

/** The view with another report: what that does not know is left out. */
export function withReport(view: ReportView, report: ReportName): ReportView {
  return viewOfAsk({ ...askOfView(view), report });
}
