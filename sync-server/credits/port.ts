import type { CreditId, Instant } from "#domain/ids.ts";
import type { Account, LedgerEntry } from "#domain/value/ledger.ts";

/** What is kept of a credit beside its entries, to find it by. */
export interface CreditRecord {
  readonly id: CreditId;
  /** The last characters of its code. */
  readonly tail: string;
}

export interface CreditReads {
  /** What touched an account, in the order in which it happened. */
  ledgerEntries(account: Account): Promise<readonly LedgerEntry[]>;
  /** The newest first. Found by `id`, by the end of its code or by the number of a receipt; by nothing: all. */
  credits(ask: {
    readonly id: CreditId | null;
    readonly search: string;
    readonly limit: number;
  }): Promise<{ readonly credits: readonly CreditRecord[]; readonly total: number }>;
}

export interface CreditWrites {
  /** False when an entry of this id was booked before; then nothing is changed. */
  addLedgerEntry(entry: LedgerEntry, bookedAt: Instant): Promise<boolean>;
  /** Kept from the first time on. */
  addCredit(credit: CreditRecord): Promise<void>;
}
