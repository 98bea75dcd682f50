import { ok, type Result, refused } from "#domain/result.ts";
import { placeSchema } from "#protocol/scalars.ts";
import type { Connector, SeenOrder, Unreadable } from "../port.ts";
import { firstName, postalAddress, storeOf } from "../seen-order.ts";
import type { ShopifyOrder } from "./payload.ts";

type Delivery = SeenOrder["request"]["delivery"];

/**
 * Where an order goes. It is collected where its shipping line's code or title (local pickup writes the location's name there) is one that the
 * connector knows; a pickup at a place it does not know is a problem, never a parcel. `location_id` is where it was sold (a till of Shopify's own),
 * and also where it is collected only if nothing of it is sent.
 */
export function deliveryOf(
  order: Pick<ShopifyOrder, "shipping_lines" | "location_id" | "shipping_address">,
  { locations }: Pick<Connector, "locations">,
): Result<Delivery, Unreadable> {
  const lines = order.shipping_lines.filter((line) => line.is_removed !== true);
  const isSent = lines.length > 0 || (order.shipping_address ?? null) !== null;
  const ofLines = lines.flatMap(({ code, title, source }) => [code, title, source]);
  const names = isSent ? ofLines : [order.location_id];
  for (const name of names) {
    const store = storeOf(locations, name);
    if (store !== null) return ok({ kind: "pickup", store });
  }
  const pickup = lines.find((line) => /pick[ _-]?up/i.test(`${line.delivery_category} ${line.source}`));
  if (pickup !== undefined)
    return refused({
      problem: `The order is to be collected at “${pickup.title ?? pickup.code ?? "?"}”, and no store is known for that place: add it to the connector's locations.`,
    });
  const { latitude, longitude } = order.shipping_address ?? {};
  // Shopify looks addresses up on the map.
  const place = placeSchema.safeParse({ latitude, longitude }).data;
  const address = addressOf(order.shipping_address);
  return ok({ kind: "ship", address, ...(place === undefined ? {} : { place }) });
}

function addressOf(address: ShopifyOrder["shipping_address"]) {
  if (address === null || address === undefined) return null;
  return postalAddress({
    name: firstName(address.name, address.company),
    lines: [address.company, address.address1, address.address2, address.province],
    postcode: address.zip,
    city: address.city,
    country: address.country_code,
  });
}
