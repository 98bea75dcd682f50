import type { Instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { OutgoingEvent } from "./port.ts";
import { shopOrderOf } from "./shop-order.ts";

/** What other programs can be told of an order, and when. */
export const ORDER_EVENTS = {
  "order.placed": "The order was placed.",
  "order.accepted": "A store took it on.",
  "order.ready": "It lies ready to be collected, or to be sent.",
  "order.collected": "The customer has it, all of it or a part; `handed` says how many pieces.",
  "order.shipped": "It was sent; `parcels` has the tracking numbers.",
  "order.rerouted": "Another store does it, or a part of it.",
  "order.short":
    "Fewer pieces come: some are missing, or not wanted any more. What was paid for them counts as refunded.",
  "order.reminder": "It was not collected yet and will not be kept much longer.",
  "order.expired": "It was not collected in time and goes back on sale.",
  "order.cancelled": "What was not handed over yet is cancelled.",
  "order.returned":
    "Goods came back to a store: `returns` says which, and what was given back for them there or is left to the shop.",
  "order.refunded": "Money is to be given back: `refundedByShop` says how much in all.",
} as const;
export type OrderEventType = keyof typeof ORDER_EVENTS;

/** An event of an order, to be added in the transaction that brings it about. It carries the order as it is then, in the shape in which shops know it. */
export function orderEvent({
  id,
  type,
  order,
  stores,
  at,
}: {
  readonly id: string;
  readonly type: OrderEventType;
  readonly order: Order;
  readonly stores: readonly StoreSettings[];
  readonly at: Instant;
}): OutgoingEvent {
  return { id, type, order: order.id, at, data: JSON.stringify(shopOrderOf({ order, stores })) };
}
