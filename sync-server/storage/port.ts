import type { KeyScope } from "#domain/access/key-scopes.ts";
import type { StoreAsk } from "#domain/access/roles.ts";
import type { Customer } from "#domain/customer/customer.ts";
import type {
  ChannelId,
  DeviceId,
  Gtin,
  ImageHash,
  Instant,
  ProductId,
  Sku,
  StoreId,
  TicketId,
  VariantId,
} from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { Result } from "#domain/result.ts";
import type { BookedCount } from "#domain/stock/counting.ts";
import type { Shelf } from "#domain/stock/shelf.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { LinkMailReads, LinkMailWrites } from "../access/link-mail-port.ts";
import type { TrailReads, TrailWrites } from "../access/port.ts";
import type { AccessReads, AccessWrites } from "../access/users-port.ts";
import type { AuditReads, TillOfStore } from "../audit/port.ts";
import type { MoveReads, MoveWrites } from "../backup/port.ts";
import type { BasketReads, BasketWrites } from "../baskets/port.ts";
import type { CaseReads, CaseWrites } from "../cases/port.ts";
import type { ActReads, ActWrites } from "../catalog/act-port.ts";
import type { CatalogueReads, CatalogueWrites } from "../catalog/grid-port.ts";
import type { ProductReads, ProductWrites } from "../catalog/port.ts";
import type { ConnectorReads, ConnectorWrites } from "../connectors/records.ts";
import type { CouponReads, CouponWrites } from "../coupons/port.ts";
import type { CreditReads, CreditWrites } from "../credits/port.ts";
import type { CustomerReads } from "../customers/port.ts";
import type { ProfileReads, ProfileWrites } from "../customers/records.ts";
import type { DashboardReads } from "../dashboard/port.ts";
import type { DataAuditAsideReads, DataAuditReads, DataAuditWrites } from "../data-audit/port.ts";
import type { DeliveryReads, DeliveryWrites } from "../deliveries/port.ts";
import type { DemoReads, DemoWrites } from "../demo/port.ts";
import type { EventReads, EventWrites } from "../events/port.ts";
import type { ExceptionReads, ExceptionWrites } from "../exceptions/port.ts";
import type { LoyaltyReads, LoyaltyWrites } from "../loyalty/port.ts";
import type { MailReads, MailWrites } from "../mail/records.ts";
import type { MetricReads } from "../metrics/port.ts";
import type { OrderReads, OrderWrites } from "../orders/port.ts";
import type { PriceReads, PriceWrites } from "../prices/port.ts";
import type { ReceiptReads, ReceiptWrites } from "../receipts/port.ts";
import type { InvoiceReads, InvoiceWrites } from "../receipts/records.ts";
import type { AcrossAsideReads, AcrossReads, AcrossWrites } from "../reports/across-port.ts";
import type { ReportAsideReads, ReportReads, ReportWrites } from "../reports/port.ts";
import type { ReturnReads, ReturnWrites } from "../returns/port.ts";
import type { ShiftReads, ShiftWrites } from "../shifts/port.ts";
import type { ShopProductReads } from "../shop-products/port.ts";
import type { StaffReads, StaffWrites } from "../staff/port.ts";
import type { CountReads, CountWrites, StockReads } from "../stock/port.ts";
import type { ReplenishAsideReads, ReplenishReads, ReplenishWrites } from "../stock/replenish-port.ts";
import type { StockValueAsideReads } from "../stock/value-port.ts";
import type { StoreListReads } from "../stores/port.ts";
import type { EraReads, EraWrites } from "../sync/eras.ts";
import type { LettingInReads, LettingInWrites } from "../sync/letting-in-port.ts";
import type { Said, TellsNews } from "../sync/news.ts";
import type { TakeOverReads, TakeOverWrites } from "../sync/take-over-port.ts";
import type { TillReads, TillWrites } from "../tills/port.ts";
import type { UpdateReads, UpdateWrites } from "../updates/port.ts";

/** That a till was heard of. */
export interface Contact {
  readonly device: DeviceId;
  readonly at: Instant;
  readonly clockOffsetMs: number | null;
  /** Of its program. Null, or left out: it did not say, and what it said before stays. */
  readonly version?: string | null;
}

/** All that is asked is found by its key, and is asked all the time: a database works out once how to find it. */
export type Finds = "byKeys";

