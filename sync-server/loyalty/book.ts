import type { CustomerId } from "#domain/ids.ts";
import { type PointsMove, pointsAccount, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import type { Publication } from "../sync/publisher.ts";
import { settlePoints } from "./settle.ts";

/** What a lease on spending a customer's points is about. */
export function pointsLease(customer: string): string {
  return `balance:points:${customer}`;
}

/** Books one move that no ticket tells; false where it was booked before. */
export async function bookPoints(publication: Publication, move: PointsMove): Promise<boolean> {
  const entry = pointsEntryOf(move);
  const isNew = (await publication.tx.addPointsEntries([entry], publication.at)).has(entry.id);
  if (isNew) await settlePoints(publication, move.customer);
  return isNew;
}

/** Names the exception that more points of a customer were taken than there were. */
export function overdrawnId(customer: CustomerId): string {
  return `overdrawn:${pointsAccount(customer)}`;
}
