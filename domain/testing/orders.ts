import { idOf, instant } from "../ids.ts";
import type { ActContext } from "../orders/act.ts";
import type { Need } from "../orders/allocate.ts";
import type { Order, OrderLine, StoreOrder } from "../orders/order.ts";
import { placeOrder, type WantedOrder } from "../orders/place.ts";
import { newFulfilment, storeOrderOf, withFulfilment } from "../orders/routing.ts";
import { EUR, eur } from "./shop.ts";

export const BERLIN = idOf<"Store">("store-berlin");
export const HAMBURG = idOf<"Store">("store-hamburg");
export const DESK = idOf<"Device">("till-desk");
export const OTHER_TILL = idOf<"Device">("till-other");
export const NOON = instant(1_800_000_000_000);
export const HOUR_MS = 3_600_000;

export const AT_DESK: ActContext = {
  at: NOON,
  by: { kind: "staff", staff: idOf<"Staff">("mira"), device: DESK },
  keepReadyMs: 7 * 24 * HOUR_MS,
};

/** An order line in few words; its ids are made of its name. */
export function orderLine({
  name,
  quantity = 1,
  price = 1_000,
  total = price * quantity,
}: {
  readonly name: string;
  readonly quantity?: number;
  readonly price?: number;
  readonly total?: number;
}): OrderLine {
  return {
    id: idOf<"Line">(`line-${name}`),
    variant: idOf<"Variant">(`variant-${name}`),
    sku: idOf<"Sku">(name.toUpperCase()),
    name,
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    quantity,
    unitPrice: eur(price),
    total: eur(total),
  };
}

export function wantedOrder(change: Partial<WantedOrder> = {}): WantedOrder {
  const lines = change.lines ?? [orderLine({ name: "lamp" })];
  const total = eur(lines.reduce((sum, line) => sum + line.total.minor, 0));
  return {
    channel: idOf<"Channel">("web"),
    externalId: "1001",
    number: "WEB-1001",
    currency: EUR,
    contact: { customer: null, name: "Ada Brandt", email: "ada@example.org", phone: "+49 30 1234" },
    lines,
    shipping: eur(0),
    paid: total,
    total,
    payment: "paid",
    delivery: { kind: "pickup", store: BERLIN },
    maySplit: false,
    note: "",
    placedBy: null,
    ...change,
  };
}

/** An order with one fulfilment of all of it in Berlin, as it is just after routing. */
export function routedOrder(change: Partial<WantedOrder> = {}): Order {
  const placed = placeOrder({ wanted: wantedOrder(change), id: idOf<"Order">("order-1"), at: NOON });
  if (!placed.ok) throw new Error(placed.reason);
  const { order } = placed.value;
  const needs = order.lines.flatMap(({ id, variant, quantity }): Need[] =>
    variant === null ? [] : [{ line: id, variant, quantity }],
  );
  const fulfilment = newFulfilment({
    id: idOf<"Fulfilment">("fulfilment-1"),
    order,
    store: BERLIN,
    needs,
    pickup: { salt: "salt-of-8-chars", hash: "0".repeat(64) },
    at: NOON,
    promisedAt: instant(NOON + 2 * HOUR_MS),
  });
  return withFulfilment(order, fulfilment);
}

export function asStoreOrder(order: Order, change: Partial<StoreOrder> = {}): StoreOrder {
  const fulfilment = order.fulfilments.at(-1);
  if (fulfilment === undefined) throw new Error("the order has no fulfilment");
  return { ...storeOrderOf({ order, fulfilment, lease: null }), ...change };
}
