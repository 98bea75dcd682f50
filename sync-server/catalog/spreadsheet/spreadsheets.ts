import { createOneProcess, type OneProcess } from "../in-process.ts";

/** What is done with an Excel file (Office Open XML) in a process of its own. */
export type SpreadsheetJob =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  /** Texts stay texts, whatever they begin with; a `heading` stands above the rows and stays in sight. */
  | {
      readonly kind: "write";
      readonly sheet: string;
      readonly heading?: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    };

export type SpreadsheetAnswer =
  /** Its first sheet as CSV, or the file. */
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: "notASpreadsheet" | "tooLarge" };

export type Spreadsheets = OneProcess<SpreadsheetJob, SpreadsheetAnswer>;

/** Of an Excel file as it comes, in bytes; and unpacked, which is where small files become enormous. */
export const MAX_SPREADSHEET_BYTES = 50 * 1024 * 1024;
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;
/** Of a file that is written. */
export const MAX_SPREADSHEET_ROWS = 100_000;

const TIMEOUT_MS = 5 * 60_000;
const MAX_MEMORY_MB = 2_048;

export function createSpreadsheets(maxMemoryMb = MAX_MEMORY_MB): Spreadsheets {
  return createOneProcess({
    program: new URL("./spreadsheet-worker.ts", import.meta.url),
    timeoutMs: TIMEOUT_MS,
    maxMemoryMb,
  });
}
