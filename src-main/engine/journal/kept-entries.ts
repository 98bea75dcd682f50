import type { JournalEntry } from "#domain/journal/entry.ts";
import type { JournalDocument } from "../database.ts";
import { readEntry } from "./journal-document.ts";

type Written = Pick<JournalDocument, "id" | "entry">;

/** Of the texts, all together: some thousand sales, or a handful of the longest. */
const MAX_CHARACTERS = 2_000_000;

/**
 * What a till's journal reads again soon, by its very text: what it just wrote, for its receipt, and what it began with. Bounded by how long the texts are, for a ticket may
 * have hundreds of lines; those used longest ago go first.
 */
export class KeptEntries {
  readonly #kept = new Map<string, JournalEntry>();
  #characters = 0;

  /** An entry, kept or not. Throws JournalDamaged on text that is no entry. */
  read(document: Written): JournalEntry {
    return this.#kept.get(document.entry) ?? readEntry(document);
  }

  /** The same, and it is kept from now on. */
  keep(document: Written): JournalEntry {
    const entry = this.read(document);
    this.#put(document.entry, entry);
    return entry;
  }

  /** Entries from the newest back. Once the caller has read enough, the newest of what it read are kept, and the very newest the longest. */
  *keepNewest(documents: Iterable<Written>): Generator<JournalEntry> {
    const newest: { readonly text: string; readonly entry: JournalEntry }[] = [];
    let room = MAX_CHARACTERS;
    try {
      for (const document of documents) {
        const entry = this.read(document);
        room -= document.entry.length;
        if (room >= 0) newest.push({ text: document.entry, entry });
        yield entry;
      }
    } finally {
      for (const { text, entry } of newest.reverse()) this.#put(text, entry);
    }
  }

  #put(text: string, entry: JournalEntry): void {
    if (text.length > MAX_CHARACTERS) return;
    if (this.#kept.delete(text)) this.#characters -= text.length;
    this.#kept.set(text, entry);
    this.#characters += text.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= MAX_CHARACTERS) return;
      this.#kept.delete(oldest);
      this.#characters -= oldest.length;
    }
  }
}
