import type { Place } from "#domain/orders/distance.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Connector, SeenOrder, Unreadable } from "../port.ts";
import { firstName, postalAddress } from "../seen-order.ts";
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
    const store = storeOf(locations, name ?? "");
    if (store !== null) return ok({ kind: "pickup", store });
  }
  const pickup = lines.find((line) => /pick[ _-]?up/i.test(`${line.delivery_category} ${line.source}`));
  if (pickup !== undefined)
    return refused({
      problem: `The order is to be collected at “${pickup.title ?? pickup.code ?? "?"}”, and no store is known for that place: add it to the connector's locations.`,
    });
  return ok({
    kind: "ship",
    address: addressOf(order.shipping_address),
    place: placeOf(order.shipping_address),
  });
}

function storeOf(locations: Connector["locations"], name: string): string | null {
  const wanted = name.trim().toLowerCase();
  if (wanted === "") return null;
  const found = Object.entries(locations).find(([key]) => key.trim().toLowerCase() === wanted);
  return found?.[1] ?? null;
}

/** Shopify looks addresses up on the map. */
function placeOf(address: ShopifyOrder["shipping_address"]): Place | undefined {
  const { latitude, longitude } = address ?? {};
  if (typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
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
