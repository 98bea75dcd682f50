import {
  ACROSS,
  type AcrossDefinition,
  type AcrossName,
  acrossFigure,
  drillColumns,
} from "#domain/reports/across.ts";
import { type AcrossRow, type AcrossRows, acrossRowsOf } from "#domain/reports/across-rows.ts";
import { comparedPeriod } from "#domain/reports/period.ts";
import { columnTitle, groupTitle, REPORT_TITLES, rowName } from "#domain/reports/words.ts";
import { ok, type Result } from "#domain/result.ts";
import type { ReportAnswer, ReportTicketsAnswer } from "#protocol/hq/reports.ts";
import type { Storage } from "../storage/port.ts";
import type { AcrossAnswer, AcrossFilter, BehindAsk } from "./across-port.ts";
import { codesOf, namesFor } from "./names.ts";
import { ticketsQueryOf } from "./query.ts";
import type { ReportQuestion } from "./question.ts";

type NotAnswered = "busy" | "cancelled";
/** A question for a report across channels. */
export type AcrossQuestion = ReportQuestion & { readonly report: AcrossName };

/** Rows of a report across channels. */
export async function acrossRows(
  storage: Storage,
  question: AcrossQuestion,
  page: { readonly offset: number; readonly limit: number },
  cancelled?: AbortSignal,
): Promise<Result<ReportAnswer, NotAnswered>> {
  const { report, group, period, compare } = question;
  const before = compare === null ? null : comparedPeriod(period, compare);
  const filter = filterOf(question);
  if (report === "sellThrough") {
    const found = await storage.aside.read("sellThrough", { filter, group, before, ...page }, cancelled);
    if (!found.ok) return found;
    return ok(await answerOf(storage, question, { ...found.value, complete: true }));
  }
  if (report === "uplift") {
    const found = await storage.aside.read("uplift", { filter, ...page }, cancelled);
    if (!found.ok) return found;
    return ok(await answerOf(storage, { ...question, compare: null }, found.value));
  }
  const read = await storage.aside.read("acrossReport", { filter, group, before }, cancelled);
  if (!read.ok) return read;
  return ok(
    await answerOf(storage, question, {
      names: read.value.names,
      complete: read.value.complete,
      rows: rowsOf(question, read.value, page),
    }),
  );
}

function rowsOf(
  { report, group }: AcrossQuestion,
  read: AcrossAnswer,
  page: { readonly offset: number; readonly limit: number },
): AcrossRows {
  const definition = ACROSS[report];
  return acrossRowsOf({
    group,
    now: read.now,
    before: read.before,
    width: definition.measures.length + definition.besides.length,
    size: sizeOf(definition),
    ...page,
  });
}

async function answerOf(
  storage: Storage,
  question: AcrossQuestion,
  read: {
    readonly rows: AcrossRows;
    readonly names: Readonly<Record<string, string>>;
    readonly complete: boolean;
  },
): Promise<ReportAnswer> {
  const { report, group, period, compare } = question;
  const definition = ACROSS[report];
  const { rows } = read;
  const names = await namesFor(storage, question, read.names);
  const told = (row: AcrossRow, key: string | null) => ({
    currency: row.currency,
    figures: figuresOf(definition, definition.columns, row.measures),
    before: row.before === null ? null : figuresOf(definition, definition.columns, row.before),
    tickets: ticketsQueryOf(question, { key, currency: row.currency, stores: names.codes }),
  });
  return {
    report,
    title: REPORT_TITLES[report],
    by: group,
    byTitle: groupTitle(report, group),
    period,
    compared: compare === null ? null : comparedPeriod(period, compare),
    columns: columnsOf(report, definition.columns),
    main: definition.main,
    rows: rows.rows.map((row) => {
      const key = names.keyOf(row.key);
      return {
        ...told(row, key),
        key,
        name: rowName({ report, group, key: row.key, found: names.found(row.key) }),
      };
    }),
    count: rows.count,
    totals: rows.totals.map((row) => told(row, null)),
    complete: read.complete,
  };
}

/** What one row is made of: tickets, orders, drawers or customers. */
export async function acrossBehind(
  storage: Storage,
  question: AcrossQuestion,
  page: Pick<BehindAsk, "key" | "currency" | "after" | "limit">,
  cancelled?: AbortSignal,
): Promise<Result<ReportTicketsAnswer, NotAnswered>> {
  const { report, group } = question;
  const read = await storage.aside.read(
    "acrossBehind",
    { ...page, filter: filterOf(question), group },
    cancelled,
  );
  if (!read.ok) return read;
  const definition = ACROSS[report];
  const own = drillColumns(definition);
  const codes = await codesOf(storage);
  const { rows, next, count, measures } = read.value;
  return ok({
    columns: columnsOf(report, own),
    tickets: rows.map(({ kind, id, number, store, day, at, measures: part }) => ({
      kind,
      id,
      number,
      store: store === null ? "" : (codes.get(store)?.code ?? ""),
      day,
      at,
      figures: figuresOf(definition, own, part),
    })),
    next: next === null ? null : [next.day, next.store, next.id].join(" "),
    count,
    currency: page.currency,
    figures: figuresOf(definition, own, measures),
  });
}

function filterOf({ report, period, stores, channels }: AcrossQuestion): AcrossFilter {
  return { ...period, report, stores, channels };
}

function figuresOf(
  definition: AcrossDefinition,
  columns: AcrossDefinition["columns"],
  measures: readonly number[],
): (number | null)[] {
  return columns.map((column) => acrossFigure(definition, column, measures));
}

function columnsOf(report: AcrossName, columns: AcrossDefinition["columns"]): ReportAnswer["columns"] {
  return columns.map(({ name, kind }) => ({ name, title: columnTitle(report, name), kind }));
}

/** Rows are sorted by the main column; those that have nothing in it by all that they have. */
function sizeOf(definition: AcrossDefinition): (measures: readonly number[]) => number {
  const main = definition.columns.find(({ name }) => name === definition.main);
  return (measures) => (main === undefined ? 0 : (acrossFigure(definition, main, measures) ?? 0));
}
