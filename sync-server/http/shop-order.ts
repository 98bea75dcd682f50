import { type ChannelId, idOf } from "#domain/ids.ts";
import { MAX_ID_CHARS } from "#protocol/scalars.ts";
import type { ShopOrder } from "#protocol/shop/order.ts";
import { shopOrderOf } from "../events/shop-order.ts";
import type { OrderName } from "../orders/order-desk.ts";
import type { Storage } from "../storage/port.ts";

/** Which orders an address may mean: `channel:externalId`, where both may have colons in them, or our id, which has none. */
export function orderNamesOf(text: string): readonly OrderName[] {
  const colons = [...text.matchAll(/:/g)].map(({ index }) => index);
  if (colons.length === 0) return [{ id: idOf<"Order">(text) }];
  const ends = colons.filter((colon) => colon <= MAX_ID_CHARS);
  return ends.map((colon) => ({ channel: text.slice(0, colon), externalId: text.slice(colon + 1) }));
}

/** The same with the stores' names as they are now. */
export async function toldToShop(
  storage: Storage,
  told: Omit<Parameters<typeof shopOrderOf>[0], "stores">,
): Promise<ShopOrder> {
  return shopOrderOf({ ...told, stores: await storage.read((tx) => tx.stores()) });
}

/** The web shop as whoever did something to its order. */
export function shopActor(channel: string): { readonly kind: "shop"; readonly channel: ChannelId } {
  return { kind: "shop", channel: idOf<"Channel">(channel) };
}
