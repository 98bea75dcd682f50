import { isAcross } from "#domain/reports/across.ts";
import { figureOf, type ReportRows } from "#domain/reports/answer.ts";
import { comparedPeriod } from "#domain/reports/period.ts";
import { type ReportColumn, ticketReportCalled } from "#domain/reports/reports.ts";
import type { Sums } from "#domain/reports/sums.ts";
import { columnKind, columnTitle, groupTitle, REPORT_TITLES, rowName } from "#domain/reports/words.ts";
import { ok, type Result } from "#domain/result.ts";
import type { ReportAnswer, ReportRow, ReportTicketsAnswer } from "#protocol/hq/reports.ts";
import type { Storage } from "../storage/port.ts";
import { type AcrossQuestion, acrossBehind, acrossRows } from "./across.ts";
import { codesOf, namesFor, type RowNames } from "./names.ts";
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
  /** The tickets of one row, or whatever else it is made of, `key` as reports keep it (a store's id); null: of all rows. */
  tickets(
    question: ReportQuestion,
    page: Parameters<typeof ticketsAskOf>[1],
    cancelled?: AbortSignal,
  ): Promise<Result<ReportTicketsAnswer, "busy" | "cancelled">>;
}

export function createReports({ storage }: { readonly storage: Storage }): Reports {
  return {
    async rows(question, page, cancelled) {
      if (isAboutAcross(question)) return acrossRows(storage, question, page, cancelled);
      const read = await storage.aside.read("report", reportAskOf(question, page), cancelled);
      if (!read.ok) return read;
      return ok(answerOf(question, read.value, await namesFor(storage, question, read.value.names)));
    },
    async tickets(question, page, cancelled) {
      if (isAboutAcross(question)) {
        const after = page.after === null ? null : { ...page.after, id: page.after.ticket };
        return acrossBehind(storage, question, { ...page, after }, cancelled);
      }
      const read = await storage.aside.read("reportTickets", ticketsAskOf(question, page), cancelled);
      if (!read.ok) return read;
      const { columns, main } = ticketReportCalled(question.report);
      const own = columns.filter((column) => !NOT_OF_TICKETS.includes(column));
      const figures = (sums: Sums) => own.map((column) => figureOf(column, sums, { main, whole: sums }));
      const codes = await codesOf(storage);
      const { tickets, next, count, sums } = read.value;
      return ok({
        columns: columnsOf(question, own),
        tickets: tickets.map(({ ticket, order, number, store, day, at, sums: part }) => ({
          kind: order === null ? ("ticket" as const) : ("order" as const),
          id: order ?? ticket,
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

function isAboutAcross(question: ReportQuestion): question is AcrossQuestion {
  return isAcross(question.report);
}

function columnsOf({ report }: ReportQuestion, columns: readonly ReportColumn[]): ReportAnswer["columns"] {
  return columns.map((name) => ({ name, title: columnTitle(report, name), kind: columnKind(name) }));
}

function answerOf(question: ReportQuestion, read: Read, names: RowNames): ReportAnswer {
  const { report, group, period, compare } = question;
  const { columns, main } = ticketReportCalled(report);
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
      const name = rowName({ report, group, key: row.key, found: names.found(row.key) });
      return { ...told(row, key), key, name };
    }),
    count: read.count,
    totals: read.totals.map((total) => told(total, null)),
    complete: read.complete,
  };
}
