import type { CustomerId, Instant } from "#domain/ids.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { LoyaltyWrites } from "../../loyalty/port.ts";
import { SqlStaffWrites } from "./staff-writes.ts";

/** The acts on the books of the loyalty programme. */
export class SqlLoyaltyWrites extends SqlStaffWrites implements LoyaltyWrites {
  async putLoyaltyProgramme(programme: LoyaltyProgramme | null): Promise<void> {
    await this.putRetailers("loyalty", programme);
  }

  async addPointsEntry(entry: PointsEntry, bookedAt: Instant): Promise<boolean> {
    const { id, customer, at } = entry;
    const added = await this.database.run(
      "INSERT INTO points_entries (id, customer, at, booked_at, entry) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      id,
      customer,
      at,
      bookedAt,
      JSON.stringify(entry),
    );
    return added > 0;
  }

  async notePointsDue({
    customer,
    at,
  }: {
    readonly customer: CustomerId;
    readonly at: Instant | null;
  }): Promise<void> {
    if (at === null) await this.database.run("DELETE FROM points_due WHERE customer = ?", customer);
    else
      await this.database.run(
        "INSERT INTO points_due (customer, at) VALUES (?, ?) ON CONFLICT (customer) DO UPDATE SET at = excluded.at",
        customer,
        at,
      );
  }
}
