import type { Customer } from "#domain/customer/customer.ts";
import type {
  BasketId,
  CustomerId,
  DeviceId,
  EntryId,
  Instant,
  Sku,
  StaffId,
  StoreId,
  TicketId,
} from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReplicaCollection, ReplicaDocument } from "#protocol/documents/collections.ts";
import type { CustomerHistory } from "#protocol/documents/history.ts";
import type { ShareBasketAnswer, SharedBasket } from "#protocol/shop/basket.ts";
import type { AvailabilityAnswer } from "#protocol/shop/order.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { CasePurchaseFound, CasesFound } from "#protocol/sync/cases.ts";
import type { CustomersFoundAnswer } from "#protocol/sync/customers.ts";
import type { LeaseAnswer, LeaseRequest } from "#protocol/sync/leases.ts";
import type { PointsAnswer } from "#protocol/sync/points.ts";
import type { FindPurchases, FoundPurchases } from "#protocol/sync/purchases.ts";
import type { ReceiptMailAnswer, ReceiptMailRequest } from "#protocol/sync/receipt-mails.ts";

/** The parts of the engine meet here: each service asks for these and nothing else, so that tests can hand in fakes. */

export interface Clock {
  now(): Instant;
}

/** Makes UUIDv7 text. */
export type NewId = () => string;

export type Unwatch = () => void;

/** What the next entry may depend on; read inside the journal's queue, so no two entries see the same. */
export interface JournalHead {
  readonly epoch: number;
  readonly seq: number;
  readonly register: number;
  /** Counter of the next receipt number. */
  readonly nextReceipt: number;
}

export interface PendingTicket {
  readonly entry: JournalEntry;
  readonly ticket: Ticket;
  /** Whether the server has acknowledged it. */
  readonly sent: boolean;
}

/** The till's only write path. */
export interface Journal {
  /** As it is now; `append` tells what it is when an entry is made. */
  readonly head: JournalHead;
  /**
   * Appends one fact; the promise resolves when it is on disk and no power cut can lose it. Appends are taken one after
   * another; `makeFact` sees the head as it is then and may throw to write nothing. `id`: made before, by whoever has to name the entry before it is written.
   */
  append(act: {
    readonly id?: EntryId;
    readonly staff: StaffId | null;
    readonly makeFact: (head: JournalHead) => Fact;
  }): Promise<JournalEntry>;
  /** Entries not yet contained in the given collection's replica: what the overlay folds. */
  pendingFor(collection: ReplicaCollection): readonly JournalEntry[];
  ticket(id: TicketId): Promise<PendingTicket | null>;
  /** The ticket this basket became, if it did: what makes completing a sale safe to repeat. */
  ticketOfBasket(basket: BasketId): Promise<PendingTicket | null>;
  /** Newest first. */
  recentTickets(limit: number): Promise<readonly PendingTicket[]>;
  /** Entries that the server has not acknowledged, oldest first. */
  unsent(): readonly JournalEntry[];
  /** Every entry on disk, from the newest back. One that was carried over into a later epoch stands there more than once, under the same id. */
  newestFirst(): AsyncIterable<JournalEntry>;
  /** The newest entry before a place; null where there is none. */
  entryBefore(place: { readonly epoch: number; readonly seq: number }): Promise<JournalEntry | null>;
  /**
   * Calls back with each entry once it is on disk, in order and before the next one is made: what it keeps is never behind what `makeFact` sees. `isCopy`: the
   * entry was told before, and stands in a new epoch now.
   */
  follow(onEntry: (entry: JournalEntry, isCopy: boolean) => void): Unwatch;
  /** Calls back after each append and each acknowledgement. */
  watch(onChange: () => void): Unwatch;
}

