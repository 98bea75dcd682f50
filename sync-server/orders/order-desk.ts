import type { DeviceId, FulfilmentId, OrderId, Sku, StoreId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { EditRefusal, HqEdit, RefundRefusal } from "#domain/orders/hq-edit.ts";
import type { Actor, Order } from "#domain/orders/order.ts";
import type { PlacingRefusal } from "#domain/orders/place.ts";
import type { ShopEdit } from "#domain/orders/shop-edit.ts";
import type { Result } from "#domain/result.ts";
import type { AvailabilityAnswer, ShopOrderRequest } from "#protocol/shop/order.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import type { OrderRefund } from "./hq-acts.ts";
import type { ShopSnapshot } from "./shop-snapshot.ts";

/** An order as it was placed, or found again under the shop's id. */
export interface Placed {
  readonly order: Order;
  /** Only when it was placed by this very call: nobody can ask for it again. */
  readonly pickupCode: string | null;
  readonly isNew: boolean;
  /** What could not be settled at once, in words for the shop. */
  readonly remarks: readonly string[];
}

/** Which order is meant: by our id, or by the shop's own. */
export type OrderName = { readonly id: OrderId } | { readonly channel: string; readonly externalId: string };

/** Why a shop's word of an order cannot be taken in. */
export type SnapshotRefusal = PlacingRefusal | "noSuchStore" | "noPickupThere";

/** Everything the server does with orders. Each act is one transaction with the feed rows, reservations, exceptions and events it brings about. */
export interface OrderDesk {
  /** Idempotent by channel and the shop's id: asking again, whatever it says then, answers the order as it is. */
  place(request: ShopOrderRequest): Promise<Result<Placed, SnapshotRefusal>>;
  find(name: OrderName): Promise<Order | null>;
  /** Cancels what was not handed over yet. */
  cancel(act: {
    readonly name: OrderName;
    readonly reason: string;
    readonly by: Actor;
  }): Promise<Result<Order, "noSuchOrder" | "nothingToCancel">>;
  /**
   * Takes in, within the given transaction, an order as its shop has it: places it where it is not known yet, else changes it to that. One that was cancelled
   * before it was known cannot be placed any more: null.
   */
  takeSnapshot(
    publication: Publication,
    snapshot: ShopSnapshot,
  ): Promise<Result<Order | null, SnapshotRefusal>>;
  /** Does to an order, within the given transaction, what its shop says without telling of it whole. */
  editForShop(
    publication: Publication,
    act: { readonly order: Order; readonly edit: ShopEdit },
  ): Promise<Result<Order, SnapshotRefusal>>;
  /** Changes an order as HQ wants it; nothing of an edit that does not fit is done. */
  edit(act: {
    readonly order: OrderId;
    readonly edit: HqEdit;
    readonly by: Actor;
  }): Promise<Result<Order, EditRefusal | "noSuchOrder">>;
  /** Gives money back of an order besides goods: its shop is told to. */
  refund(
    act: OrderRefund & { readonly order: OrderId; readonly by: Actor },
  ): Promise<Result<Order, RefundRefusal | "noSuchOrder">>;
  /** Takes one fulfilment (null: whatever has no store) to another store; `store` null lets the routing choose. */
  reroute(act: {
    readonly order: OrderId;
    readonly fulfilment: FulfilmentId | null;
    readonly store: StoreId | null;
    readonly reason: string;
    readonly by: Actor;
  }): Promise<Result<Order, "noSuchOrder" | "noSuchFulfilment" | "notNow" | "noStoreHasIt">>;
  /** Books what a till's entry says of orders, within the transaction that takes the entry in. An entry counts once by its id. */
  book(publication: Publication, device: DeviceRecord, entry: JournalEntry): Promise<void>;
  /** What time brings about: late, reminders, expiry, orders that no store accepts, silent stores. Safe to call at any time, any number of times. */
  tick(): Promise<void>;
  availability(ask: {
    readonly skus: readonly Sku[];
    readonly store: StoreId | null;
  }): Promise<AvailabilityAnswer>;
  /** The exclusive right to hand a fulfilment out moves from its holder to a till that waits for it, or is given up; the replica says so. */
  leaseChanged(publication: Publication, fulfilment: FulfilmentId): Promise<void>;
  /** A revoked till holds nothing any more. */
  dropLeasesOf(publication: Publication, device: DeviceId): Promise<void>;
}
