import { periodWords } from "#domain/reports/view.ts";
import type { ReportAnswer } from "#protocol/hq/reports.ts";
import { escapedHtml } from "../mail/html.ts";
import type { ReportMail } from "../mail/port.ts";
import { reportCsv, reportFileName } from "./files.ts";
import type { SavedView } from "./port.ts";
import type { ReportQuestion } from "./question.ts";
import { type ReportTable, readTableOf } from "./table.ts";

/** Rows of the table in a mail; the file beside it has them all. */
const MAX_MAIL_ROWS = 100;

/** A report as it leaves: the table to be read at once, and as a file with all of its digits. */
export function composedReport({
  id,
  to,
  retailer,
  saved,
  question,
  answer,
}: {
  readonly id: string;
  readonly to: string;
  readonly retailer: string;
  readonly saved: Pick<SavedView, "name">;
  readonly question: ReportQuestion;
  readonly answer: ReportAnswer;
}): ReportMail {
  const period = periodWords(question.period, question.compare);
  const shown = readTableOf({ ...answer, rows: answer.rows.slice(0, MAX_MAIL_ROWS) });
  const left = Math.max(0, answer.count - MAX_MAIL_ROWS);
  const notes = [
    ...(left > 0 ? [`${left} more rows are in the attached file.`] : []),
    ...(answer.rows.length === 0 ? ["Nothing was found for this period."] : []),
    ...(answer.complete
      ? []
      : ["Older sales are still being counted: figures of past periods are not complete yet."]),
  ];
  return {
    id,
    fromName: retailer,
    to,
    subject: `${saved.name}: ${period}`,
    text: [saved.name, `${answer.title}, ${period}`, "", ...textRows(shown), "", ...notes].join("\n"),
    html: htmlOf({ title: saved.name, lead: `${answer.title}, ${period}`, table: shown, notes }),
    attachment: { name: reportFileName(answer, "csv"), csv: reportCsv(answer) },
  };
}

function textRows({ headings, rows }: ReportTable): readonly string[] {
  return [headings.join(" | "), ...rows.map((row) => row.map(({ text }) => text).join(" | "))];
}

const CELL = "padding:6px 10px;border-bottom:1px solid #ddd";

function htmlOf({
  title,
  lead,
  table,
  notes,
}: {
  readonly title: string;
  readonly lead: string;
  readonly table: ReportTable;
  readonly notes: readonly string[];
}): string {
  const side = (place: number) => `${CELL};text-align:${place < 2 ? "left" : "right"}`;
  const heads = table.headings.map(
    (text, place) => `<th scope="col" style="${side(place)}">${escapedHtml(text)}</th>`,
  );
  const rows = table.rows.map(
    (row) =>
      `<tr>${row.map(({ text }, place) => `<td style="${side(place)}">${escapedHtml(text)}</td>`).join("")}</tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapedHtml(title)}</title></head>
<body style="font-family:sans-serif;color:#17231f"><h1 style="font-size:20px">${escapedHtml(title)}</h1><p>${escapedHtml(lead)}</p>
<table style="border-collapse:collapse"><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>
${notes.map((note) => `<p>${escapedHtml(note)}</p>`).join("")}</body></html>`;
}
