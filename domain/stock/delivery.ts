import type { BusinessDay, DeliveryId, DeviceId, Instant, Sku, StaffId, StoreId, VariantId } from "../ids.ts";
import type { DeliveryState } from "./delivery-state.ts";

/** Articles that one delivery may hold. */
export const MAX_DELIVERY_LINES = 500;
/** More pieces of one article than any lorry holds: a slip of the finger. */
export const MAX_DELIVERY_PIECES = 100_000;
/** Acts after which a till and HQ add nothing more to a delivery. */
export const MAX_ACTS_PER_DELIVERY = 500;
export const MAX_REASON_CHARS = 500;
/** So long tills keep a delivery that is over, milliseconds. */
export const KEEP_DELIVERY_MS = 14 * 24 * 3_600_000;

export const DELIVERY_KINDS = ["supplier", "transfer"] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** What an article is called, so that a delivery can be read where the catalogue does not know it. */
export interface DeliveryArticle {
  readonly variant: VariantId;
  readonly sku: Sku;
  readonly name: string;
}

/** An article that was asked for. */
export interface OrderedLine extends DeliveryArticle {
  /** Pieces, 1 to `MAX_DELIVERY_PIECES`. */
  readonly ordered: number;
}

export interface SentLine extends DeliveryArticle {
  readonly pieces: number;
}

/** What of an article arrived: good pieces go on the shelf, damaged ones do not. */
export interface ReceivedLine extends DeliveryArticle {
  readonly good: number;
  readonly damaged: number;
}

/** A delivery as it was asked for; it changes only before goods move (`delivery-edit.ts`). */
export interface DeliveryOpening {
  readonly id: DeliveryId;
  /** As people and papers name it: a supplier's delivery note, or a number of ours. */
  readonly reference: string;
  readonly kind: DeliveryKind;
  /** Who sends it: a supplier's name, or empty. */
  readonly supplier: string;
  /** The store that sends it; null where a supplier does. */
  readonly from: StoreId | null;
  readonly to: StoreId;
  /** What the stores are called, for tills that know only their own; empty where there is none. */
  readonly fromName: string;
  readonly toName: string;
  /** When it should be there; null: nobody said. */
  readonly expectedOn: BusinessDay | null;
  /** Whoever receives it is not told how many there should be, so that they count. */
  readonly blind: boolean;
  readonly lines: readonly OrderedLine[];
  readonly note: string;
}

/** The stores that a delivery is about: the one that waits for it first. */
export function deliveryStores({ from, to }: Pick<DeliveryOpening, "from" | "to">): readonly StoreId[] {
  return from === null || from === to ? [to] : [to, from];
}

export type DeliveryActor =
  | { readonly kind: "staff"; readonly staff: StaffId | null; readonly device: DeviceId }
  | { readonly kind: "hq"; readonly who: string };

export type DeliveryAct =
  /** HQ lets the stores know of it. */
  | { readonly kind: "confirmed" }
  | { readonly kind: "sent"; readonly store: StoreId; readonly lines: readonly SentLine[] }
  | {
      readonly kind: "received";
      readonly store: StoreId;
      readonly lines: readonly ReceivedLine[];
      /** Whoever received it says that no more came. */
      readonly isAll: boolean;
      readonly note: string;
    }
  /** What is still under way will not come; it is written off. */
  | { readonly kind: "closedShort"; readonly reason: string }
  | { readonly kind: "cancelled"; readonly reason: string };

/** An act with its name, by which it counts once, and its moment by the server's clock. */
export interface DatedDeliveryAct {
  readonly id: string;
  readonly at: Instant;
  readonly by: DeliveryActor;
  readonly act: DeliveryAct;
}

/** An act in the history: whether it fitted when it happened, and the state that it led to. */
export interface DeliveryTrace extends DatedDeliveryAct {
  readonly fits: boolean;
  readonly state: DeliveryState;
}

/** One article of a delivery, summed over all that happened. All are pieces. */
export interface DeliveryLine extends OrderedLine {
  readonly sent: number;
  readonly good: number;
  readonly damaged: number;
  /** Under way when it was closed short, and given up. */
  readonly writtenOff: number;
}

export interface Delivery extends Omit<DeliveryOpening, "lines"> {
  readonly openedAt: Instant;
  readonly openedBy: DeliveryActor;
  readonly state: DeliveryState;
  /** When it was over; null while it is not. */
  readonly closedAt: Instant | null;
  /** The store says that all that came is received, though more is under way. */
  readonly isSaidAll: boolean;
  readonly opened: readonly OrderedLine[];
  readonly lines: readonly DeliveryLine[];
  readonly history: readonly DeliveryTrace[];
}
