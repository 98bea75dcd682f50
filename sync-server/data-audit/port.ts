import type { AuditCheckName } from "#domain/data-audit/checks.ts";
import type { AuditOwner } from "#domain/data-audit/owner.ts";
import type { BusinessDay, Instant, StoreId } from "#domain/ids.ts";

/** What a check counted in one store; `store` null: what is of no store. */
export interface StoreCount {
  readonly store: StoreId | null;
  readonly count: number;
  /** Tickets of the period, for what is compared per ticket; else zero. */
  readonly tickets: number;
}

/** What one check counted last on one day, over the stores that were asked for. */
export interface DayCount {
  readonly check: AuditCheckName;
  readonly day: BusinessDay;
  readonly at: Instant;
  readonly count: number;
  readonly tickets: number;
}

/** One thing that a check finds. */
export interface AuditRowRecord {
  readonly id: string;
  readonly store: StoreId | null;
  /** What people call it. */
  readonly label: string;
  readonly at: Instant | null;
  readonly product: string | null;
  readonly variant: string | null;
  readonly words: string;
  /** What there is to say of it: parameters of the words of its check. Amounts are in minor units. */
  readonly facts: Readonly<Record<string, string | number | null>>;
  /** Where it is so: stores' codes and names of channels; empty: no question of where. */
  readonly channels: readonly string[];
}

export interface AuditRowsAsk {
  readonly check: AuditCheckName;
  readonly at: Instant;
  /** Null: of all stores. */
  readonly stores: readonly StoreId[] | null;
  readonly channel: string | null;
  readonly offset: number;
  readonly limit: number;
}
export interface AuditRowsRead {
  readonly rows: readonly AuditRowRecord[];
  readonly total: number;
  /** How many there are in each channel, whichever was asked for; the most first, so many of them at most. */
  readonly channels: readonly { readonly channel: string; readonly count: number }[];
}

/** What is read beside the server's thread. Null: this server knows nothing of the kind. */
export interface DataAuditAsideReads {
  auditCounts(ask: { readonly check: AuditCheckName; readonly at: Instant }): readonly StoreCount[] | null;
  auditRows(ask: AuditRowsAsk): AuditRowsRead | null;
}

export interface OwnerRecord {
  readonly check: AuditCheckName;
  /** Null: of all stores. */
  readonly store: StoreId | null;
  readonly owner: AuditOwner;
}

export interface DataAuditReads {
  /** What was counted since a day, by check and from old to new; `stores` null: over all there are. */
  auditTrend(ask: {
    readonly stores: readonly StoreId[] | null;
    readonly since: BusinessDay;
  }): Promise<readonly DayCount[]>;
  /** What was counted last, store by store, the most first. */
  auditCountsByStore(ask: {
    readonly check: AuditCheckName;
    readonly stores: readonly StoreId[] | null;
    readonly limit: number;
  }): Promise<readonly StoreCount[]>;
  auditOwners(): Promise<readonly OwnerRecord[]>;
}

export interface DataAuditWrites {
  /** What a check counts on a day, in the place of what it counted before on the same day. */
  putAuditCounts(of: {
    readonly check: AuditCheckName;
    readonly day: BusinessDay;
    readonly at: Instant;
    readonly counts: readonly StoreCount[];
  }): Promise<void>;
  /** Forgets what was counted before a day. */
  purgeAuditCounts(before: BusinessDay): Promise<void>;
  /** Null: nobody. */
  putAuditOwner(of: Omit<OwnerRecord, "owner"> & { readonly owner: AuditOwner | null }): Promise<void>;
}
