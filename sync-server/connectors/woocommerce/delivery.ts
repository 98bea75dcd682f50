import { ok, type Result, refused } from "#domain/result.ts";
import type { Connector, SeenOrder, Unreadable } from "../port.ts";
import { firstName, postalAddress, storeOf } from "../seen-order.ts";
import type { WooOrder } from "./payload.ts";

/**
 * Where an order goes. It is collected when its shipping method is a pickup; the store is found in the connector's locations by the pickup
 * location's name (block checkout: `meta_data`), by `method:instance` (`local_pickup:3`), the instance, the method's title or its id alone.
 * Any other method is a parcel, unless it is named there as `method:instance`.
 */
export function deliveryOf(
  { shipping_lines, shipping, billing }: Pick<WooOrder, "shipping_lines" | "shipping" | "billing">,
  { locations }: Pick<Connector, "locations">,
): Result<SeenOrder["request"]["delivery"], Unreadable> {
  for (const line of shipping_lines) {
    const isPickup = /pickup/i.test(line.method_id ?? "");
    const exact = `${line.method_id}:${line.instance_id}`;
    const names = isPickup
      ? [...placesIn(line), exact, line.instance_id, line.method_title, line.method_id]
      : [exact];
    const store = names.map((name) => storeOf(locations, name)).find((found) => found !== null);
    if (store !== undefined && store !== null) return ok({ kind: "pickup", store });
    if (isPickup)
      return refused({
        problem: `The order is to be collected at “${placesIn(line)[0] ?? line.method_title ?? exact}” (${exact}), and no store is known for that place: add it to the connector's locations.`,
      });
  }
  const to = (shipping.address_1 ?? "").trim() === "" ? billing : shipping;
  return ok({
    kind: "ship",
    address: postalAddress({
      name: firstName(nameOf(to), to.company, nameOf(billing)),
      lines: [to.company, to.address_1, to.address_2],
      postcode: to.postcode,
      city: to.city,
      country: to.country,
    }),
  });
}

export function nameOf({ first_name, last_name }: WooOrder["billing"]): string {
  return [first_name, last_name].filter(Boolean).join(" ");
}

function placesIn({ meta_data }: WooOrder["shipping_lines"][number]): readonly string[] {
  return meta_data.flatMap(({ key, value }) =>
    /pickup_location/.test(key) && (typeof value === "string" || typeof value === "number")
      ? [String(value)]
      : [],
  );
}
