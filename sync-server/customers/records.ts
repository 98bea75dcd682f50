import type { ProfileChanges } from "#domain/customer/changes.ts";
import type { Customer } from "#domain/customer/customer.ts";
import type { DuplicateReason } from "#domain/customer/duplicates.ts";
import type { MergedPair } from "#domain/customer/merge.ts";
import type { CustomerRetention, CustomerScope } from "#domain/customer/scope.ts";
import type { ChannelId, CreditId, CustomerId, EntryId, Instant, StoreId } from "#domain/ids.ts";
import type { ValueKind } from "#domain/value/credit-code.ts";

/** One thing that was said of a profile, and what stood there before. */
export interface CustomerEdit {
  /** The entry's, where a till said it: it counts once by it. */
  readonly id: string;
  /** As whoever said it named them: the id of a profile that was merged since, or before. */
  readonly customer: CustomerId;
  readonly kind: "registered" | "edited";
  /** When it was said, by the clock of whoever said it. */
  readonly at: Instant;
  /** `till BER1-01`, `hq Ada`, `shop web`. */
  readonly source: string;
  /** The colleague at the till; empty where nobody is named. */
  readonly by: string;
  readonly changes: ProfileChanges;
  readonly before: ProfileChanges;
}

/** Two profiles that became one. */
export interface CustomerMerge {
  readonly id: string;
  readonly at: Instant;
  /** Empty where the server did it by itself. */
  readonly by: string;
  readonly pair: MergedPair;
  readonly undone: { readonly at: Instant; readonly by: string } | null;
}

/** Two profiles that may be one person. */
export interface DuplicateRecord {
  readonly one: CustomerId;
  readonly other: CustomerId;
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
  readonly isDismissed: boolean;
}

/** The retailer's rules for what is kept of customers where. */
export interface CustomerRules {
  readonly scope: CustomerScope;
  /** What is otherwise at a store; null takes the retailer's. */
  readonly stores: readonly {
    readonly store: StoreId;
    readonly scope: CustomerScope | null;
    readonly region: string | null;
  }[];
  readonly retention: CustomerRetention;
}

export interface ProfileReads {
  /** All ids of the person: that of the profile as it is now, then its former ones. Of nobody known: the id itself. */
  customerIds(id: CustomerId): Promise<readonly CustomerId[]>;
  isErased(id: CustomerId): Promise<boolean>;
  /** Those of these who were erased. */
  erasedOf(ids: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>>;
  /** Profiles that share something by which duplicates are looked for, itself not among them. */
  customersAlike(customer: Customer, limit: number): Promise<readonly Customer[]>;
  /**
   * Pairs that share such a thing, of the next `limit` profiles with those behind them, by their ids; what very many share tells nobody apart and is left out.
   * `next` is where to go on; null at the end.
   */
  pairsAlike(ask: { readonly after: string; readonly limit: number }): Promise<{
    readonly pairs: readonly { readonly one: Customer; readonly other: Customer }[];
    readonly next: string | null;
  }>;
  /** What was said of any of these, the newest first. */
  customerEdits(of: readonly CustomerId[], limit: number): Promise<readonly CustomerEdit[]>;
  customerMerge(id: string): Promise<CustomerMerge | null>;
  /** Of any of these, undone ones too, the newest first. */
  customerMerges(of: readonly CustomerId[]): Promise<readonly CustomerMerge[]>;
  /** The surest first; dismissed ones are not among them. */
  duplicates(limit: number): Promise<readonly DuplicateRecord[]>;
  duplicate(pair: { readonly one: CustomerId; readonly other: CustomerId }): Promise<DuplicateRecord | null>;
  /** Where people are known, each by all ids that they have or had; in the order of the people. */
  storesOfCustomers(people: readonly (readonly CustomerId[])[]): Promise<readonly (readonly StoreId[])[]>;
  customersOfStore(store: StoreId): Promise<readonly CustomerId[]>;
  /** Whom a shop registered under an id of its own. */
  shopCustomer(of: { readonly channel: ChannelId; readonly externalId: string }): Promise<CustomerId | null>;
  /** Whether a shop registered any of these without knowing that the e-mail address is theirs. */
  hasUnprovenAccount(of: readonly CustomerId[]): Promise<boolean>;
  isRegisteredThrough(ask: {
    readonly customer: CustomerId;
    readonly channels: readonly ChannelId[];
  }): Promise<boolean>;
  /** Profiles of which nothing was heard since then: no edit, no purchase, no order. */
  customersSilentSince(ask: {
    readonly since: Instant;
    readonly limit: number;
  }): Promise<readonly Customer[]>;
  customerRules(): Promise<CustomerRules | null>;
  customerKey(entry: EntryId): Promise<string | null>;
  /** Addresses that receipts of any of these were mailed to. */
  mailsToCustomer(
    of: readonly CustomerId[],
  ): Promise<
    readonly { readonly email: string; readonly askedAt: Instant; readonly sentAt: Instant | null }[]
  >;
  /** Store credits that tickets of any of these gave out, and gift cards that they sold or loaded. */
  valueOfCustomer(
    of: readonly CustomerId[],
  ): Promise<readonly { readonly id: CreditId; readonly kind: ValueKind }[]>;
}

export interface ProfileWrites {
  /** Takes the profile away and nothing else of it. */
  removeCustomer(id: CustomerId): Promise<void>;
  /** These ids mean that profile from now on. */
  putFormerIds(customer: CustomerId, former: readonly CustomerId[]): Promise<void>;
  /** False when it was kept before. */
  addCustomerEdit(edit: CustomerEdit): Promise<boolean>;
  putCustomerKey(of: {
    readonly entry: EntryId;
    readonly customer: CustomerId;
    readonly key: string;
  }): Promise<void>;
  putCustomerMerge(merge: CustomerMerge): Promise<void>;
  /** Kept as it is where it was dismissed. */
  putDuplicate(duplicate: Omit<DuplicateRecord, "isDismissed">): Promise<void>;
  dismissDuplicate(pair: { readonly one: CustomerId; readonly other: CustomerId }): Promise<boolean>;
  /** What is listed of a profile's duplicates and was not dismissed. */
  dropDuplicatesOf(customer: CustomerId): Promise<void>;
  /** Answers those who were not known in one of these stores. */
  noteCustomerStores(
    known: readonly { readonly customer: CustomerId; readonly store: StoreId }[],
  ): Promise<ReadonlySet<CustomerId>>;
  /** From the first time on that each of them is known. */
  noteCustomersKnown(customers: readonly CustomerId[], at: Instant): Promise<void>;
  noteCustomerHeard(customer: CustomerId, at: Instant): Promise<void>;
  putShopCustomer(of: {
    readonly channel: ChannelId;
    readonly externalId: string;
    readonly customer: CustomerId;
    /** Whether the e-mail address was shown to be theirs. */
    readonly isProven: boolean;
  }): Promise<void>;
  /** From now on it is not known any more whether the e-mail address in these accounts is theirs. */
  doubtAccounts(of: readonly CustomerId[]): Promise<void>;
  putCustomerRules(rules: CustomerRules): Promise<void>;
  /** Destroys the keys, profiles, edits, merges and whatever else names any of these, and remembers that they were erased. Orders, cases and receipts stay. */
  eraseCustomers(ids: readonly CustomerId[], at: Instant): Promise<void>;
}
