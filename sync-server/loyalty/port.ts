import type { CustomerId, Instant } from "#domain/ids.ts";
import type { PointsTerms } from "#domain/loyalty/in-turn.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";

export interface LoyaltyReads {
  /** Null: nobody collects points. */
  loyaltyProgramme(): Promise<LoyaltyProgramme | null>;
  /** The programme with since when points lapse by it. Null: nobody collects points. */
  pointsTerms(): Promise<PointsTerms | null>;
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
  putLapsesSince(since: Instant): Promise<void>;
  /** Keeps entries, each once by its id; answers the ids of those that were not kept before. */
  addPointsEntries(entries: readonly PointsEntry[], bookedAt: Instant): Promise<ReadonlySet<string>>;
  /** When time next has something to do with the points of customers, each another one; null: never as they stand. */
  notePointsDue(
    due: readonly { readonly customer: CustomerId; readonly at: Instant | null }[],
  ): Promise<void>;
}
