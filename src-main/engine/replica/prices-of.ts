import { allPriceLists } from "#domain/customer/group.ts";
import type { VariantId } from "#domain/ids.ts";
import type { PriceDocument } from "#protocol/documents/price.ts";
import type { Replica } from "../ports.ts";

/**
 * What the disk has of a variant's prices on the store's lists and its customer groups', valid or not. Read by their ids, which begin with list and variant
 * (`protocol/documents/price.ts`): nobody waits for a scan of all prices. Throws what the disk throws.
 */
export async function pricesOf(
  replica: Pick<Replica, "settings" | "beginning">,
  variant: VariantId,
): Promise<readonly PriceDocument[]> {
  const settings = replica.settings();
  if (settings === null) return [];
  const found: PriceDocument[] = [];
  // Another variant's id may begin with this one's, and another list's name with this list's.
  for (const list of allPriceLists({ own: settings.priceLists, groups: settings.customerGroups ?? [] }))
    for (const price of await replica.beginning("prices", `${list}:${variant}`))
      if (price.variant === variant && price.list === list) found.push(price);
  return found;
}
