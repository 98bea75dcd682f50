import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { BasketId, DeviceId, EntryId, StaffId, StoreId, TicketId } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import { type Fact, GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { receiptCounterAfter } from "#domain/journal/fold.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import type { Clock, Journal, JournalHead, NewId, PendingTicket, Unwatch } from "../ports.ts";

const REGISTER = 3;
const EPOCH = 1;

/** A journal in memory with the real chain: entries are hashed and signed, appends wait in line, the counter lives in it. */
export class FakeJournal implements Journal {
  readonly entries: JournalEntry[] = [];
  readonly device: DeviceId;
  readonly store: StoreId;
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #key = generateKeyPairSync("ed25519").privateKey;
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<(entry: JournalEntry, isCopy: boolean) => void>();
  #queue: Promise<unknown> = Promise.resolve();
  #nextReceipt = 1;
  #acknowledged = 0;
  #applied = 0;
  #failure: Error | null = null;

  constructor({
    clock,
    newId,
    store,
    device,
  }: {
    readonly clock: Clock;
    readonly newId: NewId;
    readonly store: StoreId;
    readonly device: DeviceId;
  }) {
    this.#clock = clock;
    this.#newId = newId;
    this.store = store;
    this.device = device;
    this.#write(null, { type: "epoch.begun", register: REGISTER, nextReceipt: 1, previous: null });
  }

  /** Makes every append fail before anything is written, as a full disk does. */
  fail(failure: Error | null): void {
    this.#failure = failure;
  }

  append(act: {
    readonly id?: EntryId;
    readonly staff: StaffId | null;
    readonly makeFact: (head: JournalHead) => Fact;
  }): Promise<JournalEntry> {
    const turn = this.#queue.then(() => {
      const fact = act.makeFact(this.head);
      if (this.#failure !== null) throw this.#failure;
      const entry = this.#write(act.staff, fact, act.id);
      for (const follower of [...this.#followers]) follower(entry, false);
      return entry;
    });
    this.#queue = turn.catch(() => undefined);
    return turn.then((entry) => {
      this.#tell();
      return entry;
    });
  }

  pendingFor(_collection: ReplicaCollection): readonly JournalEntry[] {
    return this.entries.filter((entry) => entry.seq > this.#applied);
  }

  async ticket(id: TicketId): Promise<PendingTicket | null> {
    return this.#tickets().find(({ ticket }) => ticket.id === id) ?? null;
  }

  async ticketOfBasket(basket: BasketId): Promise<PendingTicket | null> {
    return this.#tickets().find(({ ticket }) => ticket.basket === basket) ?? null;
  }

  async recentTickets(limit: number): Promise<readonly PendingTicket[]> {
    return this.#tickets().toReversed().slice(0, limit);
  }

  unsent(): readonly JournalEntry[] {
    return this.entries.filter((entry) => entry.seq > this.#acknowledged);
  }

  async *newestFirst(): AsyncGenerator<JournalEntry> {
    yield* this.entries.toReversed();
  }

  async entryBefore({ seq }: { readonly epoch: number; readonly seq: number }): Promise<JournalEntry | null> {
    return this.entries.findLast((entry) => entry.seq < seq) ?? null;
  }

  follow(onEntry: (entry: JournalEntry, isCopy: boolean) => void): Unwatch {
    this.#followers.add(onEntry);
    return () => this.#followers.delete(onEntry);
  }

  watch(onChange: () => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  /** The server has taken in all entries up to `seq`. */
  acknowledge(seq: number): void {
    this.#acknowledged = seq;
    this.#tell();
  }

  /** The replica contains the effects of all entries up to `seq`. */
  apply(seq: number): void {
    this.#applied = seq;
    this.#tell();
  }

  facts<T extends Fact["type"]>(type: T): readonly Extract<Fact, { readonly type: T }>[] {
    return this.entries
      .map((entry) => entry.fact)
      .filter((fact): fact is Extract<Fact, { readonly type: T }> => fact.type === type);
  }

  get head(): JournalHead {
    return {
      epoch: EPOCH,
      seq: this.entries.length,
      register: REGISTER,
      nextReceipt: this.#nextReceipt,
    };
  }

  #write(staff: StaffId | null, fact: Fact, id = idOf<"Entry">(this.#newId())): JournalEntry {
    const entry = sealEntry({
      content: {
        id,
        device: this.device,
        epoch: EPOCH,
        seq: this.entries.length + 1,
        store: this.store,
        staff,
        at: this.#clock.now(),
        fact,
        prev: this.entries.at(-1)?.hash ?? GENESIS_HASH,
      },
      sha256Hex: (text) => createHash("sha256").update(text).digest("hex"),
      sign: (text) => sign(null, Buffer.from(text), this.#key).toString("base64url"),
    });
    // As the disk's reader does: an entry that it would not take for one is no entry.
    entrySchema.parse(JSON.parse(canonicalJson(entry)));
    this.entries.push(entry);
    this.#nextReceipt = receiptCounterAfter({ counter: this.#nextReceipt, fact });
    return entry;
  }

  #tickets(): readonly PendingTicket[] {
    return this.entries.flatMap((entry) => {
      const ticket = ticketOf(entry.fact);
      return ticket === null ? [] : [{ entry, ticket, sent: entry.seq <= this.#acknowledged }];
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
