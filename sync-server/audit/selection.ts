import type { BusinessDay } from "#domain/ids.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { AuditReads, JournalSpot, ReceivedEntry, TillOfStore } from "./port.ts";

const PAGE = 500;
const START: JournalSpot = { epoch: 0, seq: 0 };

/** The days, by the store's calendar, on which entries were written that are asked for; nulls: from the first, until the last. */
export interface Days {
  readonly from: BusinessDay | null;
  readonly until: BusinessDay | null;
}

/** Where in a till's journal what is asked for begins and ends, both included. */
export interface Stretch {
  readonly first: JournalSpot;
  readonly last: JournalSpot;
}

export function tillOf({ id, store }: Pick<DeviceRecord, "id" | "store">): TillOfStore {
  return { store, device: id };
}

/** Every entry of a till in order, page by page; of a stretch only those in it. */
export async function* entriesOf(
  reads: AuditReads,
  till: TillOfStore,
  stretch: Stretch | null = null,
): AsyncGenerator<ReceivedEntry> {
  let after = stretch === null ? START : { ...stretch.first, seq: stretch.first.seq - 1 };
  for (;;) {
    const page = await reads.receivedEntries({ ...till, after, limit: PAGE });
    for (const received of page) {
      if (stretch !== null && isAfter(received.entry, stretch.last)) return;
      yield received;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { epoch: last.entry.epoch, seq: last.entry.seq };
  }
}

/**
 * The one stretch of a till's journal that holds all that was written on these days: a journal is whole between two entries or it proves nothing. Where it
 * holds a Z report, it begins early enough for the report to be checked. Null: nothing was written on them.
 */
export async function stretchOf(
  reads: AuditReads,
  till: TillOfStore,
  { days, timeZone }: { readonly days: Days; readonly timeZone: string },
): Promise<Stretch | null> {
  let first: JournalSpot | null = null;
  let last: JournalSpot | null = null;
  let spanFrom: JournalSpot | null = null;
  for await (const { entry } of entriesOf(reads, till)) {
    const spot = { epoch: entry.epoch, seq: entry.seq };
    const day = businessDayOf({ at: entry.at, timeZone });
    const begins = days.from === null || day >= days.from;
    const isWithin = begins && (days.until === null || day <= days.until);
    if (first === null && begins) first = spot;
    if (first === null || !isWithin) continue;
    last = spot;
    if (spanFrom === null && entry.fact.type === "day.closed") spanFrom = entry.fact.report.span.from;
  }
  if (first === null || last === null) return null;
  return { first: spanFrom !== null && isAfter(first, spanFrom) ? spanFrom : first, last };
}
