import type { EntryId } from "../ids.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { type DayState, newDay } from "./day-state.ts";
import { type DayEntry, foldCopy, foldDay, leftBy } from "./fold-day.ts";

/** Where a day can be told from, when a till's journal is read from its end: its last Z report, or what another machine left of it. Null: further back. */
export function dayBegunBy({ fact }: Pick<JournalEntry, "fact">): DayState | null {
  if (fact.type === "day.closed") return newDay(leftBy(fact.report));
  return fact.type === "epoch.begun" ? (fact.day ?? null) : null;
}

/** The day after these entries, the newest first. One that was carried over into a later epoch stands in them more than once and counts once. */
export function dayReadBack(
  begin: DayState,
  newestFirst: readonly (DayEntry & { readonly id: EntryId })[],
): DayState {
  const seen = new Set<EntryId>();
  const since = newestFirst.map((entry) => {
    const isCopy = seen.has(entry.id);
    seen.add(entry.id);
    return { entry, isCopy };
  });
  return since.reduceRight(
    (state, { entry, isCopy }) => (isCopy ? foldCopy(state, entry) : foldDay(state, entry)),
    begin,
  );
}
