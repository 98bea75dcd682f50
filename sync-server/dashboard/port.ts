import type { BusinessDay, ChannelId, Instant, StoreId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";

/** Sales are summed up by pieces of time of this length. */
export const SALES_SLOT_MS = 300_000;

export interface StoreSales {
  readonly store: StoreId;
  readonly currency: Currency;
  readonly tickets: number;
  readonly minor: number;
}

export interface ChannelSales {
  readonly channel: ChannelId;
  readonly currency: Currency;
  readonly orders: number;
  readonly minor: number;
}

/** How much of something each store has. */
export interface StoreCount {
  readonly store: StoreId;
  readonly count: number;
}

/** What of a store a glance needs. */
export interface StoreName {
  readonly store: StoreId;
  readonly code: string;
  readonly name: string;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly isClosed: boolean;
}

export interface DashboardReads {
  /** Every store, by its code. */
  storeNames(): Promise<readonly StoreName[]>;
  /** What tickets of a business day took in each store; `before`: only in slots that ended by then. What was paid in a web shop before is not in it. */
  salesByStore(ask: {
    readonly day: BusinessDay;
    readonly before: Instant | null;
  }): Promise<readonly StoreSales[]>;
  /** What was paid as orders were placed from one moment until before another, by channel. */
  ordersByChannel(ask: { readonly from: Instant; readonly until: Instant }): Promise<readonly ChannelSales[]>;
  /** Parts of orders that still have to be picked, by store. */
  ordersWaiting(): Promise<readonly StoreCount[]>;
  /** Parts of orders that wait for their customer or their carrier, by store. */
  ordersReady(): Promise<readonly StoreCount[]>;
  /** Open exceptions of each kind; `store` null: of those that concern none. */
  exceptionsOpen(): Promise<
    readonly { readonly kind: string; readonly store: StoreId | null; readonly count: number }[]
  >;
  /** Articles of which the books say that there are fewer than none, by store. */
  stockBelowZero(): Promise<readonly StoreCount[]>;
}
