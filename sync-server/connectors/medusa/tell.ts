import type { Order } from "#domain/orders/order.ts";
import { statusOf } from "#domain/orders/routing.ts";
import type { Connector, OrderNews, Told } from "../port.ts";
import { returnsElsewhere } from "../return-words.ts";
import { type AdminApi, unexpected } from "./admin-api.ts";
import { type Call, locationOf, nextCallFor } from "./fulfil.ts";
import { nextCapture, nextRefund } from "./refund.ts";
import { OUR_RETURNS, type ShopOrder, shopOrder } from "./shop-order.ts";

/** Calls that one order's news may take: more would be a shop that forgets what it is told. */
const MAX_CALLS = 60;

/**
 * Brings the shop's order to where ours is, one missing call at a time, each found by comparing with what the shop has then: whatever was told before, by us or
 * by hand, is not told again.
 */
export async function tellOrder(
  api: AdminApi,
  { order, stores }: OrderNews,
  connector: Connector,
): Promise<Told> {
  let before = "";
  for (let calls = 0; calls < MAX_CALLS; calls += 1) {
    const shop = await shopOrder(api, order.externalId);
    if (!shop.ok) return shop.reason;
    const call =
      nextCall(order, shop.value, (fulfilment) => locationOf(fulfilment, stores, connector)) ??
      noteOf({ order, stores }, shop.value);
    if (call === null) return { kind: "told" };
    // A call that shows no effect is not made again: it might be a refund.
    if (before === JSON.stringify(call)) break;
    before = JSON.stringify(call);
    const done = await api("POST", call.path, call.body);
    if (!done.ok) return done.reason;
  }
  return unexpected("order");
}

function nextCall(
  order: Order,
  shop: ShopOrder,
  locationFor: (fulfilment: Order["fulfilments"][number]) => string | null,
): Call | null {
  if (shop.status === "canceled") return nextRefund(order, shop);
  for (const fulfilment of order.fulfilments) {
    const call = nextCallFor(fulfilment, { order, shop, location: locationFor(fulfilment) });
    if (call !== null) return call;
  }
  // Cancelling gives back what was captured; a refund before it would be another one.
  if (order.cancelledAt !== null && statusOf(order) === "cancelled")
    return { path: `/admin/orders/${encodeURIComponent(order.externalId)}/cancel`, body: {} };
  return nextCapture(order, shop) ?? nextRefund(order, shop);
}

/** The call that says what came back and was given back elsewhere; what others keep in the order's metadata stays. */
function noteOf(news: Pick<OrderNews, "order" | "stores">, { metadata }: ShopOrder): Call | null {
  const words = returnsElsewhere(news).map((each) => each.words);
  const text = words.join("\n");
  if (words.length === 0 || metadata?.[OUR_RETURNS] === text) return null;
  return {
    path: `/admin/orders/${encodeURIComponent(news.order.externalId)}`,
    body: { metadata: { ...metadata, [OUR_RETURNS]: text } },
  };
}
