import type { Customer } from "#domain/customer/customer.ts";
import type { Instant } from "#domain/ids.ts";
import { pointsIdsOf } from "#domain/loyalty/holder.ts";
import { pointsEntryOf, toCustomerOf } from "#domain/loyalty/ledger.ts";
import { overspentOf } from "#domain/loyalty/overspent.ts";
import type { Publication } from "../sync/publisher.ts";

/**
 * While two profiles were one, the points of one may have paid for the other, and stand under the one id only. As they are two again, they are taken where they
 * were: else they could be spent a second time.
 */
export async function shareSpentPoints(
  publication: Publication,
  {
    merge,
    pair: [one, other],
    by,
  }: {
    readonly merge: { readonly id: string; readonly at: Instant };
    readonly pair: readonly [Customer, Customer];
    readonly by: string;
  },
): Promise<void> {
  const { tx, at } = publication;
  const standing = async (customer: Customer) => {
    const entries = await tx.pointsEntries(pointsIdsOf(customer));
    const sumOf = (own: typeof entries) => own.reduce((sum, entry) => sum + toCustomerOf(entry), 0);
    return { before: sumOf(entries.filter((entry) => entry.at < merge.at)), now: sumOf(entries) };
  };
  for (const [debtor, giver] of [
    [one, other],
    [other, one],
  ] as const) {
    const points = overspentOf(await standing(debtor), await standing(giver));
    if (points === 0) continue;
    const told = {
      kind: "adjusted",
      at,
      purchase: null,
      number: null,
      store: null,
      device: null,
      staff: null,
    } as const;
    for (const [{ id: customer }, moved] of [
      [debtor, points],
      [giver, -points],
    ] as const) {
      const note = `Spent while both were one profile (${by})`;
      const move = { ...told, id: `undone:${merge.id}:${customer}`, customer, points: moved, note };
      await tx.addPointsEntries([pointsEntryOf(move)], at);
    }
  }
}
