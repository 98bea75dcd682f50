import type { ExportFormat } from "#protocol/hq/journal-export.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { readBooks } from "./books.ts";
import { csvFiles } from "./csv/csv-files.ts";
import { dsfinvkFiles } from "./dsfinvk/dsfinvk-files.ts";
import { type ExportAsk, journalFiles, type WrittenFile } from "./journal-files.ts";
import { jsonFiles } from "./json-files.ts";
import { saftFiles } from "./saft/saft-files.ts";

/** What is exported: the journal itself, or books made from it. */
export interface ExportWish extends ExportAsk {
  readonly format: "journal" | ExportFormat;
}

/** The files of an export, to be read one after the other within the transaction. */
export async function* exportFiles(tx: ReadTransaction, wish: ExportWish): AsyncGenerator<WrittenFile> {
  const { format } = wish;
  if (format === "journal") {
    yield* journalFiles(tx, wish);
    return;
  }
  const books = await readBooks(tx, wish);
  for (const { name, text } of BOOK_FILES[format](books)) yield { name, chunks: [Buffer.from(text, "utf8")] };
}

const BOOK_FILES = {
  csv: csvFiles,
  json: jsonFiles,
  dsfinvk: dsfinvkFiles,
  saft: saftFiles,
} as const satisfies Record<ExportFormat, unknown>;
