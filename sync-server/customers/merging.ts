import type { Customer } from "#domain/customer/customer.ts";
import { mergedProfile, unmergedProfiles } from "#domain/customer/merge.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { settlePoints } from "../loyalty/settle.ts";
import { shareSpentPoints } from "../loyalty/share-spent.ts";
import { CUSTOMERS_FEED } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { recounted, withPromotionUses } from "./promotion-uses.ts";

/** Makes two profiles one. Answers it; what they were is kept, so that it can be taken back. */
export async function mergeProfiles(
  publication: Publication,
  {
    survivor,
    former,
    by,
    id,
  }: { readonly survivor: Customer; readonly former: Customer; readonly by: string; readonly id: string },
): Promise<Customer> {
  const { tx, at } = publication;
  const both = mergedProfile(survivor, former);
  const [merged = both] = await withPromotionUses(tx, [both]);
  await publication.forgetCustomer(former.id, [
    CUSTOMERS_FEED,
    ...(await publication.customerFeeds(former.id)),
  ]);
  await tx.removeCustomer(former.id);
  await tx.putFormerIds(survivor.id, merged.formerIds ?? []);
  await tx.putCustomerMerge({ id, at, by, pair: { survivor, former, merged }, undone: null });
  await publication.putCustomer(merged);
  await settlePoints(publication, merged.id);
  await tx.noteCustomerHeard(merged.id, at);
  await tx.dropDuplicatesOf(former.id);
  return merged;
}

export type UndoRefusal = "noSuchMerge" | "alreadyUndone" | "mergedOn";

/** Makes them two again, as they were, with what was said of the one since. `mergedOn`: it became part of another since, and that is to be undone first. */
export async function undoMerge(
  publication: Publication,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<Result<{ readonly survivor: Customer; readonly former: Customer }, UndoRefusal>> {
  const { tx, at } = publication;
  const merge = await tx.customerMerge(id);
  if (merge === null) return refused("noSuchMerge");
  if (merge.undone !== null) return refused("alreadyUndone");
  const now = await tx.customer(merge.pair.survivor.id);
  if (now === null || now.id !== merge.pair.survivor.id) return refused("mergedOn");
  const apart = unmergedProfiles(merge.pair, now);
  const fedBefore = await publication.customerFeeds(apart.survivor.id);
  for (const each of [apart.survivor, apart.former]) await tx.putFormerIds(each.id, each.formerIds ?? []);
  const survivor = await recounted(tx, apart.survivor);
  const former = await recounted(tx, apart.former);
  await tx.putCustomerMerge({ ...merge, undone: { at, by } });
  const fedNow = await publication.customerFeeds(survivor.id);
  await publication.forgetCustomer(
    survivor.id,
    fedBefore.filter((feed) => !fedNow.includes(feed)),
  );
  await publication.putCustomer(survivor);
  await publication.putCustomer(former);
  await shareSpentPoints(publication, { merge, pair: [survivor, former], by });
  for (const { id } of [survivor, former]) await settlePoints(publication, id);
  for (const each of [survivor, former]) await tx.noteCustomerHeard(each.id, at);
  // People have decided it: they are not asked again.
  const pair = { one: survivor.id, other: former.id };
  await tx.putDuplicate({ ...pair, score: 0, reasons: [] });
  await tx.dismissDuplicate(pair);
  return ok({ survivor, former });
}
