import { type ChainCrypto, checkSeal, hangsOn } from "#domain/journal/check.ts";
import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { JournalDamaged } from "./journal-document.ts";

/** Entries whose hash and signature are checked at the start: enough to find what a bad disk or a wrong hand did last, quick enough for every start. */
export const SEALS_CHECKED = 50;

/**
 * Checks the end of the journal, newest entry first: every entry read follows the one before it, and the newest are intact and signed by
 * this till. Throws JournalDamaged: an entry written after a broken one would be refused by the server for ever.
 */
export function checkTail(newestFirst: readonly JournalEntry[], crypto: ChainCrypto): void {
  for (const [index, entry] of newestFirst.entries()) {
    const before = newestFirst[index + 1];
    if (index < SEALS_CHECKED) {
      const sealed = checkSeal(entry, crypto);
      if (!sealed.ok) throw new JournalDamaged(`entry ${entry.epoch}/${entry.seq}: ${sealed.reason}`);
    }
    checkFollows(entry, before);
  }
}

/** Throws JournalDamaged where an entry does not follow the one before it, if that is known. */
export function checkFollows(entry: JournalEntry, before: JournalEntry | undefined): void {
  if (!follows(entry, before))
    throw new JournalDamaged(`entry ${entry.epoch}/${entry.seq} does not follow the one before it`);
}

function follows(entry: JournalEntry, before: JournalEntry | undefined): boolean {
  if (entry.seq === 1) return entry.prev === GENESIS_HASH && entry.fact.type === "epoch.begun";
  return before === undefined || hangsOn(entry, before);
}
