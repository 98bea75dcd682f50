import type {
  AdjustmentId,
  CountId,
  DeliveryId,
  EntryId,
  FulfilmentId,
  LineId,
  NoticeId,
  StoreId,
  TicketId,
  VariantId,
} from "../ids.ts";
import type { AdjustedBy } from "./adjusting.ts";

export type MovementReason =
  | { readonly kind: "sale"; readonly ticket: TicketId }
  /** Goods came back and are on sale again: `act` is the ticket that says so, or the return by mail. */
  | { readonly kind: "return"; readonly act: string }
  /** One piece of an order left the store, over the counter or in a parcel; pieces of a line count from 1. */
  | {
      readonly kind: "order";
      readonly fulfilment: FulfilmentId;
      readonly line: LineId;
      readonly piece: number;
    }
  /** People counted the shelf; `count`: as HQ had planned, and booked at HQ by whom it names. */
  | {
      readonly kind: "counted";
      readonly entry: EntryId;
      readonly count?: CountId;
      readonly booked?: string;
    }
  /** Pieces are there or gone for another reason that people gave. */
  | {
      readonly kind: "adjusted";
      readonly act: AdjustmentId;
      readonly why: string;
      readonly note: string;
      readonly by: AdjustedBy;
    }
  /** What a movement's cause did, which came to light after a count had found the shelf so, is taken back. */
  | { readonly kind: "alreadyCounted"; readonly count: EntryId; readonly cause: string }
  /** Goods left for another store; `act` names the act that says so. */
  | { readonly kind: "transferOut"; readonly delivery: DeliveryId; readonly act: string }
  /** Goods of a delivery arrived, damaged ones included. */
  | { readonly kind: "received"; readonly delivery: DeliveryId; readonly act: string }
  /** What arrived damaged goes on no shelf. */
  | { readonly kind: "writtenOff"; readonly delivery: DeliveryId; readonly act: string }
  | { readonly kind: "initial" }
  /** `takenBack`: what an import had brought or taken was undone. */
  | { readonly kind: "import"; readonly takenBack?: true };

/** One change of one variant's stock in one store. Stock is a sum of these, never a number that is overwritten. */
export interface StockMovement {
  readonly store: StoreId;
  readonly variant: VariantId;
  /** Pieces; negative when goods leave. */
  readonly quantity: number;
  readonly reason: MovementReason;
}

/** More pieces of one variant than any shelf holds: a slip of the finger. */
export const MAX_COUNTED = 100_000;

/** What a colleague counted on the shelf, because the store was asked to. */
export interface StockCount {
  /** The notice that asked for it. */
  readonly task: NoticeId;
  readonly variant: VariantId;
  /** Pieces that are there, 0 to `MAX_COUNTED`. */
  readonly counted: number;
}

/** Pieces of one variant in one store. `onHand` may be negative: an oversell is an exception, not a refusal. */
export interface StockLevel {
  readonly store: StoreId;
  readonly variant: VariantId;
  readonly onHand: number;
  /** Pieces of `onHand` that are promised to orders. Absent: none. */
  readonly reserved?: number;
}
