import { ok, type Result, refused } from "#domain/result.ts";
import { MAX_SPREADSHEET_BYTES, type Spreadsheets } from "../spreadsheet/spreadsheets.ts";

export type FileTrouble = "notASpreadsheet" | "tooLarge" | "tooMuch" | "busy";

/** How every archive begins (APPNOTE, section 4.3.7), and so every Excel file. */
const ARCHIVE = Buffer.from("PK\u0003\u0004", "latin1");

/** A file as CSV: CSV as it comes, the first sheet of an Excel file. What it is is seen by how it begins. Read to its end where it is refused. */
export async function csvOfFile(
  bytes: AsyncIterable<Uint8Array>,
  spreadsheets: Spreadsheets,
): Promise<Result<AsyncIterable<Uint8Array>, FileTrouble>> {
  const source = bytes[Symbol.asyncIterator]();
  let opening = Buffer.alloc(0);
  while (opening.length < ARCHIVE.length) {
    const next = await source.next();
    if (next.done === true) break;
    opening = Buffer.concat([opening, next.value]);
  }
  const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next: () => source.next() }) };
  if (!opening.subarray(0, ARCHIVE.length).equals(ARCHIVE)) return ok(joined(opening, rest));
  const pieces: Uint8Array[] = [opening];
  let size = opening.length;
  for await (const piece of rest) {
    size += piece.length;
    if (size <= MAX_SPREADSHEET_BYTES) pieces.push(piece);
  }
  if (size > MAX_SPREADSHEET_BYTES) return refused("tooLarge");
  const read = await spreadsheets.run({ kind: "read", bytes: Buffer.concat(pieces) });
  if (!read.ok) return read;
  return read.value.ok ? ok(joined(read.value.bytes, none())) : refused(read.value.reason);
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* none(): AsyncGenerator<Uint8Array> {}
