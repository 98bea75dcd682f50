import { createHash } from "node:crypto";
import type { RxCollection } from "rxdb";
import { type BasketId, type EntryId, idOf, type StaffId, type TicketId } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import {
  type Fact,
  GENESIS_HASH,
  type JournalEntry,
  type PreviousEpoch,
  type Sha256Hex,
  type Signer,
} from "#domain/journal/entry.ts";
import { type AppliedUpTo, pendingEntries, receiptCounterAfter } from "#domain/journal/fold.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import { parseReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import type { JournalDocument } from "../database.ts";
import type { Clock, Journal, JournalHead, NewId, PendingTicket, TillIdentity, Unwatch } from "../ports.ts";

export const sha256Hex: Sha256Hex = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** How the server has answered for a collection's overlay. */
export type AppliedOf = (collection: ReplicaCollection) => AppliedUpTo;

interface Head extends JournalHead {
  readonly hash: string;
}

export interface JournalSettings {
  readonly collection: RxCollection<JournalDocument>;
  readonly identity: () => TillIdentity | null;
  readonly sign: Signer;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly appliedOf: AppliedOf;
}

/**
 * The till's journal on disk. Entries the server has not acknowledged are kept in memory as well: they are what is pushed and what the
 * overlay folds. Everything else is read when asked for.
 */
export class DiskJournal implements Journal {
  readonly #settings: JournalSettings;
  readonly #watchers = new Set<() => void>();
  /** Entries of the current epoch and of earlier ones that some replica may not contain yet, in order. */
  #recent: JournalEntry[] = [];
  #acknowledged: AppliedUpTo = { epoch: 0, seq: 0 };
  #head: Head = { epoch: 0, seq: 0, register: 0, nextReceipt: 1, hash: GENESIS_HASH };
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(settings: JournalSettings) {
    this.#settings = settings;
  }

