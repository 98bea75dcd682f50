import { figureOf, type ReportRows } from "#domain/reports/answer.ts";
import { comparedPeriod } from "#domain/reports/period.ts";
import { type ReportColumn, reportCalled } from "#domain/reports/reports.ts";
import type { Sums } from "#domain/reports/sums.ts";
import { columnKind, columnTitle, groupTitle, REPORT_TITLES, rowName } from "#domain/reports/words.ts";
import { ok, type Result } from "#domain/result.ts";
import type { ReportAnswer, ReportRow, ReportTicketsAnswer } from "#protocol/hq/reports.ts";
import type { Storage } from "../storage/port.ts";
import type { ReportAnswer as Read } from "./port.ts";
import { textOfPlace, ticketsQueryOf } from "./query.ts";
import { type ReportQuestion, reportAskOf, ticketsAskOf } from "./question.ts";

/** Columns of a ticket's own: a share of tickets says nothing. */
const NOT_OF_TICKETS: readonly ReportColumn[] = ["share"];

export interface Reports {
  /** Rows of a report. `cancelled`: nobody waits for them any more. */
  rows(
    question: ReportQuestion,
    page: { readonly offset: number; readonly limit: number },
    cancelled?: AbortSignal,
  ): Promise<Result<ReportAnswer, "busy" | "cancelled">>;
  /** The tickets of one row, `key` as reports keep it (a store's id); null: of all rows. */
  tickets(
    question: ReportQuestion,
    page: Parameters<typeof ticketsAskOf>[1],
    cancelled?: AbortSignal,
  ): Promise<Result<ReportTicketsAnswer, "busy" | "cancelled">>;
}

export function createReports({ storage }: { readonly storage: Storage }): Reports {
  return {
    async rows(question, page, cancelled) {
      const read = await storage.aside.read("report", reportAskOf(question, page), cancelled);
      if (!read.ok) return read;
      return ok(answerOf(question, read.value, await namesOf(storage, question, read.value)));
    },
    async tickets(question, page, cancelled) {
      const read = await storage.aside.read("reportTickets", ticketsAskOf(question, page), cancelled);
      if (!read.ok) return read;
      const { columns, main } = reportCalled(question.report);
      const own = columns.filter((column) => !NOT_OF_TICKETS.includes(column));
      const figures = (sums: Sums) => own.map((column) => figureOf(column, sums, { main, whole: sums }));
      const codes = await codesOf(storage);
      const { tickets, next, count, sums } = read.value;
      return ok({
        columns: columnsOf(question, own),
        tickets: tickets.map(({ ticket: id, number, store, day, at, sums: part }) => ({
          id,
          number,
          store: codes.get(store)?.code ?? "",
          day,
          at,
          figures: figures(part),
        })),
        next: next === null ? null : textOfPlace(next),
        count,
        currency: page.currency,
        figures: figures(sums),
      });
    },
  };
}

function columnsOf({ report }: ReportQuestion, columns: readonly ReportColumn[]): ReportAnswer["columns"] {
  return columns.map((name) => ({ name, title: columnTitle(report, name), kind: columnKind(name) }));
}

interface Names {
  readonly of: (key: string) => string;
  /** What a row is called in questions: a store by its code. */
  readonly keyOf: (key: string) => string;
  readonly codes: readonly string[] | null;
}

function answerOf(question: ReportQuestion, read: Read, names: Names): ReportAnswer {
  const { report, group, period, compare } = question;
  const { columns, main } = reportCalled(report);
  const wholes = new Map(read.totals.map((total) => [total.currency, total]));
  const figures = (sums: Sums, whole: Sums) =>
    columns.map((column) => figureOf(column, sums, { main, whole }));
  const told = ({ currency, sums, before }: ReportRows["totals"][number], key: string | null) => {
    const whole = wholes.get(currency);
    return {
      currency,
      figures: figures(sums, whole?.sums ?? sums),
      before: before === null ? null : figures(before, whole?.before ?? before),
      tickets: ticketsQueryOf(question, { key, currency, stores: names.codes }),
    };
  };
  return {
    report,
    title: REPORT_TITLES[report],
    by: group,
    byTitle: groupTitle(report, group),
    period,
    compared: compare === null ? null : comparedPeriod(period, compare),
    columns: columnsOf(question, columns),
    main,
    rows: read.rows.map((row): ReportRow => {
      const key = names.keyOf(row.key);
      return { ...told(row, key), key, name: names.of(row.key) };
    }),
    count: read.count,
    totals: read.totals.map((total) => told(total, null)),
    complete: read.complete,
  };
}

async function namesOf(
  storage: Storage,
  { report, group, stores }: ReportQuestion,
  read: Read,
): Promise<Names> {
  const codes = await codesOf(storage);
  const staff = group === "seller" ? await storage.read((tx) => tx.staffNames()) : new Map<string, string>();
  const found = (key: string): string | undefined => {
    const store = group === "store" ? codes.get(key) : undefined;
    if (store !== undefined) return `${store.code} ${store.name}`;
    return group === "seller" ? staff.get(key) : read.names[key];
  };
  return {
    of: (key) => rowName({ report, group, key, found: found(key) }),
    keyOf: (key) => (group === "store" ? (codes.get(key)?.code ?? key) : key),
    codes: stores?.map((store) => codes.get(store)?.code ?? store) ?? null,
  };
}

async function codesOf(
  storage: Storage,
): Promise<ReadonlyMap<string, { readonly code: string; readonly name: string }>> {
  const stores = await storage.read((tx) => tx.stores());
  return new Map(stores.map(({ store, code, name }) => [store, { code, name }]));
}
