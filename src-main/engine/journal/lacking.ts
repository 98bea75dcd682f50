import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { formatReceiptNumber, parseReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { Missing } from "#protocol/sync/records.ts";
import { counterAfter } from "./journal.ts";
import { JournalDamaged, placeOf, readEntry } from "./journal-document.ts";
import type { Texts } from "./mend.ts";
import type { Gap, Mending } from "./reconcile.ts";

/** Entries that are in neither copy, and what is known of them. */
export interface Lack {
  /** The last whole one before them; null: they are the journal's beginning. */
  readonly after: JournalEntry | null;
  /** The first whole one behind them; null: they are its end. */
  readonly before: JournalEntry | null;
  /** The newest of them that is known to have been written; null where `before` tells. */
  readonly last: AppliedUpTo | null;
  readonly missing: Missing;
}

/** Both copies of the journal are hurt at the same entries: nothing was touched, and the server may have them. */
export class JournalLacks extends JournalDamaged {
  readonly lacks: readonly Lack[];

  constructor(lacks: readonly Lack[]) {
    super(`neither copy of the journal has ${lacks.map(wordsOf).join(" and ")}`);
    this.lacks = lacks;
  }
}

/** What the journal lacks. Throws JournalDamaged where what is beside it cannot be read, and what the disk throws. */
export function lacksOf(
  gaps: readonly Gap[],
  { entries, texts }: { readonly entries: Mending["entries"]; readonly texts: Texts },
): readonly Lack[] {
  const placeIn = new Map(entries.map(({ id }, place) => [id, place]));
  const read = function* (places: Mending["entries"]): Generator<JournalEntry> {
    for (const piece of texts.inPieces(places)) yield* piece.map(readEntry);
  };
  return gaps.map((gap) => {
    const behind = gap.before === null ? entries.length : (placeIn.get(gap.before) ?? 0);
    const [earlier, later] = [entries.slice(0, behind), entries.slice(behind)];
    const [before = null] = read(later.slice(0, 1));
    const [after = null] = read(earlier.slice(-1));
    return {
      after,
      before,
      last: gap.last === null ? null : placeOf(gap.last),
      missing: {
        from: after?.at ?? null,
        until: before?.at ?? null,
        ...receiptsBetween(newestFirst(earlier, read), read(later)),
      },
    };
  });
}

/** In pieces from the end: a journal of years is never in memory as a whole. */
function* newestFirst(
  entries: Mending["entries"],
  read: (places: Mending["entries"]) => Iterable<JournalEntry>,
): Generator<JournalEntry> {
  for (let end = entries.length; end > 0; end -= AT_ONCE)
    yield* [...read(entries.slice(Math.max(0, end - AT_ONCE), end))].reverse();
}

const AT_ONCE = 200;

/** The receipts that may have been given out in between: numbers have no gaps. */
function receiptsBetween(
  earlier: Iterable<JournalEntry>,
  later: Iterable<JournalEntry>,
): Pick<Missing, "firstReceipt" | "lastReceipt"> {
  let first: number | null = null;
  let number: string | null = null;
  for (const entry of earlier) {
    first ??= counterAfter(entry);
    number ??= ticketOf(entry.fact)?.number ?? null;
    if (first !== null && number !== null) break;
  }
  let next: number | null = null;
  for (const entry of later) {
    const ticket = ticketOf(entry.fact);
    if (ticket === null) continue;
    number ??= ticket.number;
    next = parseReceiptNumber(ticket.number)?.counter ?? null;
    break;
  }
  const parts = parseReceiptNumber(number ?? "");
  const text = (counter: number | null): string | null =>
    parts === null || counter === null ? null : formatReceiptNumber({ ...parts, counter });
  if (first !== null && next !== null && next <= first) return { firstReceipt: null, lastReceipt: null };
  return { firstReceipt: text(first ?? 1), lastReceipt: text(next === null ? null : next - 1) };
}

/** In English, for whoever reads what the program prints. */
function wordsOf({ after, before, missing }: Lack): string {
  const { from, until, firstReceipt, lastReceipt } = missing;
  const time = (at: number | null): string => (at === null ? "an unknown time" : new Date(at).toISOString());
  const place = (entry: JournalEntry | null, end: string): string =>
    entry === null ? end : `${entry.epoch}/${entry.seq}`;
  const entries = `the entries between ${place(after, "the beginning")} and ${place(before, "the end")}`;
  const receipts =
    firstReceipt === null ? "no receipt" : `receipts ${firstReceipt} to ${lastReceipt ?? "the last"}`;
  return `${entries} (${receipts}, between ${time(from)} and ${time(until)})`;
}
