import type { EntryId } from "../ids.ts";
import { ticketOf } from "../journal/effects.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { isAfter } from "../journal/order-of-entries.ts";
import type { DayReport } from "../shift/report.ts";
import { wrongReportFigures } from "./day-report.ts";
import { sumDay } from "./day-sums.ts";
import { type Finding, type FindingPlace, fault, note } from "./finding.ts";

/** A place in a till's journal. */
export interface Spot {
  readonly epoch: number;
  readonly seq: number;
}

type Placed = Spot & { readonly entry: JournalEntry };

/** The Z reports of one till as they are gone through, each against the entries of its span. */
export class ZReports {
  readonly #till: { readonly device: string; readonly register: number };
  /** Whether the export has this till's journal from its first entry on. */
  readonly #isFromStart: boolean;
  #since: Placed[] = [];
  #before: DayReport | null = null;

  constructor(till: { readonly device: string; readonly register: number }, isFromStart: boolean) {
    this.#till = till;
    this.#isFromStart = isFromStart;
  }

  /** Takes the next entry; the place is where it stands, which is not what it may say of itself. */
  take(entry: JournalEntry, place: Spot & FindingPlace): readonly Finding[] {
    const { fact } = entry;
    if (fact.type !== "day.closed") {
      this.#since.push({ epoch: place.epoch, seq: place.seq, entry });
      return [];
    }
    const { report } = fact;
    const findings = [
      ...this.#owner(report, place),
      ...this.#number(report, place),
      ...this.#sums(report, place),
    ];
    this.#before = report;
    // What the report does not cover waits for the next one.
    this.#since = this.#since.filter(
      (placed) => report.span.until.epoch === place.epoch && isAfter(placed, report.span.until),
    );
    return findings;
  }

  /** An entry that waits for its report is written again in a later epoch: it is there that the report counts it. */
  copied(id: EntryId, { epoch, seq }: Spot): void {
    this.#since = this.#since.map((placed) => (placed.entry.id === id ? { ...placed, epoch, seq } : placed));
  }

  #owner({ device, register, number, kind }: DayReport, place: FindingPlace): readonly Finding[] {
    const isOwn = device === this.#till.device && register === this.#till.register && kind === "z";
    return isOwn ? [] : [fault("zNotOfTill", place, { number: String(number) })];
  }

  #number({ number }: DayReport, place: FindingPlace): readonly Finding[] {
    const first = this.#isFromStart ? 1 : number;
    const expected = this.#before === null ? first : this.#before.number + 1;
    if (number === expected) return [];
    return [fault("zSkipped", place, { expected: String(expected), found: String(number) })];
  }

  #sums(report: DayReport, place: Spot & FindingPlace): readonly Finding[] {
    const number = String(report.number);
    const { from, until } = report.span;
    if (this.#before === null && !this.#isFromStart && this.#beginsBefore(from))
      return [note("zNotChecked", place, { number })];
    // Written in an epoch whose end did not reach the server: what it tells stands before it, copied into this epoch with it.
    const isCopy = until.epoch < place.epoch;
    const covered = isCopy
      ? this.#since
      : this.#since.filter((placed) => !isAfter(from, placed) && !isAfter(placed, until));
    const figures = wrongReportFigures(report, sumDay(covered.map(({ entry }) => entry))).map(
      ({ figure, found, expected }) => fault("zSum", place, { number, figure, found, expected }),
    );
    return [...(isCopy ? [] : this.#span(report, place)), ...figures, ...this.#grandTotal(report, place)];
  }

  #beginsBefore(from: Spot): boolean {
    const [first] = this.#since;
    return first === undefined || isAfter(first, from);
  }

  #span({ number, span }: DayReport, place: Spot & FindingPlace): readonly Finding[] {
    const problem = (text: string): readonly Finding[] => [
      fault("zSpan", place, { number: String(number), problem: text }),
    ];
    const { from, until } = span;
    if (isAfter(from, until) && from.seq !== until.seq + 1) return problem("it ends before it begins");
    if (!isAfter(place, until)) return problem("it ends after the report itself");
    const left = this.#since.filter((placed) => counts(placed.entry) && isAfter(from, placed));
    if (left.length > 0) return problem(`${left.length} entries before it are in no report`);
    const late = this.#since.filter((placed) => counts(placed.entry) && isAfter(placed, until));
    return late.length > 0 ? problem(`${late.length} entries before the report are not in it`) : [];
  }

  #grandTotal(report: DayReport, place: FindingPlace): readonly Finding[] {
    const last = this.#before?.grandTotal;
    if (last === undefined && !this.#isFromStart) return [];
    // A store that changes its currency begins to add up anew.
    const before = last?.currency === report.currency ? last.minor : 0;
    const expected = before + report.turnover.minor;
    if (report.grandTotal.minor === expected) return [];
    return [
      fault("zSum", place, {
        number: String(report.number),
        figure: "the grand total",
        found: String(report.grandTotal.minor),
        expected: String(expected),
      }),
    ];
  }
}

/** Whether an entry moves money or is otherwise counted in a report. */
function counts({ fact }: JournalEntry): boolean {
  return ticketOf(fact) !== null || COUNTED.has(fact.type);
}

const COUNTED: ReadonlySet<string> = new Set([
  "cash.moved",
  "shift.opened",
  "shift.closed",
  "drawer.opened",
  "giftCard.paidOut",
]);
