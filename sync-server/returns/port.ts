import type {
  BusinessDay,
  ChannelId,
  CustomerId,
  Instant,
  OrderId,
  StoreId,
  VariantId,
} from "#domain/ids.ts";
import type { MailReturn, MailReturnState } from "#domain/returns/mail-return.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import type { Purchase, PurchaseRef } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";

/** What people know of a purchase; all that is named must fit. */
export interface PurchaseSearch {
  /** A receipt's or an order's number, the shop's id of an order, an approval code or a customer card. */
  readonly text: string | null;
  readonly customer: CustomerId | null;
  readonly variant: VariantId | null;
  readonly day: BusinessDay | null;
  /** What was paid, in minor units. */
  readonly paidMinor: number | null;
  readonly limit: number;
}

export interface ReturnLogSearch {
  readonly kind: "till" | "mail" | null;
  readonly state: MailReturnState | null;
  /** That took the goods in. */
  readonly store: StoreId | null;
  /** A part of the receipt's number, of the shop's id, or of a SKU. */
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

/** At a till: the id is the ticket's. */
export interface ReturnLogEntry {
  readonly kind: "till" | "mail";
  readonly id: string;
}

export interface ReturnReads {
  /** Null: HQ has decided nothing yet. */
  retailerReturnPolicy(): Promise<ReturnPolicy | null>;
  /** Null: the store goes by the retailer's. */
  ownReturnPolicy(store: StoreId): Promise<ReturnPolicy | null>;
  /** Those of the catalogue, in the order of the alphabet; the empty one is none. */
  categories(): Promise<readonly string[]>;
  mailReturn(id: string): Promise<MailReturn | null>;
  /** By the shop's own id. */
  mailReturnNamed(name: {
    readonly channel: ChannelId;
    readonly externalId: string;
  }): Promise<MailReturn | null>;
  mailReturnsOf(purchase: PurchaseRef): Promise<readonly MailReturn[]>;
  /** Those of which nothing came and whose last day is before then, in the order of their ids, those after an id. */
  overdueMailReturns(ask: {
    readonly before: BusinessDay;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly MailReturn[]>;
  /** Returns at tills and by mail, newest first; only those that fit all that is named. */
  returnLog(
    ask: ReturnLogSearch,
  ): Promise<{ readonly entries: readonly ReturnLogEntry[]; readonly total: number }>;
  /** What came back of a purchase; null where nothing did. */
  returned(purchase: PurchaseRef): Promise<Returned | null>;
  /** What an order's customer bought, as the tills were told last; null where they were not. */
  orderPurchase(order: OrderId): Promise<Purchase | null>;
  /** The tickets with lines that pay an order, the oldest first. */
  ticketsPaying(order: OrderId): Promise<readonly Ticket[]>;
  /** Newest first. Where nothing is named that is kept in order, only among the newest. */
  findTickets(ask: PurchaseSearch): Promise<readonly Ticket[]>;
  /** Newest first: those that the tills were told of. */
  findOrderPurchases(ask: PurchaseSearch): Promise<readonly Purchase[]>;
  /** Ids of live documents whose ids begin with `prefix` and that were published before then, the oldest first. */
  documentsFrom(ask: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly prefix: string;
    readonly before: Instant;
    readonly limit: number;
  }): Promise<readonly string[]>;
}

export interface ReturnWrites {
  putRetailerReturnPolicy(policy: ReturnPolicy): Promise<void>;
  /** Null: the store has none of its own any more. */
  putOwnReturnPolicy(store: StoreId, policy: ReturnPolicy | null): Promise<void>;
  putMailReturn(mailReturn: MailReturn): Promise<void>;
  putReturned(returned: Returned): Promise<void>;
  /** Keeps what the tills are told of an order's purchase, to be found by. `paidMinor`: all that was paid for the order. */
  putOrderPurchase(
    purchase: Purchase,
    named: { readonly externalId: string; readonly paidMinor: number },
  ): Promise<void>;
}
