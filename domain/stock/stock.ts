import type { StoreId, TicketId, VariantId } from "../ids.ts";

export type MovementReason =
  | { readonly kind: "sale"; readonly ticket: TicketId }
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
}
