import { createOneThread, type OneThread } from "../in-thread.ts";

/** What is done with an Excel file (Office Open XML) beside the server's own thread. */
export type SpreadsheetJob =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  | { readonly kind: "write"; readonly sheet: string; readonly rows: readonly (readonly string[])[] };

export type SpreadsheetAnswer =
  /** Its first sheet as CSV, or the file. */
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: "notASpreadsheet" | "tooLarge" };

export type Spreadsheets = OneThread<SpreadsheetJob, SpreadsheetAnswer>;

/** Of an Excel file as it comes, in bytes; and unpacked, which is where small files become enormous. */
export const MAX_SPREADSHEET_BYTES = 50 * 1024 * 1024;
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;
/** Of a file that is written. */
export const MAX_SPREADSHEET_ROWS = 100_000;

const TIMEOUT_MS = 5 * 60_000;
const MAX_MEMORY_MB = 2_048;

export function createSpreadsheets(): Spreadsheets {
  return createOneThread({
    program: new URL("./spreadsheet-worker.ts", import.meta.url),
    timeoutMs: TIMEOUT_MS,
    maxMemoryMb: MAX_MEMORY_MB,
  });
}
