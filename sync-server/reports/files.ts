import writeXlsxFile from "write-excel-file/node";
import type { ReportAnswer } from "#protocol/hq/reports.ts";
import { csvOf } from "../staff/csv.ts";
import { fileTableOf } from "./table.ts";

export const REPORT_FILE_TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
export type ReportFileFormat = keyof typeof REPORT_FILE_TYPES;

/** Sheets of a workbook have no longer names. */
const MAX_SHEET_NAME = 31;

/** A report as CSV: amounts are decimal numbers with all their digits. Text that a spreadsheet would take for a formula is none. */
export function reportCsv(answer: ReportAnswer): string {
  const { headings, rows } = fileTableOf(answer);
  return csvOf([headings, ...rows.map((cells) => cells.map(({ text }) => text))]);
}

/** A report as a workbook of one sheet. Text is kept as text, whatever it begins with. */
export async function reportXlsx(answer: ReportAnswer): Promise<Uint8Array> {
  const { headings, rows } = fileTableOf(answer);
  return writeXlsxFile(
    [
      headings.map((value) => ({ value, type: String, fontWeight: "bold" as const })),
      ...rows.map((row) =>
        row.map(({ text, number }) =>
          number === null ? { value: text, type: String } : { value: number, type: Number },
        ),
      ),
    ],
    { sheet: answer.title.slice(0, MAX_SHEET_NAME), stickyRowsCount: 1 },
  ).toBuffer();
}

/** What a file of a report is called: `sales-day-2027-01-01-2027-01-31.csv`. */
export function reportFileName({ report, by, period }: ReportAnswer, format: ReportFileFormat): string {
  return `${report}-${by}-${period.from}-${period.until}.${format}`;
}