  /**
   * Reads from disk, newest first, as far back as the head, the receipt counter and everything after `from` need. `acknowledged` is what the
   * server was last known to have, `from` the oldest entry that some replica may not contain.
   */
  static async open(
    settings: JournalSettings,
    known: { readonly acknowledged: AppliedUpTo; readonly from: AppliedUpTo },
  ): Promise<DiskJournal> {
    const journal = new DiskJournal(settings);
    journal.#acknowledged = known.acknowledged;
    const newest: JournalEntry[] = [];
    for await (const entry of newestFirst(settings.collection)) {
      newest.push(entry);
      const settled = !isAfter(entry, known.from) && !isAfter(entry, known.acknowledged);
      if (settled && newest.some((each) => counterFrom(each) !== null)) break;
    }
    const last = newest[0];
    if (last === undefined) return journal;
    const counted = newest.map(counterFrom).find((counter) => counter !== null);
    journal.#head = {
      epoch: last.epoch,
      seq: last.seq,
      register: settings.identity()?.register ?? 0,
      nextReceipt: counted ?? 1,
      hash: last.hash,
    };
    journal.#recent = newest
      .reverse()
      .filter((entry) => isAfter(entry, known.from) || isAfter(entry, known.acknowledged));
    return journal;
  }

  get head(): JournalHead & { readonly hash: string } {
    return this.#head;
  }

  /** Entries that the server has not acknowledged, oldest first. */
  unsent(): readonly JournalEntry[] {
    return pendingEntries({ entries: this.#recent, applied: this.#acknowledged });
  }

  append({
    staff,
    makeFact,
  }: {
    readonly staff: StaffId | null;
    readonly makeFact: (head: JournalHead) => Fact;
  }): Promise<JournalEntry> {
    return this.#inTurn(() =>
      this.#write({ id: idOf<"Entry">(this.#settings.newId()), staff, fact: makeFact(this.#head) }),
    );
  }

  /** First entry of an epoch. The epoch before it is named so that auditors can follow the chain across. */
  beginEpoch({
    epoch,
    register,
  }: {
    readonly epoch: number;
    readonly register: number;
  }): Promise<JournalEntry> {
    return this.#inTurn(() => this.#beginEpoch({ epoch, register }));
  }

  /**
   * Goes on in the next epoch: the entries that the server has not taken in are written again there, under the same entry and ticket ids,
   * so that each sale counts once wherever it is seen.
   */
  carryOver({ epoch, register }: { readonly epoch: number; readonly register: number }): Promise<void> {
    return this.#inTurn(async () => {
      const carried = this.unsent().filter((entry) => entry.fact.type !== "epoch.begun");
      await this.#beginEpoch({ epoch, register });
      for (const entry of carried)
        await this.#write({ id: entry.id, staff: entry.staff, fact: entry.fact, at: entry.at });
      this.#acknowledged = { epoch, seq: 0 };
      this.#tell();
    });
  }

  /** The server has everything up to here. */
  acknowledge(upTo: AppliedUpTo): void {
    if (
      upTo.epoch !== this.#head.epoch ||
      upTo.seq <= (this.#acknowledged.epoch === upTo.epoch ? this.#acknowledged.seq : -1)
    )
      return;
    this.#acknowledged = upTo;
    this.#tell();
  }

  get acknowledged(): AppliedUpTo {
    return this.#acknowledged;
  }

  /**
   * The server has only this much: what comes after it counts as unsent again, read back from disk. False when this till does not have
   * what is missing.
   */
  async rewind(to: AppliedUpTo): Promise<boolean> {
    if (!isAfter(this.#acknowledged, to)) return false;
    const missing: JournalEntry[] = [];
    for await (const entry of newestFirst(this.#settings.collection)) {
      if (!isAfter(entry, to)) break;
      missing.push(entry);
    }
    this.#recent = missing.reverse();
    this.#acknowledged = to;
    this.#tell();
    return true;
  }

  /** Lets go of entries in memory that every replica contains. */
  forget(upTo: AppliedUpTo): void {
    this.#recent = this.#recent.filter((entry) => isAfter(entry, upTo) || isAfter(entry, this.#acknowledged));
  }

  pendingFor(collection: ReplicaCollection): readonly JournalEntry[] {
    const pending = pendingEntries({ entries: this.#recent, applied: this.#settings.appliedOf(collection) });
    // An entry carried over into a new epoch stands twice on disk; it counts once.
    const seen = new Set<EntryId>();
    return pending.filter((entry) => !seen.has(entry.id) && seen.add(entry.id));
  }

  async ticket(id: TicketId): Promise<PendingTicket | null> {
    return this.#pendingTicket(
      await this.#settings.collection.findOne({ selector: { ticketId: id } }).exec(),
    );
  }

  async ticketOfBasket(basket: BasketId): Promise<PendingTicket | null> {
    return this.#pendingTicket(
      await this.#settings.collection.findOne({ selector: { basketId: basket } }).exec(),
    );
  }

  async recentTickets(limit: number): Promise<readonly PendingTicket[]> {
    const documents = await this.#settings.collection
      .find({ selector: { ticketId: { $gt: "" } }, sort: [{ ticketId: "desc" }], limit })
      .exec();
    const tickets = documents.map((document) => this.#pendingTicket(document));
    const seen = new Set<TicketId>();
    return tickets
      .filter((found) => found !== null && !seen.has(found.ticket.id) && seen.add(found.ticket.id))
      .filter((found) => found !== null);
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(act);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #beginEpoch({
    epoch,
    register,
  }: {
    readonly epoch: number;
    readonly register: number;
  }): Promise<JournalEntry> {
    const { epoch: last, seq, hash, nextReceipt } = this.#head;
    const previous: PreviousEpoch | null = last === 0 ? null : { epoch: last, seq, hash };
    this.#head = { ...this.#head, epoch, seq: 0, hash: GENESIS_HASH };
    const carried = this.unsent().filter((entry) => entry.fact.type === "ticket.completed").length;
    return this.#write({
      id: idOf<"Entry">(this.#settings.newId()),
      staff: null,
      fact: { type: "epoch.begun", register, nextReceipt: nextReceipt - carried, previous },
    });
  }

  async #write({
    id,
    staff,
    fact,
    at,
  }: {
    readonly id: EntryId;
    readonly staff: StaffId | null;
    readonly fact: Fact;
    readonly at?: JournalEntry["at"];
  }): Promise<JournalEntry> {
    const identity = this.#settings.identity();
    if (identity === null) throw new Error("a till writes its journal only once it is paired");
    const entry = sealEntry({
      content: {
        id,
        device: identity.device,
        epoch: this.#head.epoch,
        seq: this.#head.seq + 1,
        store: identity.store,
        staff,
        at: at ?? this.#settings.clock.now(),
        fact,
        prev: this.#head.hash,
      },
      sha256Hex,
      sign: this.#settings.sign,
    });
    await this.#settings.collection.insert(toDocument(entry));
    this.#recent.push(entry);
    this.#head = headAfter(this.#head, entry, receiptCounterAfter({ counter: this.#head.nextReceipt, fact }));
    this.#tell();
    return entry;
  }

  #pendingTicket(document: { readonly entry: string } | null): PendingTicket | null {
    if (document === null) return null;
    const entry = parseEntry(document.entry);
    if (entry.fact.type !== "ticket.completed") return null;
    return { entry, ticket: entry.fact.ticket, sent: !isAfter(entry, this.#acknowledged) };
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

function headAfter(head: Head, entry: JournalEntry, nextReceipt: number): Head {
  const register = entry.fact.type === "epoch.begun" ? entry.fact.register : head.register;
  return { epoch: entry.epoch, seq: entry.seq, register, nextReceipt, hash: entry.hash };
}

function isAfter(entry: AppliedUpTo, upTo: AppliedUpTo): boolean {
  return entry.epoch > upTo.epoch || (entry.epoch === upTo.epoch && entry.seq > upTo.seq);
}

/** The receipt counter after an entry, as far as the entry itself tells it. */
function counterFrom(entry: JournalEntry): number | null {
  if (entry.fact.type === "epoch.begun") return entry.fact.nextReceipt;
  if (entry.fact.type !== "ticket.completed") return null;
  const number = parseReceiptNumber(entry.fact.ticket.number);
  return number === null ? null : number.counter + 1;
}

const PAGE = 200;

async function* newestFirst(collection: RxCollection<JournalDocument>): AsyncGenerator<JournalEntry> {
  let before = "~";
  for (;;) {
    const page = await collection
      .find({ selector: { id: { $lt: before } }, sort: [{ id: "desc" }], limit: PAGE })
      .exec();
    for (const document of page) yield parseEntry(document.entry);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = last.id;
  }
}

const EPOCH_DIGITS = 6;
const SEQ_DIGITS = 12;

function toDocument(entry: JournalEntry): JournalDocument {
  const ticket = entry.fact.type === "ticket.completed" ? entry.fact.ticket : null;
  return {
    id: `${String(entry.epoch).padStart(EPOCH_DIGITS, "0")}-${String(entry.seq).padStart(SEQ_DIGITS, "0")}`,
    ticketId: ticket?.id ?? "",
    basketId: ticket?.basket ?? "",
    entry: canonicalJson(entry),
  };
}

function parseEntry(text: string): JournalEntry {
  return entrySchema.parse(JSON.parse(text));
}
