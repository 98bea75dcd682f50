import { setImmediate } from "node:timers/promises";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { type DayState, newDay } from "#domain/shift/day-state.ts";
import { dayBegunBy, dayReadBack } from "#domain/shift/read-back.ts";
import { parseReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { TakenOver } from "#protocol/sync/enrol.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";

const ENTRIES_AT_ONCE = 500;
const NEWEST = { epoch: Number.MAX_SAFE_INTEGER, seq: 0 };

/** Where a register's journal ends as far as it is known here: the number of its next receipt, its newest entry, and its day so far. */
export async function leftOff(
  tx: ReadTransaction,
  { id: device, store }: Pick<DeviceRecord, "id" | "store">,
): Promise<TakenOver> {
  const since: JournalEntry[] = [];
  let newest: JournalEntry | null = null;
  let begin: DayState | null = null;
  let nextReceipt = 1;
  let isCounted = false;
  let before = NEWEST;
  while (begin === null || !isCounted) {
    const page = await tx.newestEntries({ store, device, before, limit: ENTRIES_AT_ONCE });
    for (const entry of page) {
      newest ??= entry;
      nextReceipt = Math.max(nextReceipt, receiptAfter(entry));
      isCounted ||= ticketOf(entry.fact) !== null || beginsAnew(entry);
      if (begin !== null) continue;
      begin = dayBegunBy(entry);
      if (begin === null) since.push(entry);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < ENTRIES_AT_ONCE) break;
    before = { epoch: last.epoch, seq: last.seq };
    await setImmediate();
  }
  const previous = newest === null ? null : { epoch: newest.epoch, seq: newest.seq, hash: newest.hash };
  return { nextReceipt, previous, day: dayReadBack(begin ?? newDay(null), since) };
}

function receiptAfter({ fact }: JournalEntry): number {
  if (fact.type === "epoch.begun") return fact.nextReceipt;
  const number = parseReceiptNumber(ticketOf(fact)?.number ?? "");
  return number === null ? 1 : number.counter + 1;
}

/** Whether no receipt before it has a higher number than it says: it carries nothing over. */
function beginsAnew({ fact }: JournalEntry): boolean {
  return fact.type === "epoch.begun" && (fact.previous === null || fact.day !== undefined);
}
