import type { Fulfilment, Order } from "#domain/orders/order.ts";
import type { Connector, OrderNews } from "../port.ts";
import { OUR_FULFILMENT, type ShopFulfillment, type ShopOrder } from "./shop-order.ts";

/** A call that is missing. Made one after the other; each may lean on the one before having been made. */
export interface Call {
  readonly path: string;
  readonly body: unknown;
}

interface Pieces {
  readonly id: string;
  readonly quantity: number;
}

/** The first call that is missing for one of our fulfilments, so that the shop's is where ours is; null where it is already. */
export function nextCallFor(
  fulfilment: Fulfilment,
  {
    order,
    shop,
    location,
  }: { readonly order: Order; readonly shop: ShopOrder; readonly location: string | null },
): Call | null {
  const base = `/admin/orders/${encodeURIComponent(order.externalId)}/fulfillments`;
  const known = shop.fulfillments.find(
    ({ metadata, canceled_at }) => metadata?.[OUR_FULFILMENT] === fulfilment.id && !canceled_at,
  );
  switch (fulfilment.state) {
    case "ready":
      return known === undefined ? creation(fulfilment, { base, shop, location }) : null;
    case "shipped": {
      if (known === undefined) return creation(fulfilment, { base, shop, location });
      return known.shipped_at
        ? null
        : { path: `${base}/${known.id}/shipments`, body: shipmentOf(fulfilment, known) };
    }
    case "collected": {
      if (known === undefined) return creation(fulfilment, { base, shop, location });
      return known.delivered_at ? null : { path: `${base}/${known.id}/mark-as-delivered`, body: {} };
    }
    case "cancelled":
    case "declined":
    case "expired":
      return known === undefined || known.shipped_at || known.delivered_at
        ? null
        : { path: `${base}/${known.id}/cancel`, body: {} };
    case "allocated":
    case "accepted":
    case "picking":
    case "short":
      return null;
  }
}

/** What somebody fulfilled in the shop by hand is not fulfilled again; null where nothing is left. */
function creation(
  fulfilment: Fulfilment,
  {
    base,
    shop,
    location,
  }: { readonly base: string; readonly shop: ShopOrder; readonly location: string | null },
): Call | null {
  const items = fulfilment.lines.flatMap(({ line, quantity, missing }): Pieces[] => {
    const item = shop.items.find(({ id }) => id === line);
    const left = item === undefined ? 0 : item.quantity - item.detail.fulfilled_quantity;
    const pieces = Math.min(quantity - missing, left);
    return pieces > 0 ? [{ id: line, quantity: pieces }] : [];
  });
  if (items.length === 0) return null;
  const at = location === null ? {} : { location_id: location };
  return { path: base, body: { items, ...at, metadata: { [OUR_FULFILMENT]: fulfilment.id } } };
}

function shipmentOf({ parcels }: Fulfilment, { items }: ShopFulfillment): unknown {
  const labels = parcels
    .filter(({ tracking }) => tracking !== "")
    .map(({ tracking }) => ({ tracking_number: tracking, tracking_url: "", label_url: "" }));
  const pieces = (items ?? []).map(({ line_item_id, quantity }): Pieces => ({ id: line_item_id, quantity }));
  return { items: pieces, labels };
}

/** The shop's stock location that stands for a fulfilment's store; null where none does, and the shop takes its own choice. */
export function locationOf(
  { store }: Fulfilment,
  stores: OrderNews["stores"],
  { locations }: Connector,
): string | null {
  const code = stores.find((each) => each.store === store)?.code;
  const named = Object.entries(locations).find(([key, value]) => isStockLocation(key) && value === code);
  return named?.[0] ?? null;
}

/** Shipping options (`so_…`) stand for stores as well, and have no stock. */
export function isStockLocation(key: string): boolean {
  return key.startsWith("sloc_");
}
