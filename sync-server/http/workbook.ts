import type { SpreadsheetJob, Spreadsheets } from "../catalog/spreadsheet/spreadsheets.ts";
import { Refusal } from "./errors.ts";

/** An Excel file, made in a process of its own. Throws a refusal where too many are being made, or where this one is too large. */
export async function workbookOf(
  sheet: Omit<Extract<SpreadsheetJob, { kind: "write" }>, "kind">,
  spreadsheets: Spreadsheets,
): Promise<Uint8Array> {
  const written = await spreadsheets.run({ kind: "write", ...sheet });
  if (!written.ok && written.reason === "busy")
    throw new Refusal("tooManyRequests", "Many files are being made just now. Try again in a minute.");
  if (!written.ok || !written.value.ok)
    throw new Refusal("badRequest", "This is too much for an Excel file. Export CSV instead.");
  return written.value.bytes;
}
