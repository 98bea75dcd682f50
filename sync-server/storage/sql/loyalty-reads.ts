import { type CustomerId, type Instant, idOf } from "#domain/ids.ts";
import type { PointsTerms } from "#domain/loyalty/in-turn.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { LoyaltyReads } from "../../loyalty/port.ts";
import { SqlStaffReads } from "./staff-reads.ts";
import { stored } from "./stored.ts";

/** The books of the loyalty programme. */
export class SqlLoyaltyReads extends SqlStaffReads implements LoyaltyReads {
  async loyaltyProgramme(): Promise<LoyaltyProgramme | null> {
    return await this.retailers<LoyaltyProgramme>("loyalty");
  }

  async pointsTerms(): Promise<PointsTerms | null> {
    const row = await this.database.get(
      `SELECT p.value AS programme, l.value AS lapses_since
        FROM retailer p LEFT JOIN retailer l ON l.name = 'loyaltyLapsesSince' WHERE p.name = 'loyalty'`,
    );
    if (row === undefined) return null;
    return {
      programme: stored<LoyaltyProgramme>(row.programme),
      lapsesSince: row.lapses_since === null ? null : stored<Instant>(row.lapses_since),
    };
  }

  async pointsEntries(customers: readonly CustomerId[]): Promise<readonly PointsEntry[]> {
    return (
      await this.database.all(
        "SELECT entry FROM points_entries WHERE customer IN (SELECT value FROM json_each(?)) ORDER BY at, id",
        JSON.stringify(customers),
      )
    ).map(({ entry }) => stored<PointsEntry>(entry));
  }

  async pointsEntry(id: string): Promise<PointsEntry | null> {
    const row = await this.database.get("SELECT entry FROM points_entries WHERE id = ?", id);
    return row === undefined ? null : stored<PointsEntry>(row.entry);
  }

  async pointsDue({
    at,
    limit,
  }: {
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly CustomerId[]> {
    return (
      await this.database.all(
        "SELECT customer FROM points_due WHERE at <= ? ORDER BY at, customer LIMIT ?",
        at,
        limit,
      )
    ).map(({ customer }) => idOf<"Customer">(String(customer)));
  }

  async pointsAccounts({
    after,
    limit,
  }: Parameters<LoyaltyReads["pointsAccounts"]>[0]): Promise<readonly CustomerId[]> {
    return (
      await this.database.all(
        "SELECT DISTINCT customer FROM points_entries WHERE customer > ? ORDER BY customer LIMIT ?",
        after,
        limit,
      )
    ).map(({ customer }) => idOf<"Customer">(String(customer)));
  }
}
