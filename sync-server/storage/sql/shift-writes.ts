import type { BookedShift } from "#domain/shift/booked-shift.ts";
import type { BookedReport, ShiftWrites } from "../../shifts/port.ts";
import { SqlLoyaltyWrites } from "./loyalty-writes.ts";

/** The acts on drawers and days of the tills. */
export class SqlShiftWrites extends SqlLoyaltyWrites implements ShiftWrites {
  async putShift(shift: BookedShift): Promise<void> {
    await this.database.run(
      `INSERT INTO shifts (id, store, device, opened_at, closed_at, data) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET closed_at = excluded.closed_at, data = excluded.data`,
      shift.shift,
      shift.store,
      shift.device,
      shift.openedAt,
      shift.closed?.at ?? null,
      JSON.stringify(shift),
    );
  }

  async addZReport({ entry, report, receivedAt }: BookedReport): Promise<boolean> {
    const added = await this.database.run(
      "INSERT INTO z_reports (entry, device, number, store, day, made_at, received_at, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry) DO NOTHING",
      entry,
      report.device,
      report.number,
      report.store,
      report.businessDay,
      report.madeAt,
      receivedAt,
      JSON.stringify(report),
    );
    return added > 0;
  }
}
