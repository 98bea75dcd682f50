import type { StoreSettings } from "../store/store.ts";

/** Which profiles the tills of a store hold: all of the chain, those known in their region or in their own store, or none, so that each is looked up while there is a connection. */
export const CUSTOMER_SCOPES = ["all", "region", "own", "onDemand"] as const;
export type CustomerScope = (typeof CUSTOMER_SCOPES)[number];

/** What a store's tills hold of customers, and which region the store is in. */
export interface CustomerHolding {
  readonly scope: CustomerScope;
  /** As HQ calls it; null: none, and then a region is the store alone. */
  readonly region: string | null;
}

const EVERYBODY: CustomerHolding = { scope: "all", region: null };

export function customerHoldingOf({ customers }: Pick<StoreSettings, "customers">): CustomerHolding {
  return customers ?? EVERYBODY;
}

/** How long profiles are kept of which nothing was heard, and what becomes of them then. */
export interface CustomerRetention {
  /** Months without a purchase, an order or an edit; null: for as long as nobody asks otherwise. */
  readonly months: number | null;
  /** `propose`: HQ sees them and decides. `erase`: the server erases them by itself. */
  readonly act: "propose" | "erase";
}
