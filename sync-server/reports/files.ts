import type { ReportAnswer } from "#protocol/hq/reports.ts";
import { csvOf } from "../staff/csv.ts";
import { fileTableOf } from "./table.ts";

export const REPORT_FILE_TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
export type ReportFileFormat = keyof typeof REPORT_FILE_TYPES;

/** A report as CSV: amounts are decimal numbers with all their digits. Text that a spreadsheet would take for a formula is none. */
export function reportCsv(answer: ReportAnswer): string {
  const { headings, rows } = fileTableOf(answer);
  return csvOf([headings, ...rows.map((cells) => cells.map(({ text }) => text))]);
}

/** A report as the one sheet of a workbook. Text is kept as text, whatever it begins with. */
export function reportSheet(answer: ReportAnswer): {
  readonly sheet: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
} {
  const { headings, rows } = fileTableOf(answer);
  return {
    sheet: answer.title,
    heading: headings,
    rows: rows.map((row) => row.map(({ text, number }) => number ?? text)),
  };
}

/** What a file of a report is called: `sales-day-2027-01-01-2027-01-31.csv`. */
export function reportFileName({ report, by, period }: ReportAnswer, format: ReportFileFormat): string {
  return `${report}-${by}-${period.from}-${period.until}.${format}`;
}
