import { allPriceLists } from "#domain/customer/group.ts";
import type { VariantId } from "#domain/ids.ts";
import type { PriceDocument } from "#protocol/documents/price.ts";
import type { Replica } from "../ports.ts";

/**
 * What the disk has of a variant's prices on the store's lists and its customer groups', valid or not. Read by their ids, which are list and variant, and from when they hold
 * where that is set (`protocol/documents/price.ts`): nobody waits for a scan of all prices. Throws what the disk throws.
 */
export async function pricesOf(
  replica: Pick<Replica, "settings" | "get" | "beginning">,
  variant: VariantId,
): Promise<readonly PriceDocument[]> {
  const settings = replica.settings();
  if (settings === null) return [];
  const found: PriceDocument[] = [];
  for (const list of allPriceLists({ own: settings.priceLists, groups: settings.customerGroups ?? [] })) {
    const id = `${list}:${variant}`;
    const undated = await replica.get("prices", id);
    const dated = await replica.beginning("prices", `${id}:`);
    // Ids of lists and variants may hold a colon themselves.
    for (const price of undated === null ? dated : [undated, ...dated])
      if (price.variant === variant && price.list === list) found.push(price);
  }
  return found;
}
