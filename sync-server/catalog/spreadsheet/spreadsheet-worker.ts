import { unzipSync, zipSync } from "fflate";
import { readSheet } from "read-excel-file/node";
import writeExcelFile from "write-excel-file/node";
import { csvLine } from "./csv-line.ts";
import { MAX_UNPACKED_BYTES, type SpreadsheetAnswer, type SpreadsheetJob } from "./spreadsheets.ts";

/** As exact as a spreadsheet keeps numbers. */
const DIGITS = 15;
/** Sheets of a workbook have no longer names. */
const MAX_SHEET_NAME = 31;

process.on("message", (job: SpreadsheetJob) => {
  void (job.kind === "read" ? read(job.bytes) : write(job))
    .catch((): SpreadsheetAnswer => ({ ok: false, reason: "notASpreadsheet" }))
    .then((answer) => process.send?.(answer));
});

async function read(bytes: Uint8Array): Promise<SpreadsheetAnswer> {
  if (unpackedBytes(bytes) > MAX_UNPACKED_BYTES) return { ok: false, reason: "tooLarge" };
  const rows = await readSheet(plainArchive(bytes), { parseNumber: numberText, dateFormat: "yyyy-mm-dd" });
  const width = Math.max(0, ...rows.slice(0, 1).map((row) => row.length));
  const lines = rows.map((row) =>
    csvLine(Array.from({ length: Math.max(width, row.length) }, (_, at) => cellText(row[at]))),
  );
  return { ok: true, bytes: Buffer.from(lines.join(""), "utf8") };
}

/** As the archive says of itself, without unpacking it. */
function unpackedBytes(bytes: Uint8Array): number {
  let total = 0;
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      total += originalSize;
      return false;
    },
  });
  return total;
}

/** The same, each file in it as large as the directory says and no larger: whoever reads on unpacks what stands there, whatever the directory says. */
function plainArchive(bytes: Uint8Array): Buffer {
  return Buffer.from(zipSync(unzipSync(bytes), { level: 0 }));
}

/** `12.5` as it was typed, and not `12.499999999999998` as it is kept. */
function numberText(text: string): string {
  const number = Number(Number(text).toPrecision(DIGITS));
  return Number.isFinite(number) ? String(number) : text;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, "2026-11-26".length);
  return String(value);
}

async function write({
  sheet,
  rows,
  heading,
}: Extract<SpreadsheetJob, { kind: "write" }>): Promise<SpreadsheetAnswer> {
  const cells = [
    ...(heading === undefined
      ? []
      : [heading.map((value) => ({ value, type: String, fontWeight: "bold" as const }))]),
    ...rows.map((row) =>
      row.map((value) => (typeof value === "number" ? { value, type: Number } : { value, type: String })),
    ),
  ];
  const bytes = await writeExcelFile(cells, {
    sheet: sheet.slice(0, MAX_SHEET_NAME),
    ...(heading === undefined ? {} : { stickyRowsCount: 1 }),
  }).toBuffer();
  return { ok: true, bytes };
}
