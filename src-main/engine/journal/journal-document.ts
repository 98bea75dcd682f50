import type { RxCollection } from "rxdb";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { type Recogniser, recogniserWithRulesOf } from "#protocol/recognise.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { type JournalDocument, journalDocumentsBefore } from "../database.ts";

/** The journal on disk is not what this till wrote. Nothing may be appended to it, and nothing of it may be thrown away. */
export class JournalDamaged extends Error {}

const EPOCH_DIGITS = 6;
const SEQ_DIGITS = 12;
/** Entries read from disk at a time. */
const PAGE = 200;

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

/** Made with the first entry: each sale reads its own before it is written, and the customer waits for that. */
let recognises: Recogniser | null | undefined;

function isRecognised(written: unknown): written is JournalEntry {
  if (recognises === undefined) recognises = recogniserWithRulesOf(entrySchema);
  return recognises?.(written) === true;
}

/** What a till reads again soon: as it starts, and for the receipt of what it just sold. Some two megabytes. */
const MAX_KEPT = 300;
/** Entries read last, by their very texts, in the order in which they were read. */
const kept = new Map<string, JournalEntry>();

/** Throws JournalDamaged on text that is no entry. */
export function readEntry({ id, entry: text }: Pick<JournalDocument, "id" | "entry">): JournalEntry {
  const known = kept.get(text);
  if (known !== undefined) return known;
  try {
    const written: unknown = JSON.parse(text);
    const entry = isRecognised(written) ? written : entrySchema.parse(written);
    kept.set(text, entry);
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value ?? text);
    return entry;
  } catch (error) {
    throw new JournalDamaged(`entry ${id} cannot be read`, { cause: error });
  }
}

/** Every entry on disk, from the newest back. */
export async function* newestFirst(collection: RxCollection<JournalDocument>): AsyncGenerator<JournalEntry> {
  let before = "~";
  for (;;) {
    const page = journalDocumentsBefore(collection, before, PAGE);
    for (const document of page) yield readEntry(document);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = last.id;
  }
}

/** The entry on disk at a place; null where there is none. */
export async function entryAt(
  collection: RxCollection<JournalDocument>,
  place: AppliedUpTo,
): Promise<JournalEntry | null> {
  const [document] = await collection.storageInstance.findDocumentsById([documentId(place)], false);
  return document === undefined ? null : readEntry(document);
}

/** The newest entry on disk before a place; null where there is none. */
export async function entryBefore(
  collection: RxCollection<JournalDocument>,
  place: AppliedUpTo,
): Promise<JournalEntry | null> {
  const [document] = journalDocumentsBefore(collection, documentId(place), 1);
  return document === undefined ? null : readEntry(document);
}

export function isAfter(entry: AppliedUpTo, upTo: AppliedUpTo): boolean {
  return entry.epoch > upTo.epoch || (entry.epoch === upTo.epoch && entry.seq > upTo.seq);
}

export function earlier(one: AppliedUpTo, other: AppliedUpTo): AppliedUpTo {
  return isAfter(one, other) ? other : one;
}
