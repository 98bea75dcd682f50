import type { StoreAsk } from "#domain/access/roles.ts";
import type { BusinessDay, ChannelId, StoreId } from "#domain/ids.ts";
import type { MailReturn, MailReturnState } from "#domain/returns/mail-return.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import type { PurchaseRef } from "#domain/returns/purchase.ts";

export interface ReturnLogSearch {
  readonly kind: "till" | "mail" | null;
  readonly state: MailReturnState | null;
  /** That took the goods in. */
  readonly store: StoreAsk;
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

export interface MailReturnReads {
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
}

export interface MailReturnWrites {
  putRetailerReturnPolicy(policy: ReturnPolicy): Promise<void>;
  /** Null: the store has none of its own any more. */
  putOwnReturnPolicy(store: StoreId, policy: ReturnPolicy | null): Promise<void>;
  putMailReturn(mailReturn: MailReturn): Promise<void>;
}
