import type { CustomerId, Instant } from "#domain/ids.ts";
import { settledNow } from "#domain/loyalty/in-turn.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { LoyaltyStanding } from "#domain/loyalty/standing.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { holderOf } from "./account.ts";

/** How a customer stands, and by which programme. */
export interface CustomerPoints {
  readonly customer: CustomerId;
  readonly programme: LoyaltyProgramme;
  readonly standing: LoyaltyStanding;
  readonly entries: readonly PointsEntry[];
}

/** At this moment: without what has lapsed by it, booked or not. Null: there is no programme. */
export async function customerPoints(
  tx: ReadTransaction,
  asked: CustomerId,
  at: Instant,
): Promise<CustomerPoints | null> {
  const terms = await tx.pointsTerms();
  if (terms === null) return null;
  const { customer, ids } = await holderOf(tx, asked);
  const { standing, entries } = settledNow(await tx.pointsEntries(ids), { customers: ids, ...terms, at });
  return { customer, programme: terms.programme, entries, standing };
}
