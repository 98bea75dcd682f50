import type { CustomerGroupId, PriceListId } from "../ids.ts";

/** Customers for whom HQ keeps prices of their own, or promotions: trade, staff, members. */
export interface CustomerGroup {
  readonly id: CustomerGroupId;
  readonly name: string;
  /** Asked before the store's own lists. */
  readonly priceLists: readonly PriceListId[];
}

/** The price lists that hold for a customer in a store or channel: those of their groups, in the retailer's order, then its own. */
export function priceListsFor({
  own,
  groups,
  of,
}: {
  readonly own: readonly PriceListId[];
  readonly groups: readonly CustomerGroup[];
  readonly of: readonly CustomerGroupId[];
}): readonly PriceListId[] {
  const theirs = groups.filter(({ id }) => of.includes(id)).flatMap(({ priceLists }) => priceLists);
  return [...new Set([...theirs, ...own])];
}

/** Every price list that may hold for somebody in a store or channel. */
export function allPriceLists({
  own,
  groups,
}: {
  readonly own: readonly PriceListId[];
  readonly groups: readonly CustomerGroup[];
}): readonly PriceListId[] {
  return priceListsFor({ own, groups, of: groups.map(({ id }) => id) });
}
