import type { Instant } from "#domain/ids.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { LoyaltyWrites } from "../../loyalty/port.ts";
import { insertReturning, insertRows } from "./insert-rows.ts";
import { SqlStaffWrites } from "./staff-writes.ts";

/** The acts on the books of the loyalty programme. */
export class SqlLoyaltyWrites extends SqlStaffWrites implements LoyaltyWrites {
  async putLoyaltyProgramme(programme: LoyaltyProgramme | null): Promise<void> {
    await this.putRetailers("loyalty", programme);
  }

  async putLapsesSince(since: Instant): Promise<void> {
    await this.putRetailers("loyaltyLapsesSince", since);
  }

  async addPointsEntries(entries: readonly PointsEntry[], bookedAt: Instant): Promise<ReadonlySet<string>> {
    const added = await insertReturning(this.database, {
      into: "points_entries (id, customer, at, booked_at, entry)",
      rows: entries.map((entry) => [entry.id, entry.customer, entry.at, bookedAt, JSON.stringify(entry)]),
      tail: "ON CONFLICT (id) DO NOTHING RETURNING id",
    });
    return new Set(added.map(({ id }) => String(id)));
  }

  async notePointsDue(due: Parameters<LoyaltyWrites["notePointsDue"]>[0]): Promise<void> {
    const never = due.filter(({ at }) => at === null);
    if (never.length > 0)
      this.database.send(
        "DELETE FROM points_due WHERE customer IN (SELECT value FROM json_each(?))",
        JSON.stringify(never.map(({ customer }) => customer)),
      );
    await insertRows(this.database, {
      into: "points_due (customer, at)",
      rows: due.flatMap(({ customer, at }) => (at === null ? [] : [[customer, at]])),
      tail: "ON CONFLICT (customer) DO UPDATE SET at = excluded.at",
    });
  }
}
