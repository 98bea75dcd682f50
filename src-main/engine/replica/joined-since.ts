import type { JournalEntry } from "#domain/journal/entry.ts";

/**
 * What has come to the end of the pending entries since they were `before`; null where something else is different too, and all of them are to be looked at. So
 * a till that sells for days without the server does not look at its days again at every sale.
 */
export function joinedSince(
  before: readonly JournalEntry[],
  now: readonly JournalEntry[],
): readonly JournalEntry[] | null {
  // Entries stand in the journal's order, join at the end and leave at the front: with both ends in their places all between them are.
  const isSame = now[0] === before[0] && now[before.length - 1] === before.at(-1);
  return before.length > 0 && isSame ? now.slice(before.length) : null;
}
