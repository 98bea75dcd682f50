import type { CustomerId, Instant } from "#domain/ids.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";

export interface LoyaltyReads {
  /** Null: nobody collects points. */
  loyaltyProgramme(): Promise<LoyaltyProgramme | null>;
  /** Everything that moved the points of these accounts, in the order in which it happened. */
  pointsEntries(customers: readonly CustomerId[]): Promise<readonly PointsEntry[]>;
  pointsEntry(id: string): Promise<PointsEntry | null>;
  /** Customers with whom time has something to do: points that lapse, a tier that is left. */
  pointsDue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly CustomerId[]>;
  /** Every account that ever had points, by id: those after one, the first `limit` of them. */
  pointsAccounts(ask: { readonly after: string; readonly limit: number }): Promise<readonly CustomerId[]>;
}

export interface LoyaltyWrites {
  putLoyaltyProgramme(programme: LoyaltyProgramme | null): Promise<void>;
  /** False when an entry of this id was booked before; then nothing is changed. */
  addPointsEntry(entry: PointsEntry, bookedAt: Instant): Promise<boolean>;
  /** When time next has something to do with a customer's points; null: never as they stand. */
  notePointsDue(due: { readonly customer: CustomerId; readonly at: Instant | null }): Promise<void>;
}
