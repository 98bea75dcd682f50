import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { type AppliedUpTo, counterAfter } from "#domain/journal/fold.ts";
import { formatReceiptNumber, parseReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { Missing } from "#protocol/sync/records.ts";
import { JournalDamaged, placeOf, readEntry } from "./journal-document.ts";
import type { Texts } from "./mend.ts";
import type { Gap, Mending } from "./reconcile.ts";

/** Entries that are in neither copy, and what is known of them. */
export interface Lack {
  /** The last whole one before them; null: they are the journal's beginning. */
  readonly after: JournalEntry | null;
  /** The first whole one behind them; null: they are its end. */
  readonly before: JournalEntry | null;
  /** The newest of them that is known to have been written; null where `before` tells, or where none is. */
  readonly last: AppliedUpTo | null;
  /** How far they go nobody can tell: one at least was `written`, or `perhaps` none was. Null: it is known. */
  readonly end: Gap["end"];
  readonly missing: Missing;
}

/** So many places are named one by one. */
const NAMED = 10;

/** Both copies of the journal are hurt at the same entries: nothing was touched, and the server may have them. */
export class JournalLacks extends JournalDamaged {
  readonly lacks: readonly Lack[];

  constructor(lacks: readonly Lack[]) {
    const [named, more] = [lacks.slice(0, NAMED), lacks.length - NAMED];
    const places =
      more > 0 ? [...named.map(wordsOf), `what is missing at ${more} other places`] : named.map(wordsOf);
    super(`neither copy of the journal has ${places.join(" and ")}`);
    this.lacks = lacks;
  }
}

/** What the journal lacks. Throws JournalDamaged where what is beside it cannot be read, and what the disk throws. */
export function lacksOf(
  gaps: readonly Gap[],
  { entries, texts }: { readonly entries: Mending["entries"]; readonly texts: Texts },
): readonly Lack[] {
  const placeIn = new Map(entries.map(({ id }, place) => [id, place]));
  const read = (from: number, to: number): readonly JournalEntry[] =>
    texts.of(entries.slice(Math.max(0, from), to)).map(readEntry);
  // In pieces: a journal of years is never in memory as a whole.
  const backFrom = function* (end: number): Generator<JournalEntry> {
    for (let to = end; to > 0; to -= AT_ONCE) yield* [...read(to - AT_ONCE, to)].reverse();
  };
  const onFrom = function* (start: number): Generator<JournalEntry> {
    for (let from = start; from < entries.length; from += AT_ONCE) yield* read(from, from + AT_ONCE);
  };
  return gaps.map((gap) => {
    const behind = gap.before === null ? entries.length : (placeIn.get(gap.before) ?? 0);
    const [before = null] = read(behind, behind + 1);
    const [after = null] = read(behind - 1, behind);
    return {
      after,
      before,
      last: gap.last === null ? null : placeOf(gap.last),
      end: gap.end,
      missing: {
        from: after?.at ?? null,
        until: before?.at ?? null,
        ...receiptsBetween(backFrom(behind), onFrom(behind)),
      },
    };
  });
}

const AT_ONCE = 50;

/** What is missing, for a screen: of very many places the last ones are told as one. */
export function missingOf(lacks: readonly Pick<Lack, "missing">[]): readonly Missing[] {
  const missing = lacks.map((lack) => lack.missing);
  const rest = missing.slice(NAMED - 1);
  const [first, last] = [rest[0], rest.at(-1)];
  if (rest.length < 2 || first === undefined || last === undefined) return missing;
  const firstReceipt = rest.find((each) => each.firstReceipt !== null)?.firstReceipt ?? null;
  const lastReceipt = rest.findLast((each) => each.firstReceipt !== null)?.lastReceipt ?? null;
  return [...missing.slice(0, NAMED - 1), { from: first.from, until: last.until, firstReceipt, lastReceipt }];
}

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
