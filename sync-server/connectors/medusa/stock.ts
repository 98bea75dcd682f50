import { z } from "zod";
import type { StockLevel, Told } from "../port.ts";
import { type AdminApi, unexpected } from "./admin-api.ts";
import { isStockLocation } from "./fulfil.ts";

const itemsSchema = z.looseObject({
  inventory_items: z.array(
    z.looseObject({
      id: z.string(),
      sku: z.string().nullish(),
      location_levels: z
        .array(
          z.looseObject({
            location_id: z.string(),
            stocked_quantity: z.number(),
            reserved_quantity: z.number(),
          }),
        )
        .nullish(),
    }),
  ),
});
type InventoryItem = z.output<typeof itemsSchema>["inventory_items"][number];

/**
 * Sets the levels of inventory items by their SKU, where they are others. Medusa takes off itself what it holds reserved for its orders, so that is added to what
 * is available. A SKU that the shop does not sell is passed over: stores sell more than their web shop does.
 */
export async function tellStock(api: AdminApi, all: readonly StockLevel[]): Promise<Told> {
  const levels = all.filter(({ location }) => isStockLocation(location));
  if (levels.length === 0) return { kind: "told" };
  const skus = [...new Set(levels.map(({ sku }) => sku))];
  const query = [
    ...skus.map((sku) => `sku[]=${encodeURIComponent(sku)}`),
    `limit=${skus.length}`,
    `fields=${encodeURIComponent("id,sku,*location_levels")}`,
  ].join("&");
  const answer = await api("GET", `/admin/inventory-items?${query}`);
  if (!answer.ok) return answer.reason;
  const found = itemsSchema.safeParse(answer.value);
  if (!found.success) return unexpected("inventory items");
  const items = new Map(found.data.inventory_items.map((item) => [item.sku, item]));
  for (const level of levels) {
    const item = items.get(level.sku);
    const failure = item === undefined ? null : await tellLevel(api, item, level);
    if (failure !== null) return failure;
  }
  return { kind: "told" };
}

async function tellLevel(
  api: AdminApi,
  { id, location_levels }: InventoryItem,
  { location, available }: StockLevel,
): Promise<Told | null> {
  const path = `/admin/inventory-items/${id}/location-levels`;
  const known = location_levels?.find(({ location_id }) => location_id === location);
  const stocked_quantity = available + (known?.reserved_quantity ?? 0);
  if (known?.stocked_quantity === stocked_quantity) return null;
  const done =
    known === undefined
      ? await api("POST", path, { location_id: location, stocked_quantity })
      : await api("POST", `${path}/${location}`, { stocked_quantity });
  return done.ok ? null : done.reason;
}
