import type { Customer } from "#domain/customer/customer.ts";
import type { ChannelId, CustomerId, Instant } from "#domain/ids.ts";
import type { OrderContact } from "#domain/orders/order.ts";

/** Where something of a customer's history stands. Whatever else becomes part of it is another kind here. */
export interface HistoryRef {
  readonly kind: "ticket" | "order";
  readonly id: string;
  readonly at: Instant;
}

export interface CustomersFound {
  readonly customers: readonly Customer[];
  /** Everybody; null where something was searched. */
  readonly total: number | null;
  readonly hasMore: boolean;
}

export interface CustomerReads {
  customer(id: CustomerId): Promise<Customer | null>;
  /** The profiles that ids mean, by the id that was asked for: also by a former one. Whoever is not there is not in it. */
  customersNamed(ids: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, Customer>>;
  /** In the order of their names; found by name, telephone number, e-mail address and card number as `domain/customer/search.ts` says. */
  searchCustomers(ask: {
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<CustomersFound>;
  /** Profiles that may be the contact's: with its e-mail address, or with a telephone number that ends alike. */
  customersLike(contact: Pick<OrderContact, "email" | "phone">): Promise<readonly Customer[]>;
  /** Newest first: tickets, and orders of these channels, of every one where none is named. */
  historyOf(ask: {
    readonly customer: CustomerId;
    readonly channels: readonly ChannelId[];
    readonly limit: number;
  }): Promise<readonly HistoryRef[]>;
  /** Whether one of these channels ever named the customer as whose an order is. A profile that was found by an address or a number is not named. */
  isNamedThrough(ask: {
    readonly customer: CustomerId;
    readonly channels: readonly ChannelId[];
  }): Promise<boolean>;
}
