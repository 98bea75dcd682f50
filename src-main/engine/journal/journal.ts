import { hash as digestOf } from "node:crypto";
import type { RxCollection } from "rxdb";
import { type BasketId, type EntryId, idOf, type StaffId, type TicketId } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import {
  type Fact,
  GENESIS_HASH,
  type JournalEntry,
  type Sha256Hex,
  type SignatureVerifier,
  type Signer,
} from "#domain/journal/entry.ts";
import { type AppliedUpTo, counterAfter, pendingEntries, receiptCounterAfter } from "#domain/journal/fold.ts";
import { earlier, isAfter } from "#domain/journal/order-of-entries.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { TakenOver } from "#protocol/sync/enrol.ts";
import { type JournalDocument, journalDocumentsHaving } from "../database.ts";
import { diskTroubleOf, isCorrupt } from "../disk-trouble.ts";
import type { Clock, Journal, JournalHead, NewId, PendingTicket, TillIdentity, Unwatch } from "../ports.ts";
import { checkFollows, checkTail } from "./check-tail.ts";
import { documentAt, documentBefore, documentId, documentsNewestFirst } from "./journal-document.ts";
import { KeptEntries } from "./kept-entries.ts";
import { sealedDocument } from "./sealed-document.ts";
import type { SecondCopy } from "./second-copy.ts";
import { inSlices } from "./slices.ts";

export const sha256Hex: Sha256Hex = (text) => digestOf("sha256", text, "hex");

interface Head extends JournalHead {
  readonly hash: string;
}

/** What an entry says, before its place in the chain is known. */
interface Act {
  readonly id: EntryId;
  readonly staff: StaffId | null;
  readonly fact: Fact;
  readonly at: JournalEntry["at"];
}

/** A new epoch as the server handed it out. */
export interface Epoch {
  readonly epoch: number;
  readonly register: number;
  /** Where another machine left the register that this one has now. */
  readonly takenOver?: TakenOver;
  /** The newest of this till's entries that the server has. Absent: what it acknowledged. */
  readonly known?: AppliedUpTo;
}

export interface JournalSettings {
  readonly collection: RxCollection<JournalDocument>;
  /** The journal once more. A commit is written there first, and synced there while the database takes it. */
  readonly copy: Pick<SecondCopy, "append" | "settle">;
  readonly identity: () => TillIdentity | null;
  readonly sign: Signer;
  readonly verify: SignatureVerifier;
  readonly clock: Clock;
  readonly newId: NewId;
  /** It lies in the place of one that lacks entries: nothing is ever written to it. */
  readonly isStandIn?: boolean;
  /** The database turned out to be damaged as it was written to, or the disk did not take what was written. */
  readonly onHurt: () => void;
  /** It was the disk, and it has taken an entry since. */
  readonly onHurtOver: () => void;
  /** How far the replica of a collection contains this till's own entries. */
  readonly appliedOf: (collection: ReplicaCollection) => AppliedUpTo;
  /** How far every collection does: entries up to here are not kept in memory once the server has them. */
  readonly appliedEverywhere: () => AppliedUpTo;
}

/** A server that went farther back than so many of a till's entries is told all of them. */
const LOOKED_BACK_OVER = 20_000;

const NOTHING_YET: Head = { epoch: 0, seq: 0, register: 0, nextReceipt: 1, hash: GENESIS_HASH };

/**
 * The till's journal on disk. Entries that the server has not acknowledged, or that some replica does not contain, are kept in memory as well:
 * they are what is pushed and what the overlay folds. Everything else is read when asked for.
 */
