import type { EntryId } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { causeOf } from "#domain/stock/movements.ts";
import type { Row, SqlInput } from "../../sync-server/storage/sql/database.ts";
import { entryOf } from "./found.ts";

const MOVED = "SELECT at FROM movements WHERE store = ? AND variant = ? AND cause = ?";
const OF_OTHERS = "SELECT entry FROM journal WHERE received_at = ? AND device <> ?";

/**
 * Entries of a till that came in and moved nothing, for a till of another device had told of the same before: both shipped an order, say. What the till itself told before, and
 * carried over into another epoch, is none of them.
 */
export async function movedByOthers(
  entries: readonly JournalEntry[],
  {
    receivedAt,
    all,
  }: {
    /** When each came in that the server has, by its hash. */
    readonly receivedAt: ReadonlyMap<string, number>;
    /** Asks what the server knows. */
    readonly all: (sql: string, ...values: readonly SqlInput[]) => Promise<readonly Row[]>;
  },
): Promise<readonly EntryId[]> {
  const found: EntryId[] = [];
  for (const entry of entries) {
    const at = receivedAt.get(entry.hash);
    if (at === undefined) continue;
    for (const { store, variant, reason } of effectsOf(entry).movements) {
      const cause = causeOf(reason) ?? entry.id;
      const [moved] = await all(MOVED, store, variant, cause);
      if (moved === undefined || Number(moved.at) >= at) continue;
      const others = await all(OF_OTHERS, Number(moved.at), entry.device);
      if (others.map(entryOf).some((other) => causesOf(other).includes(cause))) found.push(entry.id);
    }
  }
  return found;
}

function causesOf(entry: JournalEntry): readonly string[] {
  return effectsOf(entry).movements.map(({ reason }) => causeOf(reason) ?? entry.id);
}
