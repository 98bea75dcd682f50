import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { MAX_ENTRIES_PER_PUSH, MAX_PUSH_BYTES } from "#protocol/sync/journal.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";

/** What is booked of a till's journal before a place, newest first: as much as one push may carry, and one entry at least where there is any (SPEC S4e). */
export async function ownJournal(
  tx: ReadTransaction,
  { id: device, store }: Pick<DeviceRecord, "id" | "store">,
  before: AppliedUpTo,
): Promise<readonly JournalEntry[]> {
  const entries = await tx.newestEntries({ store, device, before, limit: MAX_ENTRIES_PER_PUSH });
  let bytes = 0;
  const tooLarge = entries.findIndex((entry) => {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    return bytes > MAX_PUSH_BYTES;
  });
  return tooLarge < 0 ? entries : entries.slice(0, Math.max(1, tooLarge));
}
