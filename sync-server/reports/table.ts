import { decimalText, formatMoney } from "#domain/money/format.ts";
import { money } from "#domain/money/money.ts";
import { durationText } from "#domain/reports/duration.ts";
import type { ReportAnswer } from "#protocol/hq/reports.ts";

/** A cell of a report; `number` null: it is text, or more digits than a spreadsheet keeps. */
export interface ReportCell {
  readonly text: string;
  readonly number: number | null;
}

/** A report as a table: headings and rows, amounts as decimal numbers of the row's currency, rates as percent. */
export interface ReportTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly ReportCell[])[];
}

const PPM_PER_PERCENT = 10_000;
/** Spreadsheets keep fifteen digits of a number. */
const MOST_EXACT_MINOR = 999_999_999_999_999;
const LOCALE = "en";

const SECONDS_A_MINUTE = 60;
const THOUSANDTHS = 1_000;

type Column = ReportAnswer["columns"][number];

/** The rows for a file, exact and without signs of currencies: these have a column of their own. */
export function fileTableOf(answer: ReportAnswer): ReportTable {
  return tableOf(answer, fileCell);
}

/** The rows and totals for people, as they read amounts and numbers. */
export function readTableOf(answer: ReportAnswer): ReportTable {
  const { headings, rows } = tableOf(answer, readCell);
  const totals = answer.totals.map((total) => [
    word("Total"),
    word(total.currency),
    ...cellsOf(answer, total, readCell),
  ]);
  return { headings, rows: [...rows, ...totals] };
}

type CellOf = (
  column: Column,
  figure: number | null,
  currency: ReportAnswer["rows"][number]["currency"],
) => ReportCell;

function tableOf(answer: ReportAnswer, cell: CellOf): ReportTable {
  const titles = answer.columns.map(({ title, kind }) => `${title}${unitOf(kind, cell)}`);
  const before = answer.compared === null ? [] : titles.map((title) => `${title} before`);
  return {
    headings: [answer.byTitle, "Currency", ...titles, ...before],
    rows: answer.rows.map((row) => [word(row.name), word(row.currency), ...cellsOf(answer, row, cell)]),
  };
}

/** What stands beside the title of a column; times are plain minutes in files, and words elsewhere. */
function unitOf(kind: Column["kind"], cell: CellOf): string {
  if (kind === "rate") return " %";
  return kind === "duration" && cell === fileCell ? " min" : "";
}

function cellsOf(
  { columns, compared }: ReportAnswer,
  { figures, before, currency }: ReportAnswer["totals"][number],
  cell: CellOf,
): readonly ReportCell[] {
  const all = (of: readonly (number | null)[]) =>
    columns.map((column, place) => cell(column, of[place] ?? null, currency));
  return [...all(figures), ...(compared === null ? [] : all(before ?? []))];
}

function word(text: string): ReportCell {
  return { text, number: null };
}

function decimalCell(number: number): ReportCell {
  return { text: String(number), number };
}

const fileCell: CellOf = ({ kind }, figure, currency) => {
  if (figure === null) return word("");
  if (kind === "count") return { text: String(figure), number: figure };
  if (kind === "duration") return decimalCell(figure / SECONDS_A_MINUTE);
  if (kind === "decimal") return decimalCell(figure / THOUSANDTHS);
  if (kind === "rate") return { text: String(figure / PPM_PER_PERCENT), number: figure / PPM_PER_PERCENT };
  const text = decimalText(money(figure, currency));
  return { text, number: Math.abs(figure) > MOST_EXACT_MINOR ? null : Number(text) };
};

const readCell: CellOf = ({ kind }, figure, currency) => {
  if (figure === null) return word("");
  if (kind === "amount") return word(formatMoney({ amount: money(figure, currency), locale: LOCALE }));
  if (kind === "count") return word(new Intl.NumberFormat(LOCALE).format(figure));
  if (kind === "duration") return word(durationText(figure));
  if (kind === "decimal") return word(String(figure / THOUSANDTHS));
  return word((figure / PPM_PER_PERCENT).toFixed(1));
};
