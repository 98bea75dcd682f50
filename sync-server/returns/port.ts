import type { StoreAsk } from "#domain/access/roles.ts";
import type { BusinessDay, CustomerId, Instant, OrderId, VariantId } from "#domain/ids.ts";
import type { Purchase, PurchaseRef } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { MailReturnReads, MailReturnWrites } from "./mail-port.ts";

/** What people know of a purchase; all that is named must fit. */
export interface PurchaseSearch {
  /** A receipt's or an order's number, the shop's id of an order, an approval code or a customer card. */
  readonly text: string | null;
  readonly customer: CustomerId | null;
  readonly variant: VariantId | null;
  readonly day: BusinessDay | null;
  /** What was paid, in minor units. */
  readonly paidMinor: number | null;
  /** Where it was sold; left out: anywhere. */
  readonly store?: StoreAsk;
  readonly limit: number;
}

export interface ReturnReads extends MailReturnReads {
  /** What came back of a purchase; null where nothing did. */
  returned(purchase: PurchaseRef): Promise<Returned | null>;
  /** Those of the purchases of which something came back. */
  everReturned(purchases: readonly PurchaseRef[]): Promise<readonly PurchaseRef[]>;
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

export interface ReturnWrites extends MailReturnWrites {
  putReturned(returned: Returned): Promise<void>;
  /** Keeps what the tills are told of an order's purchase, to be found by. `paidMinor`: all that was paid for the order. */
  putOrderPurchase(
    purchase: Purchase,
    named: { readonly externalId: string; readonly paidMinor: number },
  ): Promise<void>;
}
