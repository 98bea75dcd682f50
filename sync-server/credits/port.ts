import type { ChannelId, CreditId, Instant } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { ValueKind } from "#domain/value/credit-code.ts";
import type { Hold } from "#domain/value/hold.ts";
import type { Account, LedgerEntry } from "#domain/value/ledger.ts";

/** What is kept of a credit beside its entries, to find it by. */
export interface CreditRecord {
  readonly id: CreditId;
  readonly kind: ValueKind;
  /** The last characters of its code. */
  readonly tail: string;
}

/** A hold of a web shop, and what it is of. */
export interface HoldRecord extends Hold {
  readonly credit: CreditRecord;
}

/** A gift card that a web shop sold. */
export interface OnlineSale {
  readonly channel: ChannelId;
  readonly key: string;
  readonly code: string;
  readonly amount: Money;
  readonly order: string;
}

export interface CreditReads {
  hold(id: string): Promise<HoldRecord | null>;
  holdByKey(ask: { readonly channel: ChannelId; readonly key: string }): Promise<HoldRecord | null>;
  /** Those of a credit that are `held`, also where their time is over. */
  holdsOf(credit: CreditId): Promise<readonly HoldRecord[]>;
  onlineSale(ask: { readonly channel: ChannelId; readonly key: string }): Promise<OnlineSale | null>;
  credit(id: CreditId): Promise<CreditRecord | null>;
  /** Gift cards with something on them that nothing was put on since, by id, those after `after`. */
  dormantGiftCards(ask: {
    readonly before: Instant;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly CreditRecord[]>;
  /** What touched an account, in the order in which it happened. */
  ledgerEntries(account: Account): Promise<readonly LedgerEntry[]>;
  /** The newest first. Found by `id`, by the end of its code or by the number of a receipt; by nothing: all. */
  credits(ask: {
    readonly id: CreditId | null;
    /** Null: both. */
    readonly kind: ValueKind | null;
    readonly search: string;
    readonly limit: number;
  }): Promise<{ readonly credits: readonly CreditRecord[]; readonly total: number }>;
}

export interface CreditWrites {
  putHold(hold: HoldRecord): Promise<void>;
  addOnlineSale(sale: OnlineSale): Promise<void>;
  /** False when an entry of this id was booked before; then nothing is changed. */
  addLedgerEntry(entry: LedgerEntry, bookedAt: Instant): Promise<boolean>;
  /** Kept from the first time on. */
  addCredit(credit: CreditRecord): Promise<void>;
}
