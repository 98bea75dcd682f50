import { type CustomerId, type Instant, idOf } from "#domain/ids.ts";
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

  lapsesSince(): Promise<Instant | null> {
    return this.retailers<Instant>("loyaltyLapsesSince");
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