/** The till's only read path for what HQ and the server decide. */
export interface Replica {
  /** Null until the first sync has brought them. */
  settings(): StoreSettings | null;
  staff(): readonly StaffMember[];
  /** All of them are in `staff`: not while they are read for the first time, or anew. */
  readonly isStaffRead: boolean;
  /** What is sealed of customers cannot be read until the server is heard again: of their documents only the rest is there, without names. */
  readonly needsConnection: boolean;
  get<C extends ReplicaCollection>(collection: C, id: string): Promise<ReplicaDocument<C> | null>;
  /**
   * Every document of a collection in chunks (about 500), in the order of ids, without holding the collection in memory. The event loop
   * is given back between chunks: what changes meanwhile may or may not be in them, and whoever must miss none of it watches as well.
   * Where a page of the file is lost, all that can be read is there, and what comes from there on is in no order.
   */
  scan<C extends ReplicaCollection>(collection: C): AsyncIterable<readonly ReplicaDocument<C>[]>;
  /**
   * Documents of a collection that hold a JSON text somewhere: a plain scan of the disk, for whoever cannot wait
   * until an index is loaded, over those `after` the one of this id (left out: over all). Null when they are very many, or when a page of the file is lost: then a `scan` has what can be read.
   */
  mentioning<C extends ReplicaCollection>(
    collection: C,
    json: string,
    of?: { readonly after?: string },
  ): Promise<readonly ReplicaDocument<C>[] | null>;
  /** Documents of a collection whose ids begin with a text, in the order of ids: found at once, however many there are. */
  beginning<C extends ReplicaCollection>(collection: C, text: string): Promise<readonly ReplicaDocument<C>[]>;
  /** Calls back with what changed, once per written chunk, after it is on disk. `null` data is a deletion. */
  watch<C extends ReplicaCollection>(
    collection: C,
    onChange: (changes: readonly { readonly id: string; readonly data: ReplicaDocument<C> | null }[]) => void,
  ): Unwatch;
}

/** Small local state that must survive a crash but is never sent: baskets in the making, PIN throttle, printer set-up. One durable write per call. */
export interface Drafts {
  get(id: string): Promise<unknown>;
  put(id: string, value: unknown): Promise<void>;
  remove(id: string): Promise<void>;
  /** All values whose id begins with the prefix, with their ids; undefined for one that does not open by this till's keys. */
  list(prefix: string): Promise<readonly { readonly id: string; readonly value: unknown }[]>;
}

/** Which till this is; null until it has been paired. */
export interface TillIdentity {
  readonly device: DeviceId;
  readonly store: StoreId;
  readonly storeCode: string;
  readonly storeName: string;
  readonly register: number;
  readonly pairedAt: Instant;
}

/** Whether and as what this till is paired, and how long the server was not heard: known from disk, also without a network. */
export interface Enrolment {
  identity(): TillIdentity | null;
  /** How long the server has not been heard (where it never was: since the pairing), milliseconds. A clock that is set back takes nothing off. */
  awayMs(): number;
  watch(onChange: () => void): Unwatch;
}

/** Pieces of an article, as baskets that go from side to side name them. */
export interface SharedLine {
  readonly sku: Sku;
  readonly quantity: number;
}

/**
 * What is asked of the server itself while somebody waits for it; everything else goes through journal and replica. Calls throw when the
 * server cannot be reached or will not answer: nobody may depend on one of them to sell.
 */
export interface ServerLine {
  online(): boolean;
  /** Till clock minus server clock, milliseconds, as far as it is known. */
  clockOffsetMs(): number;
  /** Calls back when the server is reached or lost. */
  watch(onChange: () => void): Unwatch;
  lease(request: LeaseRequest): Promise<LeaseAnswer>;
  /** How a store credit stands, by its code. */
  balance(code: string): Promise<BalanceAnswer>;
  /** How a customer's points stand. */
  points(customer: CustomerId): Promise<PointsAnswer>;
  availability(skus: readonly Sku[]): Promise<AvailabilityAnswer>;
  /** A basket that was begun on the other side; null when there is none under this code, or no more. */
  openBasket(code: string): Promise<SharedBasket | null>;
  shareBasket(lines: readonly SharedLine[]): Promise<ShareBasketAnswer>;
  /** What was bought anywhere in the chain, with what came back of it. */
  purchases(ask: FindPurchases): Promise<FoundPurchases>;
  /** What a customer bought and ordered, in every store and channel; null where the server knows no such customer. */
  customerHistory(customer: CustomerId): Promise<CustomerHistory | null>;
  /** Customers of the whole chain, by name, telephone number, e-mail address or card number. */
  findCustomers(ask: { readonly search: string; readonly limit: number }): Promise<CustomersFoundAnswer>;
  /** A profile as it is now: of an id that is part of another one, that one. Null where there is none (any more). */
  customer(id: CustomerId): Promise<Customer | null>;
  /** Resolves when the server keeps the mail; handing the same one over again is harmless. Throws ServerRefusal when it will never take it. */
  mailReceipt(mail: ReceiptMailRequest): Promise<ReceiptMailAnswer>;
  /** Cases of the whole chain, newest first. */
  findCases(ask: CasesAsk): Promise<CasesFound>;
  casePurchase(number: string): Promise<CasePurchaseFound>;
}

/** Whose cases, or those that a text finds. */
export type CasesAsk = { readonly search: string } | { readonly customer: CustomerId };
