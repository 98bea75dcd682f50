import type { RxCollection } from "rxdb";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { type Recogniser, recogniserWithRulesOf } from "#protocol/recognise.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { type JournalDocument, journalDocumentAt, journalDocumentsBefore } from "../database.ts";

/** The journal on disk is not what this till wrote. Nothing may be appended to it, and nothing of it may be thrown away. */
export class JournalDamaged extends Error {}

const EPOCH_DIGITS = 6;
const SEQ_DIGITS = 12;
const DOCUMENT_ID = new RegExp(`^(\\d{${EPOCH_DIGITS}})-(\\d{${SEQ_DIGITS}})$`);
/** Entries read from disk at a time: few at first, for whoever looks for the newest of a kind mostly has it with them, and each time twice as many. */
const PAGE = { first: 12, most: 200 };

/** The document of an entry; its id is sorted as the entries are. `text`: its canonical JSON, where it was written already. */
export function toDocument(entry: JournalEntry, text = canonicalJson(entry)): JournalDocument {
  const ticket = ticketOf(entry.fact);
  return {
    id: documentId(entry),
    ticketId: ticket?.id ?? "",
    basketId: ticket?.basket ?? "",
    entry: text,
  };
}

/** Of an entry's document, by its place. */
export function documentId({ epoch, seq }: AppliedUpTo): string {
  return `${String(epoch).padStart(EPOCH_DIGITS, "0")}-${String(seq).padStart(SEQ_DIGITS, "0")}`;
}

/** Whether this is the id of an entry's document, as far as its form tells. */
export function isDocumentId(id: unknown): id is string {
  return typeof id === "string" && DOCUMENT_ID.test(id);
}

/** The place that the id of an entry's document names. */
export function placeOf(id: string): AppliedUpTo {
  const [, epoch, seq] = DOCUMENT_ID.exec(id) ?? [];
  return { epoch: Number(epoch), seq: Number(seq) };
}

/** Made with the first entry: each sale reads its own before it is written, and the customer waits for that. */
let recognises: Recogniser | null | undefined;

function isRecognised(written: unknown): written is JournalEntry {
  if (recognises === undefined) recognises = recogniserWithRulesOf(entrySchema);
  return recognises?.(written) === true;
}

/** Throws JournalDamaged on text that is no entry. */
export function readEntry({ id, entry: text }: Pick<JournalDocument, "id" | "entry">): JournalEntry {
  try {
    const written: unknown = JSON.parse(text);
    return isRecognised(written) ? written : entrySchema.parse(written);
  } catch (error) {
    throw new JournalDamaged(`entry ${id} cannot be read`, { cause: error });
  }
}

/** The document of every entry on disk before the one of an id (left out: of all), from the newest back. */
export function* documentsNewestFirst(
  collection: RxCollection<JournalDocument>,
  before = "~",
): Generator<JournalDocument> {
  let next = before;
  for (let limit = PAGE.first; ; limit = Math.min(2 * limit, PAGE.most)) {
    const page = journalDocumentsBefore(collection, next, limit);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    next = last.id;
  }
}

/** The document of the entry on disk at a place; null where there is none. */
export function documentAt(
  collection: RxCollection<JournalDocument>,
  place: AppliedUpTo,
): JournalDocument | null {
  return journalDocumentAt(collection, documentId(place));
}

/** The document of the newest entry on disk before a place; null where there is none. */
export function documentBefore(
  collection: RxCollection<JournalDocument>,
  place: AppliedUpTo,
): JournalDocument | null {
  const [document] = journalDocumentsBefore(collection, documentId(place), 1);
  return document ?? null;
}
