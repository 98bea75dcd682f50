import type { Instant, StoreId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";

export interface StoreListRecord {
  readonly store: StoreId;
  readonly code: string;
  readonly name: string;
  readonly address: readonly string[];
  readonly timeZone: string;
  readonly currency: Currency;
  readonly tills: number;
  readonly hasHours: boolean;
  readonly closedAt: Instant | null;
}

export interface StoreListReads {
  storeList(ask: {
    /** Null: every store. */
    readonly stores: readonly StoreId[] | null;
    readonly search: string;
    /** Null: open and closed. */
    readonly isClosed: boolean | null;
    readonly sort: "code" | "name" | "tills";
    readonly descending: boolean;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly stores: readonly StoreListRecord[]; readonly total: number }>;
  /** Tills of a store that are not revoked. */
  tillCount(store: StoreId): Promise<number>;
  /** Whether a store has ever booked a ticket. */
  hasSold(store: StoreId): Promise<boolean>;
}
