import type { JournalEntry } from "#domain/journal/entry.ts";
import { sealedWithText } from "#domain/journal/seal.ts";
import type { JournalDocument } from "../database.ts";
import { readEntry, toDocument } from "./journal-document.ts";

/**
 * Seals an entry and makes its document. What could not be read again would leave the till without its journal at the next start: it throws a TypeError, and
 * nothing is to be written. `read` is how it is tried.
 */
export function sealedDocument(
  sealing: Parameters<typeof sealedWithText>[0],
  read: (document: JournalDocument) => JournalEntry = readEntry,
): {
  readonly entry: JournalEntry;
  readonly document: JournalDocument;
} {
  const { entry, text } = sealedWithText(sealing);
  const document = toDocument(entry, text);
  try {
    read(document);
  } catch (error) {
    throw new TypeError(`the till could not read this ${entry.fact.type} again`, { cause: error });
  }
  return { entry, document };
}
