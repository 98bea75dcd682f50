import type { BusinessDay, DeliveryId, Instant, StoreId, VariantId } from "#domain/ids.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import type { DatedDeliveryAct, Delivery, DeliveryKind } from "#domain/stock/delivery.ts";
import type { DeliveryFilter } from "#protocol/hq/deliveries.ts";

/** Pieces of one variant that are on their way to one store. */
export interface Coming {
  readonly variant: VariantId;
  /** Expected of suppliers, or asked of other stores that have not sent them yet. */
  readonly incoming: number;
  /** Left another store and are not here yet. */
  readonly inTransit: number;
}

/** Pieces of a store's stock that an order waits for. */
export interface ReservedFor {
  readonly store: StoreId;
  readonly variant: VariantId;
  readonly pieces: number;
  readonly order: StoreOrder["order"];
  readonly fulfilment: StoreOrder["id"];
  /** As people know the order. */
  readonly number: string;
  readonly channel: string;
  readonly state: string;
  readonly placedAt: Instant;
}

export interface DeliveryReads {
  goodsDelivery(id: DeliveryId): Promise<Delivery | null>;
  /** The one that a supplier, or nobody (''), names so: two suppliers may use the same number. */
  goodsDeliveryReferenced(named: {
    readonly reference: string;
    readonly supplier: string;
  }): Promise<Delivery | null>;
  /**
   * The newest first. `stores`: those to or from one of them; null: all. `late`: not over, and expected before that day. `search` finds reference, supplier and articles.
   */
  goodsDeliveries(ask: {
    readonly stores: readonly StoreId[] | null;
    readonly filter: DeliveryFilter;
    readonly kind: DeliveryKind | null;
    readonly today: BusinessDay;
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly deliveries: readonly Delivery[]; readonly total: number }>;
  /** All that was ever done to a delivery, whether or not it is known. */
  goodsDeliveryActs(of: DeliveryId): Promise<readonly DatedDeliveryAct[]>;
  /** Deliveries that were over before then and that tills still hold. */
  goodsDeliveriesToForget(ask: {
    readonly closedBefore: Instant;
    readonly limit: number;
  }): Promise<readonly Delivery[]>;
  /** How many HQ has opened, with those that were deleted since. */
  hqDeliveries(): Promise<number>;
  /** What is on its way to a store, of the variants that are asked for; those of which nothing comes are left out. */
  incomingOf(ask: {
    readonly store: StoreId;
    readonly variants: readonly VariantId[];
  }): Promise<ReadonlyMap<VariantId, Coming>>;
  /** What orders wait for, by when they were placed. `stores` null: all. */
  reservedFor(ask: {
    readonly stores: readonly StoreId[] | null;
    readonly variant: VariantId | null;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly reserved: readonly ReservedFor[]; readonly total: number }>;
}

export interface DeliveryWrites {
  putGoodsDelivery(of: Delivery): Promise<void>;
  /** It is as if nobody had asked for it, but that it still counts among those that HQ has opened. */
  removeGoodsDelivery(of: DeliveryId, at: Instant): Promise<void>;
  /** Notes an act; false when it was noted before. */
  noteGoodsDeliveryAct(of: DeliveryId, act: DatedDeliveryAct): Promise<boolean>;
  /** Tills hold it no longer. */
  noteGoodsDeliveryForgotten(of: DeliveryId): Promise<void>;
}
