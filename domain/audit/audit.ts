import type { EntryId } from "../ids.ts";
import { ticketOf } from "../journal/effects.ts";
import { GENESIS_HASH, type JournalEntry, type PreviousEpoch } from "../journal/entry.ts";
import { type ChainState, chainBefore, checkEnd, checkLink } from "./chain.ts";
import { type Finding, type FindingPlace, fault, note } from "./finding.ts";
import type { AuditedTill, PromisedEpoch } from "./journal.ts";
import { ReceiptNumbers } from "./receipt-numbers.ts";
import { wrongFigures } from "./ticket-sums.ts";
import { type Spot, ZReports } from "./z-reports.ts";

/** What was gone through in an audit. */
export interface AuditedCounts {
  readonly entries: number;
  readonly tickets: number;
  readonly zReports: number;
}

export interface AuditOfTill {
  readonly findings: readonly Finding[];
  readonly counts: AuditedCounts;
}

/**
 * Goes through the journal of one till: its chain, its signatures, its numbers and its sums. Nothing that the server said is believed but when it
 * received an entry, and from where to where the manifest promises the journal to be whole.
 */
export function auditTill(till: AuditedTill): AuditOfTill {
  return new Audit(till).run();
}

class Audit {
  readonly #till: AuditedTill;
  readonly #findings: Finding[] = [];
  readonly #seen = new Map<EntryId, number>();
  /** Every entry that is known to have been written, kept aside ones too. */
  readonly #written = new Set<string>();
  readonly #receipts: ReceiptNumbers;
  readonly #zReports: ZReports;
  #counts: AuditedCounts = { entries: 0, tickets: 0, zReports: 0 };

  constructor(till: AuditedTill) {
    this.#till = till;
    this.#receipts = new ReceiptNumbers(till.register);
    const [first] = till.epochs;
    const isFromStart = first?.epoch === 1 && first.first.seq === 1;
    this.#zReports = new ZReports(till, isFromStart);
    for (const { epoch, seq, hash } of till.keptAside) this.#written.add(`${epoch}/${seq}/${hash}`);
  }

  run(): AuditOfTill {
    const { epochs, crypto, keptAside, isWhole } = this.#till;
    const [start] = epochs;
    if (isWhole && start !== undefined && (start.epoch !== 1 || start.first.seq !== 1))
      this.#findings.push(fault("beginsWrong", this.#place(start.epoch, start.first.seq)));
    if (crypto === null) this.#findings.push(fault("noKey", this.#place(null, null)));
    if (keptAside.length > 0)
      this.#findings.push(note("keptAside", this.#place(null, null), { count: String(keptAside.length) }));
    let expected: number | null = null;
    for (const epoch of epochs) {
      if (expected !== null && epoch.epoch !== expected)
        this.#findings.push(
          fault("epochMissing", this.#place(epoch.epoch, null), { expected: String(expected) }),
        );
      this.#epoch(epoch);
      expected = epoch.epoch + 1;
    }
    return { findings: this.#findings, counts: this.#counts };
  }

  #epoch(promised: AuditedTill["epochs"][number]): void {
    const { epoch, first } = promised;
    const crypto = promised.crypto === undefined ? this.#till.crypto : promised.crypto;
    if (crypto === null && this.#till.crypto !== null)
      this.#findings.push(fault("noKey", this.#place(epoch, null)));
    if ((first.seq === 1) !== (first.prev === GENESIS_HASH))
      this.#findings.push(fault("beginsWrong", this.#place(epoch, first.seq)));
    let state = chainBefore(promised);
    for (const line of promised.lines) {
      if (line.ok) {
        state = this.#entry(line, state, { epoch, crypto });
      } else {
        const { problem } = line;
        this.#findings.push(fault("unreadable", this.#place(epoch, state.seq + 1), { problem }));
      }
    }
    this.#findings.push(...checkEnd(state, promised, this.#place(epoch, null)));
  }

  #entry(
    { entry, receivedAt }: { readonly entry: JournalEntry; readonly receivedAt: JournalEntry["at"] },
    state: ChainState,
    { epoch, crypto }: Pick<PromisedEpoch, "epoch"> & Pick<AuditedTill, "crypto">,
  ): ChainState {
    const carriedFrom = this.#seen.get(entry.id);
    const place = { ...this.#place(epoch, entry.seq), epoch, seq: entry.seq };
    const isCarried = carriedFrom !== undefined && carriedFrom < epoch;
    const link = checkLink({ entry, receivedAt, state, till: { ...this.#till, crypto }, epoch, isCarried });
    this.#findings.push(...link.findings);
    this.#written.add(`${epoch}/${entry.seq}/${entry.hash}`);
    this.#counts = { ...this.#counts, entries: this.#counts.entries + 1 };
    if (isCarried) this.#copy(entry, place, carriedFrom);
    else this.#fact(entry, place);
    this.#seen.set(entry.id, epoch);
    return link.state;
  }

  #copy({ id, fact }: JournalEntry, place: FindingPlace & Spot, from: number): void {
    const ticket = ticketOf(fact);
    this.#zReports.copied(id, place);
    if (ticket !== null) this.#receipts.repeat(ticket.number);
    this.#findings.push(note("carriedOver", place, { epoch: String(from) }));
  }

  #fact(entry: JournalEntry, place: FindingPlace & Spot): void {
    const { fact } = entry;
    const ticket = ticketOf(fact);
    if (fact.type === "epoch.begun") {
      this.#findings.push(...this.#past(fact.previous, place));
      this.#findings.push(...this.#receipts.begin(fact.nextReceipt, place));
    }
    if (ticket !== null) {
      const { number } = ticket;
      this.#counts = { ...this.#counts, tickets: this.#counts.tickets + 1 };
      this.#findings.push(...this.#receipts.take(number, place));
      for (const figure of wrongFigures(ticket))
        this.#findings.push(fault("ticketSum", place, { number, ...figure }));
    }
    if (fact.type === "day.closed") this.#counts = { ...this.#counts, zReports: this.#counts.zReports + 1 };
    this.#findings.push(...this.#zReports.take(entry, place));
  }

  /** What an epoch says of the one before it, against what is there of that. */
  #past(previous: PreviousEpoch | null, place: FindingPlace): readonly Finding[] {
    if (place.epoch === 1) return [];
    if (previous === null) return [fault("pastUnknown", place, { epoch: "?", seq: "?" })];
    const isKnown =
      previous.seq === 0 || this.#written.has(`${previous.epoch}/${previous.seq}/${previous.hash}`);
    const isBeforeExport = !this.#till.epochs.some(
      ({ epoch, first }) => epoch === previous.epoch && first.seq <= previous.seq,
    );
    if (isKnown || isBeforeExport) return [];
    return [fault("pastUnknown", place, { epoch: String(previous.epoch), seq: String(previous.seq) })];
  }

  #place(epoch: number | null, seq: number | null): FindingPlace {
    return { device: this.#till.device, register: this.#till.register, epoch, seq };
  }
}
