import type { Customer } from "#domain/customer/customer.ts";
import type { ChannelId, CustomerId, Instant } from "#domain/ids.ts";
import type { OrderContact } from "#domain/orders/order.ts";

/** Where something of a customer's history stands. Whatever else becomes part of it is another kind here. */
export interface HistoryRef {
  readonly kind: "ticket" | "order";
  readonly id: string;
  readonly at: Instant;
}

export interface CustomerReads {
  customer(id: CustomerId): Promise<Customer | null>;
  /** In the order of their names; found by name, telephone number, e-mail address and card number as `domain/customer/search.ts` says. */
  searchCustomers(ask: {
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly customers: readonly Customer[]; readonly total: number }>;
  /** Profiles that may be the contact's: with its e-mail address, or with a telephone number that ends alike. */
  customersLike(contact: Pick<OrderContact, "email" | "phone">): Promise<readonly Customer[]>;
  /** Newest first: tickets, and orders of these channels, of every one where none is named. */
  historyOf(ask: {
    readonly customer: CustomerId;
    readonly channels: readonly ChannelId[];
    readonly limit: number;
  }): Promise<readonly HistoryRef[]>;
  /** Whether the customer ever ordered through one of these channels. */
  hasOrderedThrough(ask: {
    readonly customer: CustomerId;
    readonly channels: readonly ChannelId[];
  }): Promise<boolean>;
}
