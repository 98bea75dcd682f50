import type { StoreSettings } from "../store/store.ts";
import { availableToPromise } from "./goods.ts";
import { doesOrders, safetyStockOf } from "./policy.ts";

/** What one store has of a variant. */
export interface Shelf {
  readonly store: Pick<StoreSettings, "orders" | "closedAt">;
  readonly onHand: number;
  readonly reserved: number;
}

/** Pieces of a variant that a chain can promise online: those of all stores that send parcels, and of all where it can be collected. */
export interface Promised {
  readonly shipping: number;
  readonly collecting: number;
}

/** Each store's pieces count by themselves: what one owes is not taken from another. */
export function promisedTogether(shelves: readonly Shelf[]): Promised {
  const of = (kind: "pickup" | "ship") =>
    shelves
      .filter(({ store }) => doesOrders(store, kind))
      .reduce((sum, { store, onHand, reserved }) => {
        const safetyStock = safetyStockOf(store);
        return sum + availableToPromise({ onHand, reserved, safetyStock });
      }, 0);
  return { shipping: of("ship"), collecting: of("pickup") };
}
