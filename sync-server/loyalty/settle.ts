import type { CustomerId } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import { type PointsEntry, pointsAccount, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import { expiredId, lapsedLots, overLapsed, restoredId } from "#domain/loyalty/lots.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { type LoyaltyStanding, nextChangeOf, standingOf } from "#domain/loyalty/standing.ts";
import { withTierGroup } from "#domain/loyalty/tier-group.ts";
import { MAX_MOVES_NAMED, type PointsDocument } from "#protocol/documents/balance.ts";
import { BALANCES_FEED } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { holderOf } from "./account.ts";

/** How a customer stands after everything that is booked, and what explains it. */
export interface SettledPoints {
  readonly customer: CustomerId;
  readonly standing: LoyaltyStanding;
  readonly entries: readonly PointsEntry[];
}

/**
 * Lets lapse what has lapsed, tells every till of the chain how the customer stands, gives the profile the group of its tier and notes when time next matters. To
 * be called whenever something was booked, when the programme or the accounts of a profile change, and when time has come. Null where there is no programme.
 */
export async function settlePoints(
  publication: Publication,
  asked: CustomerId,
): Promise<SettledPoints | null> {
  const { tx, at } = publication;
  const programme = await tx.loyaltyProgramme();
  if (programme === null) return null;
  const { customer, ids, profile } = await holderOf(tx, asked);
  const entries = await withLapsed(publication, ids, programme);
  const standing = standingOf({ entries, customers: ids, programme, at });
  // Of somebody who was erased the books stay, and no till has a use for what is in them.
  if (await tx.isErased(customer)) {
    for (const id of ids) await forgetFormer(publication, id);
    return { customer, standing, entries };
  }
  await publication.putBalance(pointsDocument(customer, standing, entries));
  await tx.notePointsDue({ customer, at: nextChangeOf(entries, programme, at) });
  for (const former of ids.slice(1)) await forgetFormer(publication, former);
  const changed = profile === null ? null : withTierGroup(profile, programme, standing.tier);
  if (changed !== null && changed !== profile) await publication.putCustomer(changed);
  return { customer, standing, entries };
}

/** What stood under the id of a profile that was merged is part of the balance of the one that is left, and of one that was erased nobody's. */
async function forgetFormer(publication: Publication, former: CustomerId): Promise<void> {
  const { tx } = publication;
  await tx.notePointsDue({ customer: former, at: null });
  const id = pointsAccount(former);
  const told = await tx.liveDocument({ feed: BALANCES_FEED, collection: "balances", id });
  if (told !== null) await publication.forgetBalance(id);
}

async function withLapsed(
  { tx, at }: Publication,
  ids: readonly CustomerId[],
  programme: LoyaltyProgramme,
): Promise<readonly PointsEntry[]> {
  const entries = await tx.pointsEntries(ids);
  const ofLot = (lot: string): CustomerId | undefined =>
    entries.find(({ id }) => id === lot)?.customer ?? ids[0];
  const restored = overLapsed(entries).map(
    ({ lot, points, legit }) => ({ id: restoredId(lot, legit), kind: "adjusted", lot, points }) as const,
  );
  const lapsed = lapsedLots(entries, { months: programme.expiresAfterMonths, at }).map(
    ({ id: lot, points }) => ({ id: expiredId(lot), kind: "expired", lot, points }) as const,
  );
  for (const { lot, ...move } of [...restored, ...lapsed]) {
    const customer = ofLot(lot);
    if (customer === undefined) continue;
    const nobody = { purchase: null, number: null, store: null, device: null, staff: null };
    await tx.addPointsEntry(pointsEntryOf({ ...nobody, ...move, customer, at }), at);
  }
  return restored.length + lapsed.length === 0 ? entries : tx.pointsEntries(ids);
}

export function pointsDocument(
  customer: CustomerId,
  { balance, earnedInYear, tier, expiry }: LoyaltyStanding,
  entries: readonly PointsEntry[],
): PointsDocument {
  return {
    id: idOf<"Balance">(pointsAccount(customer)),
    kind: "points",
    customer,
    balance,
    earnedInYear,
    tier: tier?.name ?? null,
    expiry,
    moves: entries.slice(-MAX_MOVES_NAMED).map(({ id }) => id),
  };
}
