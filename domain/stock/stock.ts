import type { FulfilmentId, LineId, StoreId, TicketId, VariantId } from "../ids.ts";

export type MovementReason =
  | { readonly kind: "sale"; readonly ticket: TicketId }
  /** One piece of an order left the store, over the counter or in a parcel; pieces of a line count from 1. */
  | {
      readonly kind: "order";
      readonly fulfilment: FulfilmentId;
      readonly line: LineId;
      readonly piece: number;
    }
  | { readonly kind: "initial" }
  | { readonly kind: "import" };

/** One change of one variant's stock in one store. Stock is a sum of these, never a number that is overwritten. */
export interface StockMovement {
  readonly store: StoreId;
  readonly variant: VariantId;
  /** Pieces; negative when goods leave. */
  readonly quantity: number;
  readonly reason: MovementReason;
}

/** Pieces of one variant in one store. `onHand` may be negative: an oversell is an exception, not a refusal. */
export interface StockLevel {
  readonly store: StoreId;
  readonly variant: VariantId;
  readonly onHand: number;
  /** Pieces of `onHand` that are promised to orders. Absent: none. */
  readonly reserved?: number;
}
