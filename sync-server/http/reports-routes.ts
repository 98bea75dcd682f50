import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { Right } from "#domain/access/rights.ts";
import type { StoreId } from "#domain/ids.ts";
import { REPORT_NAMES, type ReportName, reportCalled, rightOfGroup } from "#domain/reports/reports.ts";
import { groupTitle, REPORT_TITLES } from "#domain/reports/words.ts";
import {
  type ReportsAnswer,
  reportAnswerSchema,
  reportFileQuerySchema,
  reportParamsSchema,
  reportQuerySchema,
  reportsAnswerSchema,
  reportTicketsAnswerSchema,
  reportTicketsQuerySchema,
} from "#protocol/hq/reports.ts";
import { REPORT_FILE_TYPES, reportCsv, reportFileName, reportSheet } from "../reports/files.ts";
import { placeOfText } from "../reports/query.ts";
import { checkedQuestion, type QuestionRefusal, type ReportQuestion } from "../reports/question.ts";
import { createReports } from "../reports/reports.ts";
import { type Asker, hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { goneWith } from "./gone-with.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";
import { Turns } from "./turns.ts";
import { workbookOf } from "./workbook.ts";

export const REPORT_CALLS = {
  reports: hqCall({
    method: "GET",
    path: "/hq/v1/reports",
    summary: "The reports that there are for whoever asks",
    right: "reports.read",
    reach: "shared",
    params: null,
    query: null,
    body: null,
    answer: reportsAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  report: hqCall({
    method: "GET",
    path: "/hq/v1/reports/:report",
    summary:
      "A report: what was sold, paid, taxed, given away or given back in a period, or what became of orders, baskets, customers and drawers",
    words:
      "Rows are what `by` says; figures stand in the order of `columns`, amounts in minor units of the row's currency, shares in parts per million. " +
      "Each row names the query of `/tickets` by which the tickets that it is made of are found.",
    right: "reports.read",
    reach: "filtered",
    params: reportParamsSchema,
    query: reportQuerySchema,
    body: null,
    answer: reportAnswerSchema,
    refusals: ["badRequest", "forbidden", "notFound", "tooManyRequests"],
    trail: "none",
  }),
  reportTickets: hqCall({
    method: "GET",
    path: "/hq/v1/reports/:report/tickets",
    summary: "The tickets that one figure of a report is made of, the newest day first",
    words:
      "Reports across channels are made of orders, drawers and customers too: `kind` says of what. Customers are for `customers.read`.",
    right: "reports.read",
    reach: "filtered",
    params: reportParamsSchema,
    query: reportTicketsQuerySchema,
    body: null,
    answer: reportTicketsAnswerSchema,
    refusals: ["badRequest", "forbidden", "notFound", "tooManyRequests"],
    trail: "none",
  }),
  exportReport: hqCall({
    method: "GET",
    path: "/hq/v1/reports/:report/file",
    summary: "A report as a CSV file or an Excel workbook",
    words: "At most 10,000 rows from `offset` on. Amounts are decimal numbers of the currency beside them.",
    right: "reports.read",
    reach: "filtered",
    params: reportParamsSchema,
    query: reportFileQuerySchema,
    body: null,
    answer: { files: Object.values(REPORT_FILE_TYPES) },
    refusals: ["badRequest", "forbidden", "notFound", "tooManyRequests"],
    trail: "none",
  }),
};

/** Reports and the tickets behind each of their figures (protocol/hq/reports.ts). */
export function registerReportsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const reports = createReports(deps);
  const turns = new Turns(MAX_REPORTS_AT_ONCE);
  serve(app, deps, REPORT_CALLS.reports, async ({ asker }) => ({ reports: reportsFor(asker) }));
  serve(app, deps, REPORT_CALLS.report, async ({ params, query, asker, reply }) => {
    const question = await questionOf(deps, asker, { ...query, report: params.report });
    return answered(await turns.during(asker, () => reports.rows(question, query, goneWith(reply))));
  });
  serve(app, deps, REPORT_CALLS.reportTickets, async ({ params, query, asker, reply }) => {
    refuseWithout(asker, reportCalled(params.report).drillRight);
    const question = await questionOf(deps, asker, { ...query, report: params.report });
    const after = query.after === undefined ? null : placeOfText(query.after);
    if (after === null && query.after !== undefined)
      throw new Refusal("badRequest", "There is no such page.");
    const key = await keyOf(deps, asker, question, query.key);
    const { currency, limit } = query;
    const page = { key, currency, after, limit };
    return answered(await turns.during(asker, () => reports.tickets(question, page, goneWith(reply))));
  });
  serve(app, deps, REPORT_CALLS.exportReport, async ({ params, query, asker, reply }) => {
    const { format, offset } = query;
    const question = await questionOf(deps, asker, { ...query, report: params.report });
    const page = { offset, limit: MAX_FILE_ROWS };
    const answer = answered(await turns.during(asker, () => reports.rows(question, page, goneWith(reply))));
    const bytes =
      format === "csv"
        ? reportCsv(answer)
        : Buffer.from(await workbookOf(reportSheet(answer), deps.spreadsheets));
    return reply
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="${reportFileName(answer, format)}"`)
      .type(REPORT_FILE_TYPES[format])
      .send(bytes);
  });
}

const MAX_FILE_ROWS = 10_000;
/** Of one who asks, whether they are being made or wait: others have their turn as well. */
const MAX_REPORTS_AT_ONCE = 6;

function reportsFor(asker: Asker): ReportsAnswer["reports"] {
  const may = (right: Right | null) => right === null || hasRight(asker, right);
  return REPORT_NAMES.filter((name) => may(reportCalled(name).right)).map((name) => {
    const { groups, byChannel, byCategory, comparable, drillRight } = reportCalled(name);
    const open = groups.filter((group) => may(rightOfGroup(group)));
    return {
      name,
      title: REPORT_TITLES[name],
      groups: open.map((group) => ({ name: group, title: groupTitle(name, group) })),
      byChannel,
      byCategory,
      comparable,
      mayOpen: may(drillRight),
    };
  });
}

type Which = Pick<
  z.output<typeof reportQuerySchema>,
  "from" | "until" | "by" | "stores" | "channels" | "categories"
> & {
  readonly compare?: z.output<typeof reportQuerySchema>["compare"];
  readonly report: ReportName;
};

/** What is asked for, kept to the rights and the stores of whoever asks. Throws a refusal where they may not, or no report is like that. */
export async function questionOf(deps: ServerDeps, asker: Asker, which: Which): Promise<ReportQuestion> {
  const { groups, right } = reportCalled(which.report);
  const group = which.by ?? groups[0] ?? "day";
  for (const needed of [right, rightOfGroup(group)]) refuseWithout(asker, needed);
  const checked = checkedQuestion({
    report: which.report,
    group,
    period: { from: which.from, until: which.until },
    stores: await storesOf(deps, asker, which.stores),
    channels: which.channels ?? null,
    categories: which.categories ?? null,
    compare: which.compare ?? null,
  });
  if (!checked.ok) throw new Refusal("badRequest", WORDS[checked.reason], [checked.reason]);
  return checked.value;
}

function refuseWithout(asker: Asker, needed: Right | null): void {
  if (needed !== null && !hasRight(asker, needed))
    throw new Refusal("forbidden", "Your role does not allow this. Ask an admin.", [needed]);
}

async function storesOf(
  { storage }: ServerDeps,
  asker: Asker,
  codes: readonly string[] | undefined,
): Promise<readonly StoreId[] | null> {
  if (codes === undefined) return asker.stores;
  return storage.read(async (tx) => {
    const stores: StoreId[] = [];
    for (const code of codes) stores.push((await ownStoreCalled(tx, asker, code)).store);
    return stores;
  });
}

async function keyOf(
  { storage }: ServerDeps,
  asker: Asker,
  { group }: ReportQuestion,
  key: string | undefined,
): Promise<string | null> {
  if (key === undefined) return null;
  // What is no store's is in rows of whoever sees all stores.
  if (group !== "store" || (key === "" && asker.stores === null)) return key;
  return (await storage.read((tx) => ownStoreCalled(tx, asker, key))).store;
}

const WORDS: Readonly<Record<QuestionRefusal, string>> = {
  noSuchGroup: "This report has no such rows.",
  noSuchFilter: "This report cannot be narrowed to channels or categories so.",
  notComparable: "This report compares by itself: it stands beside no other days.",
  badPeriod: "The period ends before it begins, or is longer than three years.",
};

/** Throws a refusal where it was not answered. */
function answered<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly reason: "busy" | "cancelled" },
): T {
  if (result.ok) return result.value;
  throw new Refusal("tooManyRequests", "Too many reports are being made. Try again in a moment.", [
    result.reason,
  ]);
}