export class DiskJournal implements Journal {
  readonly #settings: JournalSettings;
  readonly #kept = new KeptEntries();
  readonly #watchers = new Set<() => void>();
  readonly #followers = new Set<(entry: JournalEntry, isCopy: boolean) => void>();
  readonly #pending = new Map<
    ReplicaCollection,
    { readonly applied: AppliedUpTo; readonly entries: readonly JournalEntry[] }
  >();
  #recent: readonly JournalEntry[] = [];
  /** All that comes after this is among them. */
  #recentAfter: AppliedUpTo = { epoch: 0, seq: 0 };
  /** What of `of` the server has not: worked out once for as long as both are as they were. */
  #unsent: {
    readonly of: readonly JournalEntry[];
    readonly applied: AppliedUpTo;
    readonly entries: readonly JournalEntry[];
  } | null = null;
  #acknowledged: AppliedUpTo = { epoch: 0, seq: 0 };
  /** What is being read back is not to be let go of before all of it is there. */
  #readingBack: Promise<void> | null = null;
  #head: Head = NOTHING_YET;
  #queue: Promise<unknown> = Promise.resolve();
  /** A write failed: whether it reached the disk is known only by looking. */
  #inDoubt = false;
  /** What was told of by `onHurt`: that the file is damaged is so until the next start, whatever else can be written. */
  #hurt: "no" | "disk" | "file" = "no";
  /** The second copy's part of the last write is over: until then the database may have what nobody was told of yet. */
  #copied: Promise<void> = Promise.resolve();

  private constructor(settings: JournalSettings) {
    this.#settings = settings;
  }

  /**
   * Reads from disk, newest first, as far back as the head, the receipt counter and the entries still under way need. `acknowledged` is what
   * the server was last known to have. Throws JournalDamaged when the end of the chain is broken.
   */
  static async open(settings: JournalSettings, acknowledged: AppliedUpTo): Promise<DiskJournal> {
    const journal = new DiskJournal(settings);
    journal.#acknowledged = acknowledged;
    journal.#load();
    return journal;
  }

  /** Nothing can be written to it: it lies in the place of the till's own. */
  get isStandIn(): boolean {
    return this.#settings.isStandIn === true;
  }

  get head(): JournalHead {
    return this.#head;
  }

  get acknowledged(): AppliedUpTo {
    return this.#acknowledged;
  }

  /** Entries that the server has not acknowledged, oldest first. */
  unsent(): readonly JournalEntry[] {
    const [of, applied] = [this.#recent, this.#acknowledged];
    // Screens ask at each turn of anything; a till that is cut off for days has very many.
    if (this.#unsent?.of !== of || this.#unsent.applied !== applied)
      this.#unsent = { of, applied, entries: pendingEntries({ entries: of, applied }) };
    return this.#unsent.entries;
  }

  append({
    id,
    staff,
    makeFact,
  }: {
    readonly id?: EntryId;
    readonly staff: StaffId | null;
    readonly makeFact: (head: JournalHead) => Fact;
  }): Promise<JournalEntry> {
    return this.#inTurn(async () => {
      if (this.#head.epoch === 0) throw new Error("a till writes its journal only once it is paired");
      const [entry] = await this.#write(this.#head, [this.#act({ staff, fact: makeFact(this.#head) }, id)]);
      this.#addToPending(entry);
      this.#told([entry]);
      this.#changed();
      return entry;
    });
  }

  /** Writes the first entry of a till's first epoch. Harmless to repeat. */
  beginEpoch(next: Epoch): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#head.epoch < next.epoch) await this.#begin(next, []);
    });
  }

  /**
   * Goes on in the next epoch: what the server has not taken in is written again there, in one commit with the epoch's beginning, under the
   * same entry and ticket ids, so that each sale counts once wherever it is seen. A sale that is made while what the server lost is read back is carried over with it; one that comes later waits.
   */
  async carryOver(next: Epoch): Promise<void> {
    await this.#unknownTo(next);
    await this.#inTurn(async () => {
      const unsent = await this.#unknownTo(next);
      const carried = asCarriedLast(unsent).filter((entry) => entry.fact.type !== "epoch.begun");
      await this.#begin(next, carried);
    });
  }

  /**
   * At most so many entries that the server acknowledged, newest first: the newest, the one before it, two before that, four, and so on. By these a server
   * that went back to a backup finds the newest that it still has, and of what it has already not much more than it lost is told again.
   */
  async acknowledgedPlaces(atMost: number): Promise<readonly (AppliedUpTo & { readonly hash: string })[]> {
    const places: (AppliedUpTo & { readonly hash: string })[] = [];
    let at = 0;
    let next = 0;
    for await (const entry of this.#slicesBefore(placeAfter(this.#acknowledged))) {
      if (at === next) {
        places.push({ epoch: entry.epoch, seq: entry.seq, hash: entry.hash });
        next = next === 0 ? 1 : next * 2;
      }
      at += 1;
      if (places.length >= atMost || at >= LOOKED_BACK_OVER) break;
    }
    return places;
  }

  /** Oldest first: what the server has not acknowledged, and what it lost since; that may have been told in an epoch before this one. */
  async #unknownTo({ known = this.#acknowledged }: Epoch): Promise<readonly JournalEntry[]> {
    for (;;) {
      const applied = earlier(known, this.#acknowledged);
      if (!isAfter(this.#recentAfter, applied)) return pendingEntries({ entries: this.#recent, applied });
      await this.#readBack(applied);
    }
  }

  /** The server has everything up to here. */
  acknowledge(upTo: AppliedUpTo): void {
    if (upTo.epoch !== this.#head.epoch || !isAfter(upTo, this.#acknowledged)) return;
    this.#acknowledged = { epoch: upTo.epoch, seq: Math.min(upTo.seq, this.#head.seq) };
    this.#changed();
  }

  /**
   * The server has only this much (it was restored from a backup): what comes after counts as unsent again once all of it is read back from disk, while the till sells on. False when
   * the till never believed that it had more.
   */
  async rewind(to: AppliedUpTo): Promise<boolean> {
    if (!isAfter(this.#acknowledged, to)) return false;
    while (isAfter(this.#recentAfter, to)) await this.#readBack(to);
    // Somebody else may have heard it as well.
    if (isAfter(this.#acknowledged, to)) {
      this.#acknowledged = this.#inThisEpoch(to);
      this.#changed();
    }
    return true;
  }

  /** Lets go of entries in memory that the server and every replica have. */
  forget(): void {
    if (this.#readingBack !== null) return;
    const everywhere = this.#settings.appliedEverywhere();
    const kept = this.#recent.filter(
      (entry) => isAfter(entry, everywhere) || isAfter(entry, this.#acknowledged),
    );
    if (kept.length === this.#recent.length) return;
    this.#recent = kept;
    this.#recentAfter = earlier(everywhere, this.#acknowledged);
  }

  /** Reads back what it let go of and some replica does not contain any more: the server has lost it, and was asked since. Throws what the disk throws. */
  async recall(): Promise<void> {
    const { appliedEverywhere } = this.#settings;
    let wasShort = false;
    while (isAfter(this.#recentAfter, appliedEverywhere())) {
      wasShort = true;
      await this.#readBack(appliedEverywhere());
    }
    if (wasShort) this.#changed();
  }

  pendingFor(collection: ReplicaCollection): readonly JournalEntry[] {
    const applied = this.#settings.appliedOf(collection);
    const known = this.#pending.get(collection);
    if (known?.applied === applied) return known.entries;
    // An entry carried over into a new epoch stands twice on disk; it counts once.
    const entries = uniqueById(pendingEntries({ entries: this.#recent, applied }));
    this.#pending.set(collection, { applied, entries });
    return entries;
  }

  async ticket(id: TicketId): Promise<PendingTicket | null> {
    await this.#certain();
    const [document] = journalDocumentsHaving(this.#settings.collection, "ticketId", id, 1);
    return this.#asTicket(document);
  }

  async ticketOfBasket(basket: BasketId): Promise<PendingTicket | null> {
    await this.#certain();
    const [document] = journalDocumentsHaving(this.#settings.collection, "basketId", basket, 1);
    return this.#asTicket(document);
  }

  async recentTickets(limit: number): Promise<readonly PendingTicket[]> {
    await this.#certain();
    // Tickets carried over into a new epoch stand on disk more than once: ask for more until enough different ones are found.
    for (let asked = limit; ; asked *= 2) {
      const documents = await this.#settings.collection
        .find({ selector: { ticketId: { $gt: "" } }, sort: [{ ticketId: "desc" }], limit: asked })
        .exec();
      const heard = documents.filter((document) => this.#isHeard(document));
      const different = new Map(heard.map((document) => [document.ticketId, document]));
      if (different.size >= limit || documents.length < asked) {
        const tickets = [...different.values()].slice(0, limit).map((document) => this.#asTicket(document));
        return tickets.filter((ticket) => ticket !== null);
      }
    }
  }

  async *newestFirst(): AsyncGenerator<JournalEntry> {
    await this.#copied;
    for (const document of documentsNewestFirst(this.#settings.collection))
      if (this.#isHeard(document)) yield this.#kept.read(document);
  }

  /** Whether the entry that this till has under these numbers is the one of this hash. Throws what the disk throws. */
  async isOwn({ epoch, seq, hash }: AppliedUpTo & { readonly hash: string }): Promise<boolean> {
    const head = this.#head;
    if (epoch === head.epoch && seq === head.seq) return hash === head.hash;
    if (isAfter({ epoch, seq }, head)) return false;
    const found = documentAt(this.#settings.collection, { epoch, seq });
    return found !== null && this.#kept.read(found).hash === hash;
  }

  async entryBefore(place: AppliedUpTo): Promise<JournalEntry | null> {
    await this.#copied;
    const found = documentBefore(this.#settings.collection, place);
    return found === null ? null : this.#kept.read(found);
  }

  follow(onEntry: (entry: JournalEntry, isCopy: boolean) => void): Unwatch {
    this.#followers.add(onEntry);
    return () => this.#followers.delete(onEntry);
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  /** From a place back, newest first; after each few of them others have their turn. Throws what the disk throws. */
  async *#slicesBefore(place: AppliedUpTo): AsyncGenerator<JournalEntry> {
    const done = inSlices();
    for (const document of documentsNewestFirst(this.#settings.collection, documentId(place))) {
      yield this.#kept.read(document);
      await done(document);
    }
  }

  /** Reads back what comes after a place, or waits for what is being read back already: whoever asked looks whether it is there now, and asks again. Throws JournalDamaged, and what the disk throws. */
  #readBack(to: AppliedUpTo): Promise<void> {
    this.#readingBack ??= this.#readBackFrom(to).finally(() => {
      this.#readingBack = null;
    });
    return this.#readingBack;
  }

  async #readBackFrom(to: AppliedUpTo): Promise<void> {
    const from = this.#recentAfter;
    const before: JournalEntry[] = [];
    let last = this.#recent[0];
    for await (const entry of this.#slicesBefore(last ?? placeAfter(this.#head))) {
      if (last !== undefined) checkFollows(last, entry);
      if (!isAfter(entry, to)) break;
      before.push(entry);
      last = entry;
    }
    // After a failed write they were read anew meanwhile, and begin elsewhere.
    if (this.#recentAfter !== from) return;
    this.#recent = [...before.reverse(), ...this.#recent];
    this.#recentAfter = to;
    this.#pending.clear();
  }

  /** An epoch begins with everything that was unsent before it, so of earlier ones nothing is left to send. */
  #inThisEpoch(to: AppliedUpTo): AppliedUpTo {
    const { epoch, seq } = this.#head;
    return { epoch, seq: to.epoch < epoch ? 0 : Math.min(seq, to.seq) };
  }

  #load(): void {
    const { collection, verify, identity, appliedEverywhere } = this.#settings;
    const settled = appliedEverywhere();
    const newest: JournalEntry[] = [];
    for (const entry of this.#kept.keepNewest(documentsNewestFirst(collection))) {
      newest.push(entry);
      const onItsWay = isAfter(entry, settled) || isAfter(entry, this.#acknowledged);
      if (!onItsWay && newest.some((each) => counterAfter(each) !== null)) break;
    }
    checkTail(newest, { sha256Hex, verify });
    const last = newest[0];
    if (last === undefined) return;
    const nextReceipt = newest.map(counterAfter).find((counter) => counter !== null) ?? 1;
    const { epoch, seq, hash } = last;
    this.#head = { epoch, seq, hash, nextReceipt, register: identity()?.register ?? 0 };
    this.#acknowledged = this.#inThisEpoch(this.#acknowledged);
    this.#recent = newest
      .reverse()
      .filter((entry) => isAfter(entry, settled) || isAfter(entry, this.#acknowledged));
    this.#recentAfter = earlier(settled, this.#acknowledged);
    this.#pending.clear();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.#inDoubt) await this.#lookAgain();
      return work();
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Finds out what the database has after a failed write, and makes the second copy hold the same. Throws what the disk throws: then it is in doubt still. */
  async #lookAgain(): Promise<void> {
    const known = this.#head;
    this.#load();
    this.#settings.copy.settle(documentId(this.#head));
    this.#inDoubt = false;
    this.#told(this.#recent.filter((entry) => isAfter(entry, known)));
    this.#changed();
  }

  /** After a failed write: what is on disk is known again, so that an entry which did get there is neither taken for sent nor left unsent. During one: it is over. */
  async #certain(): Promise<void> {
    await this.#copied;
    if (this.#inDoubt) await this.#inTurn(async () => undefined);
  }

  #act({ staff, fact }: Pick<Act, "staff" | "fact">, id = idOf<"Entry">(this.#settings.newId())): Act {
    return { id, staff, fact, at: this.#settings.clock.now() };
  }

  async #begin({ epoch, register, takenOver }: Epoch, carried: readonly JournalEntry[]): Promise<void> {
    const { epoch: last, seq, hash, nextReceipt } = this.#head;
    const counted = carried.filter((entry) => ticketOf(entry.fact) !== null).length;
    const begun = this.#act({
      staff: null,
      fact:
        last === 0 && takenOver !== undefined
          ? { type: "epoch.begun", register, ...takenOver }
          : {
              type: "epoch.begun",
              register,
              nextReceipt: nextReceipt - counted,
              previous: last === 0 ? null : { epoch: last, seq, hash },
            },
    });
    const begin = { epoch, register, seq: 0, nextReceipt, hash: GENESIS_HASH };
    this.#told(await this.#write(begin, [begun, ...carried]));
    this.#acknowledged = { epoch, seq: 0 };
    this.#pending.clear();
    this.#changed();
  }

  /** One commit: all of the entries are on disk when this resolves, or, when it rejects, none that anybody was told of. */
  async #write(
    from: Head,
    acts: readonly [Act, ...(readonly Act[])],
  ): Promise<[JournalEntry, ...JournalEntry[]]> {
    if (this.isStandIn) throw new Error("nothing is written in the place of a journal that lacks entries");
    const [first, ...rest] = acts;
    const sealed = this.#seal(from, first);
    const entries: [JournalEntry, ...JournalEntry[]] = [sealed.entry];
    const documents = [sealed.document];
    let head = headAfter(from, sealed.entry);
    const done = inSlices();
    for (const act of rest) {
      const next = this.#seal(head, act);
      entries.push(next.entry);
      documents.push(next.document);
      head = headAfter(head, next.entry);
      await done(next.document);
    }
    // A full disk throws, and nothing is written anywhere. The disk syncs both at once: each sale waits for it.
    this.#copied = this.#settings.copy.append(documents);
    // Of several a start could not tell how many of them nobody was told of, if the database had them alone.
    if (rest.length > 0) await this.#copied;
    try {
      const { error } = await this.#settings.collection.bulkInsert(documents);
      if (error[0] !== undefined)
        throw new Error(`the journal refused ${error[0].documentId}: ${error[0].status}`);
    } catch (error) {
      this.#inDoubt = true;
      if (diskTroubleOf(error) === "storageDamaged") {
        this.#hurt = this.#hurt === "file" || isCorrupt(error) ? "file" : "disk";
        this.#settings.onHurt();
      }
      // What is being synced cannot be taken back.
      await this.#copied;
      // Before anybody hears of it; when the disk cannot be read either, the next turn looks again.
      await this.#lookAgain().catch(() => undefined);
      throw error;
    }
    await this.#copied;
    this.#recent = [...this.#recent, ...entries];
    this.#head = head;
    if (this.#hurt === "disk") {
      this.#hurt = "no";
      this.#settings.onHurtOver();
    }
    return entries;
  }

  #seal(head: Head, { id, staff, fact, at }: Act): ReturnType<typeof sealedDocument> {
    const identity = this.#settings.identity();
    if (identity === null) throw new Error("a till writes its journal only once it is paired");
    const { device, store } = identity;
    const place = { epoch: head.epoch, seq: head.seq + 1 };
    return sealedDocument(
      {
        content: { id, device, ...place, store, staff, at, fact, prev: head.hash },
        sha256Hex,
        sign: this.#settings.sign,
      },
      (document) => this.#kept.keep(document),
    );
  }

  #asTicket(document: Pick<JournalDocument, "id" | "entry"> | undefined): PendingTicket | null {
    if (document === undefined || !this.#isHeard(document)) return null;
    const entry = this.#kept.keep(document);
    const ticket = ticketOf(entry.fact);
    if (ticket === null) return null;
    const sent = !this.unsent().some(({ id }) => id === entry.id);
    return { entry, ticket, sent };
  }

  /** Not of a write that is under way: the database may have it before the second copy does, and who asks may have begun before it. */
  #isHeard({ id }: Pick<JournalDocument, "id">): boolean {
    return id <= documentId(this.#head);
  }

  /** What waits is worked out once and grows with each entry: a till that is cut off for days does not go through all of it at each sale, for each collection. */
  #addToPending(entry: JournalEntry): void {
    for (const [collection, { applied, entries }] of this.#pending) {
      const added = pendingEntries({ entries: [entry], applied });
      this.#pending.set(collection, { applied, entries: [...entries, ...added] });
    }
  }

  /** Of a new epoch only its beginning is new when it is written: what follows in the same commit was carried over. */
  #told(entries: readonly JournalEntry[]): void {
    const begins = entries[0]?.fact.type === "epoch.begun";
    for (const follower of [...this.#followers])
      for (const [index, entry] of entries.entries()) follower(entry, begins && index > 0);
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

function placeAfter({ epoch, seq }: AppliedUpTo): AppliedUpTo {
  return { epoch, seq: seq + 1 };
}

function headAfter(head: Head, { epoch, seq, hash, fact }: JournalEntry): Head {
  const register = fact.type === "epoch.begun" ? fact.register : head.register;
  const nextReceipt = receiptCounterAfter({ counter: head.nextReceipt, fact });
  return { epoch, seq, register, nextReceipt, hash };
}

function uniqueById(entries: readonly JournalEntry[]): JournalEntry[] {
  const seen = new Set<EntryId>();
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/**
 * Each entry once, as it was carried over last. What an epoch carried over is the end of all that was written until then: so all of it stands in the order in which it was written first,
 * also where the list begins in the middle of an epoch before.
 */
function asCarriedLast(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return uniqueById(entries.toReversed()).reverse();
}