/**
 * What the server needs of a database, in the shop's words. Two engines implement it and one contract suite checks both. Each throws `StorageUnavailable`
 * where it is away for a moment. Everything is asked within a transaction: `write` for one that may change, `read` for one unmoving snapshot. Any number of
 * servers may stand on one database of PostgreSQL.
 */
export interface Storage {
  /**
   * All of `work` is durable when this resolves; when it rejects, none of it happened. Writes run one after another, of all servers on this database.
   * What it `tells` every one of these servers hears once it is durable, this one before this resolves.
   */
  write<T>(work: (tx: WriteTransaction) => Promise<T>, tells?: TellsNews<T>): Promise<T>;
  /** `work` sees one state of the database however long it takes. `finds`: what of it is known beforehand. */
  read<T>(work: (tx: ReadTransaction) => Promise<T>, finds?: Finds): Promise<T>;
  /** For what a single statement tells, which is of one state as well: a database that is far away is asked once. Of several, each sees the state that is newest then. */
  ask<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T>;
  readonly aside: Aside;
  /** From now on `hear` is called with what is told, here and by other servers; it never throws. Answers how to stop. */
  listen(hear: (said: Said) => void): () => void;
  /** Whether the chores of all servers on this database are this one's to do: of one at a time, and another's within seconds of its end. */
  readonly isOnDuty: boolean;
  /** Runs `work` while no other server on this database runs such; waits for its turn. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Questions that may take long: each has a name, and is answered beside the server's own thread. */
export interface AsideReads
  extends AcrossAsideReads,
    DataAuditAsideReads,
    ReplenishAsideReads,
    ReportAsideReads,
    StockValueAsideReads {}
export type AsideName = keyof AsideReads;
export type AsideAsk<N extends AsideName> = Parameters<AsideReads[N]>[0];
export type AsideAnswer<N extends AsideName> = ReturnType<AsideReads[N]>;

export interface Aside {
  /**
   * Asks a question of one state of the database while sales are taken in. Refused when too many wait already, and once `cancelled` says that
   * nobody waits for its answer any more. Throws when it cannot be answered, or not in time.
   */
  read<N extends AsideName>(
    name: N,
    ask: AsideAsk<N>,
    cancelled?: AbortSignal,
  ): Promise<Result<AsideAnswer<N>, "busy" | "cancelled">>;
}

/** Thrown where the database could not be asked, or not in time, through no fault of what was asked: the same again may go well. `message` says why, for the log. */
export class StorageUnavailable extends Error {}

/** Whatever were asked would have ended so: the database is down, or somebody else's, or the connection to it is lost. What took too long is another matter. */
export class StorageAway extends StorageUnavailable {}

/** What came of a part of a transaction. */
export type Attempt = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

export interface DeviceRecord {
  readonly id: DeviceId;
  readonly store: StoreId;
  readonly register: number;
  readonly name: string;
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
  readonly epoch: number;
  readonly revokedAt: Instant | null;
  readonly lastSeenAt: Instant | null;
  /** Till clock minus server clock, milliseconds. */
  readonly clockOffsetMs: number;
  /** The moment of its newest act in this epoch, by the server's clock; 0 before any. */
  readonly actedTo: Instant;
  /** Of its program, as it last said; null: it never did. */
  readonly version: string | null;
  /** When its machine got the register, by the server's clock; null: before that was noted. */
  readonly since: Instant | null;
  /** When it was last let in by the pairing that it showed; null: it never was. */
  readonly letInAt: Instant | null;
}

/** A till as it is paired. */
export type NewDevice = Pick<DeviceRecord, "id" | "store" | "register" | "name" | "publicKey" | "epoch">;

export interface ApiKeyRecord {
  readonly hash: string;
  readonly scope: KeyScope;
  /** Whose it is. */
  readonly name: string;
  /** Whose orders it reaches; empty: those of every channel. */
  readonly channels: readonly ChannelId[];
  readonly createdAt: Instant;
  /** Null: never, or not since this was noted. */
  readonly lastUsedAt: Instant | null;
}

export interface FeedRow {
  readonly seq: number;
  readonly id: string;
  /** The document as JSON text; null for a tombstone. */
  readonly data: string | null;
}

export interface FeedHead {
  readonly head: number;
  /** Tombstones up to this seq are gone: a checkpoint below it (but not zero) has missed deletions. */
  readonly purgedTo: number;
}

/** One epoch of a till's journal. */
export interface JournalAsk extends TillOfStore {
  readonly epoch: number;
}

export interface ChainPosition {
  readonly seq: number;
  readonly hash: string;
}

/** Who a till is, and how far all that concerns it has come: of one moment. */
export interface Standing {
  readonly device: DeviceRecord;
  /** Null: its store is gone. */
  readonly store: StoreSettings | null;
  readonly era: string | null;
  /** The newest entry of its journal in its epoch that is booked. */
  readonly chainHead: ChainPosition;
  /** The heads of its store's own feeds and of those of the chain that were asked for; one that is not in it has nothing. */
  readonly heads: ReadonlyMap<string, FeedHead>;
}

/** A movement as it is to be booked: once by its cause, and as of when it happened. */
export interface StockMove {
  readonly movement: StockMovement;
  readonly cause: string;
  readonly actedAt: Instant;
}

/** An entry that a till signed but that could not be taken in. */
export interface QuarantinedEntry {
  readonly entry: JournalEntry;
  readonly reason: string;
  readonly receivedAt: Instant;
}

export interface TicketRecord {
  readonly cursor: number;
  readonly ticket: Ticket;
  readonly receivedAt: Instant;
  readonly register: number;
}

export interface PictureRecord {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export interface VariantOwner {
  readonly product: ProductId;
  readonly variant: VariantId;
}

export interface ReadTransaction
  extends AccessReads,
    ActReads,
    AuditReads,
    BasketReads,
    CaseReads,
    CatalogueReads,
    ConnectorReads,
    CountReads,
    CouponReads,
    CreditReads,
    DeliveryReads,
    EraReads,
    CustomerReads,
    DataAuditReads,
    DashboardReads,
    DemoReads,
    MetricReads,
    MoveReads,
    EventReads,
    ExceptionReads,
    InvoiceReads,
    LinkMailReads,
    LoyaltyReads,
    MailReads,
    OrderReads,
    ProductReads,
    ProfileReads,
    PriceReads,
    ReceiptReads,
    ReplenishReads,
    ReportReads,
    AcrossReads,
    ReturnReads,
    ShiftReads,
    ShopProductReads,
    StaffReads,
    StoreListReads,
    TakeOverReads,
    LettingInReads,
    TillReads,
    StockReads,
    TrailReads,
    UpdateReads {
  stores(): Promise<readonly StoreSettings[]>;
  store(id: StoreId): Promise<StoreSettings | null>;
  /** Those of the stores that there are. */
  storesOf(ids: readonly StoreId[]): Promise<ReadonlyMap<StoreId, StoreSettings>>;
  storeByCode(code: string): Promise<StoreSettings | null>;

  devices(): Promise<readonly DeviceRecord[]>;
  /** The tills that ever had this key, by their ids. */
  devicesOfKey(publicKey: string): Promise<readonly DeviceRecord[]>;
  device(id: DeviceId): Promise<DeviceRecord | null>;
  /** Those of the tills that there are. */
  devicesOf(ids: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, DeviceRecord>>;
  deviceByToken(tokenHash: string): Promise<DeviceRecord | null>;
  /** Where the tills stand that show these tokens, by the hash of the token; one that no till has is not in it. By a single statement. */
  standings(ask: {
    readonly tokenHashes: readonly string[];
    readonly chainFeeds: readonly string[];
  }): Promise<ReadonlyMap<string, Standing>>;
  /** What the bearer of this key may do; null when there is no such key. */
  apiKey(keyHash: string): Promise<ApiKeyRecord | null>;
  /** Every key, the oldest first. */
  apiKeys(): Promise<readonly ApiKeyRecord[]>;

  feedHead(feed: string): Promise<FeedHead>;
  /** How far there is to read of one collection of a feed: the seq of its newest row, 0 where there is none. The feed's head may be of another collection. */
  collectionHead(of: { readonly feed: string; readonly collection: ReplicaCollection }): Promise<number>;
  /** The newest sequence number of every feed. */
  feedHeads(): Promise<ReadonlyMap<string, number>>;
  /** In the order of their numbers. Pages may be asked for beside each other; wait for them before anything else of the transaction is asked or it ends, also where something fails. */
  feedRows(ask: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly FeedRow[]>;
  /** Live documents of a collection in a feed, in the order of their ids (by code point): those after an id, the first `limit` of them. */
  liveDocuments(ask: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly { readonly id: string; readonly data: string }[]>;
  /** Those of these ids, in the order of the ids. */
  liveDocumentsNamed(of: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly ids: readonly string[];
  }): Promise<readonly { readonly id: string; readonly data: string }[]>;
  /** The text of one live document; null where there is none. */
  liveDocument(of: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly id: string;
  }): Promise<string | null>;
  /** How many live documents of a collection a feed has. */
  feedCount(ask: { readonly feed: string; readonly collection: ReplicaCollection }): Promise<number>;

  chainHead(at: JournalAsk): Promise<ChainPosition>;
  /** The same of several tills, in their order. */
  chainHeads(at: readonly JournalAsk[]): Promise<readonly ChainPosition[]>;
  entryHash(at: JournalAsk & { readonly seq: number }): Promise<string | null>;
  /** Stored entries of a till in order, as the canonical text that was signed. */
  entries(
    ask: JournalAsk & { readonly after: number; readonly limit: number },
  ): Promise<readonly JournalEntry[]>;

  /** What was kept aside of a till, in the order it came. */
  quarantined(device: DeviceId): Promise<readonly QuarantinedEntry[]>;

  ticket(id: TicketId): Promise<TicketRecord | null>;
  /** Newest first, below `before` where given. */
  tickets(ask: {
    readonly store: StoreAsk;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly TicketRecord[]>;
  /** Those whose receipt numbers begin so, upper case; the highest first. */
  ticketsNumbered(ask: {
    readonly begun: string;
    readonly store: StoreAsk;
    readonly limit: number;
  }): Promise<readonly TicketRecord[]>;
  ticketCount(store: StoreAsk): Promise<number>;
  salesOf(ask: {
    readonly store: StoreId;
    readonly day: string;
  }): Promise<{ readonly tickets: number; readonly totalMinor: number }>;

  onHand(at: { readonly store: StoreId; readonly variant: VariantId }): Promise<number>;
  /** Of those that happened up to `until`, itself included; absent: of all. */
  movementSum(at: {
    readonly store: StoreId;
    readonly variant: VariantId;
    readonly until?: Instant;
  }): Promise<number>;
  /** The count that was made last, whenever it was booked. */
  lastCount(at: { readonly store: StoreId; readonly variant: VariantId }): Promise<BookedCount | null>;
  /** Those of the shelves that were ever counted, by `shelfKey`. */
  everCounted(shelves: readonly Shelf[]): Promise<ReadonlySet<string>>;

  product(id: ProductId): Promise<Product | null>;
  productByHandle(handle: string): Promise<Product | null>;
  /** The product that a variant is of. */
  productWith(variant: VariantId): Promise<Product | null>;
  variantBySku(sku: Sku): Promise<VariantOwner | null>;
  variantByGtin(gtin: Gtin): Promise<VariantOwner | null>;
  searchProducts(ask: {
    readonly text: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly products: readonly Product[]; readonly total: number }>;
  pricesOf(variant: VariantId): Promise<readonly Price[]>;

  picture(hash: ImageHash): Promise<PictureRecord | null>;
}

/** Secrets are kept sealed, by a key that does not lie in the database. */
export interface SecretWrites {
  /**
   * Seals what an earlier version kept as it was. Throws `SecretsKeyLost`, before anything is written, where something does not open by the key that is
   * there; with `forgetsLost` that is given up (no second step, a new secret that nobody knows), and how many those were is answered.
   */
  sealSecrets(how: { readonly forgetsLost: boolean }): Promise<number>;
}

export interface WriteTransaction
  extends ReadTransaction,
    AccessWrites,
    ActWrites,
    BasketWrites,
    CaseWrites,
    ConnectorWrites,
    CountWrites,
    CouponWrites,
    CreditWrites,
    DataAuditWrites,
    DeliveryWrites,
    DemoWrites,
    EraWrites,
    EventWrites,
    ExceptionWrites,
    InvoiceWrites,
    LinkMailWrites,
    LoyaltyWrites,
    MailWrites,
    MoveWrites,
    OrderWrites,
    ProductWrites,
    ProfileWrites,
    PriceWrites,
    ReceiptWrites,
    ReplenishWrites,
    ReportWrites,
    AcrossWrites,
    ReturnWrites,
    SecretWrites,
    ShiftWrites,
    StaffWrites,
    TakeOverWrites,
    LettingInWrites,
    TillWrites,
    TrailWrites,
    UpdateWrites,
    CatalogueWrites {
  /**
   * Runs `work` so that nothing of it is left where it throws, and answers what it threw; what was written before stays. Rethrows where the database itself
   * failed, and not what was asked of it: then nothing of the transaction is sure.
   */
  attempt(work: () => Promise<void>): Promise<Attempt>;
  /** The same without what can be undone by itself, which costs: where it answers what was thrown, some of `work` is written, and the whole transaction is to be taken back. */
  attemptOnce(work: () => Promise<void>): Promise<Attempt>;

  putStore(settings: StoreSettings): Promise<void>;

  addDevice(device: NewDevice, tokenHash: string): Promise<void>;
  /** The lowest number that no register of the store has or had, or may have had in a time that this database lost. */
  nextRegister(store: StoreId): Promise<number>;
  /** From here on `actedTo` is of the new epoch: what it carries over happened before it began. */
  beginEpoch(device: DeviceId, epoch: number): Promise<void>;
  revokeDevice(device: DeviceId, at: Instant): Promise<void>;
  /** Each of another till. */
  noteContacts(contacts: readonly Contact[]): Promise<void>;
  noteActs(acts: readonly { readonly device: DeviceId; readonly actedTo: Instant }[]): Promise<void>;
  addHqKey(keyHash: string, at: Instant): Promise<void>;
  addKey(key: Omit<ApiKeyRecord, "lastUsedAt">): Promise<void>;
  noteKeyUse(keyHash: string, at: Instant): Promise<void>;
  /** The key opens nothing from now on. */
  removeKey(keyHash: string): Promise<void>;
  addPairingCode(code: {
    readonly hash: string;
    readonly store: StoreId;
    readonly expiresAt: Instant;
  }): Promise<void>;
  /** Takes a code away, so that it works once; null when there is none such. */
  takePairingCode(hash: string): Promise<{ readonly store: StoreId; readonly expiresAt: Instant } | null>;

  /** Gives documents the next sequence numbers of their feeds, each another one of its feed, in their order; answers the last number of each feed. `data` null leaves a tombstone. */
  putInFeeds(rows: {
    readonly documents: readonly {
      readonly feed: string;
      readonly collection: ReplicaCollection;
      readonly id: string;
      readonly data: string | null;
    }[];
    readonly at: Instant;
  }): Promise<ReadonlyMap<string, number>>;
  /** Forgets tombstones older than `before`. */
  purgeTombstones(before: Instant): Promise<void>;

  addEntries(entries: readonly JournalEntry[], receivedAt: Instant): Promise<void>;
  /** Keeps a run that was not taken in, whole. The same entry is kept once. */
  quarantine(run: {
    readonly entries: readonly JournalEntry[];
    readonly reason: string;
    readonly at: Instant;
  }): Promise<void>;
  /** Books tickets, each once; answers those that were not booked before. */
  addTickets(
    tickets: readonly { readonly ticket: Ticket; readonly register: number }[],
    receivedAt: Instant,
  ): Promise<ReadonlySet<TicketId>>;
  /**
   * Books a movement and the level; `cause` makes it count once. `actedAt` is when it happened, absent: as it is booked. Returns the level after
   * it, or null when it was counted before. Where the shelf was counted as HQ had planned, after the movement happened, and that is not booked
   * yet, the movement is in what the books say it should have been.
   */
  addMovement(
    movement: StockMovement,
    booked: { readonly cause: string; readonly at: Instant; readonly actedAt?: Instant },
  ): Promise<number | null>;
  /** The same for movements of any stores, in their order. Returns the level after each, in the same order. */
  addMovements(moves: readonly StockMove[], at: Instant): Promise<readonly (number | null)[]>;

  putProduct(product: Product): Promise<void>;
  putPrice(price: Price): Promise<void>;
  /** Each another one. */
  putCustomers(customers: readonly Customer[]): Promise<void>;

  putPicture(hash: ImageHash, picture: PictureRecord): Promise<void>;
}
