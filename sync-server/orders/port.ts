import type { StoreAsk } from "#domain/access/roles.ts";
import type {
  BusinessDay,
  DeviceId,
  EntryId,
  FulfilmentId,
  Instant,
  OrderId,
  StoreId,
  VariantId,
} from "#domain/ids.ts";
import type { Order, PickupVerifier } from "#domain/orders/order.ts";
import type { RetailerRules } from "#domain/orders/retailer-rules.ts";
import type { OrderStatus } from "#domain/orders/routing.ts";
import type { FulfilmentState } from "#domain/orders/transitions.ts";
import type { Shelf } from "#domain/stock/shelf.ts";

/** What the server keeps of a fulfilment beside its order, to find it by. */
export interface FulfilmentRow {
  readonly id: FulfilmentId;
  readonly order: OrderId;
  readonly store: StoreId;
  readonly state: FulfilmentState;
  /** The day it was given to the store, by the store's calendar. */
  readonly day: BusinessDay;
  /** What time brought about up to this moment has been seen to. */
  readonly seenTo: Instant;
  /** When time next brings something about; null: never, as it stands. */
  readonly nextAt: Instant | null;
}

export interface Reservation {
  readonly variant: VariantId;
  readonly pieces: number;
}

export interface LeaseRecord {
  readonly subject: string;
  readonly holder: DeviceId;
  readonly expiresAt: Instant;
  /** The till that asked for it last while it was held. */
  readonly wantedBy: DeviceId | null;
}

export interface OrderReads {
  order(id: OrderId): Promise<Order | null>;
  orderByExternalId(name: { readonly channel: string; readonly externalId: string }): Promise<Order | null>;
  orderOfFulfilment(id: FulfilmentId): Promise<Order | null>;
  /** Newest first; `store` is one that does a part of it. `search` finds number, the shop's id, customer and SKUs. */
  orders(ask: {
    readonly status: OrderStatus | null;
    readonly store: StoreAsk;
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly orders: readonly Order[]; readonly total: number }>;
  /** What the customer's pickup code is checked against; null where none was made. */
  pickupVerifier(order: OrderId): Promise<PickupVerifier | null>;

  fulfilmentRow(id: FulfilmentId): Promise<FulfilmentRow | null>;
  /** Those for which time has brought something about, the longest waiting first. */
  fulfilmentsDue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly FulfilmentRow[]>;
  openFulfilments(store: StoreId): Promise<readonly FulfilmentRow[]>;
  /** How many the store was given on that day, whatever became of them. */
  fulfilmentsOn(ask: { readonly store: StoreId; readonly day: BusinessDay }): Promise<number>;

  reservationsOf(fulfilment: FulfilmentId): Promise<readonly Reservation[]>;
  /** Pieces that are promised: the sum of the reservations. */
  reserved(at: { readonly store: StoreId; readonly variant: VariantId }): Promise<number>;
  /** The same of several, by `shelfKey`; a shelf of which nothing is promised is not in it. */
  reservedOf(shelves: readonly Shelf[]): Promise<ReadonlyMap<string, number>>;

  retailerRules(): Promise<RetailerRules>;
  lease(subject: string): Promise<LeaseRecord | null>;
  leasesOf(device: DeviceId): Promise<readonly LeaseRecord[]>;
  /** Leases that ran out, whose subject the tills still believe to be held. */
  leasesExpired(ask: { readonly before: Instant; readonly limit: number }): Promise<readonly LeaseRecord[]>;
}

export interface OrderWrites {
  /** Throws when another order has its channel and external id. `pickup` is kept from the first time on. */
  putOrder(order: Order, pickup: PickupVerifier | null): Promise<void>;
  putFulfilmentRow(row: FulfilmentRow): Promise<void>;
  /** Replaces what the fulfilment keeps from being sold. */
  putReservations(
    of: { readonly fulfilment: FulfilmentId; readonly store: StoreId },
    reservations: readonly Reservation[],
  ): Promise<void>;
  /** Notes that what an entry says of an order was booked; false when it was before. */
  noteOrderAct(entry: EntryId, at: Instant): Promise<boolean>;
  putRetailerRules(rules: RetailerRules): Promise<void>;
  putLease(lease: LeaseRecord): Promise<void>;
  dropLease(subject: string): Promise<void>;
}
