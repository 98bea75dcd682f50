import type { DeviceId, EntryId, ShiftId } from "#domain/ids.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { BookedShift } from "#domain/shift/booked-shift.ts";
import type { DayReport } from "#domain/shift/report.ts";
import type { BookedReport, ShiftReads } from "../../shifts/port.ts";
import { askedStores } from "./asked-stores.ts";
import type { Row } from "./database.ts";
import { SqlLoyaltyReads } from "./loyalty-reads.ts";
import { stored } from "./stored.ts";

/** Drawers and days of the tills. */
export class SqlShiftReads extends SqlLoyaltyReads implements ShiftReads {
  async shift(id: ShiftId): Promise<BookedShift | null> {
    const row = await this.database.get("SELECT data FROM shifts WHERE id = ?", id);
    return row === undefined ? null : stored<BookedShift>(row.data);
  }

  async shifts({
    store,
    onlyOpen,
    limit,
  }: Parameters<ShiftReads["shifts"]>[0]): Promise<readonly BookedShift[]> {
    return (
      await this.database.all(
        `SELECT data FROM shifts WHERE (?1 IS NULL OR store IN (SELECT value FROM json_each(?1))) ${onlyOpen ? "AND closed_at IS NULL" : ""} ORDER BY opened_at DESC, id DESC LIMIT ?2`,
        askedStores(store),
        limit,
      )
    ).map((row) => stored<BookedShift>(row.data));
  }

  async zReport(entry: EntryId): Promise<BookedReport | null> {
    const row = await this.database.get(
      "SELECT entry, received_at, report FROM z_reports WHERE entry = ?",
      entry,
    );
    return row === undefined ? null : toReport(row);
  }

  async zReports({
    store,
    day,
    limit,
  }: Parameters<ShiftReads["zReports"]>[0]): ReturnType<ShiftReads["zReports"]> {
    const where = "(?1 IS NULL OR store IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR day = ?2)";
    const total = Number(
      (await this.database.get(`SELECT count(*) AS n FROM z_reports WHERE ${where}`, askedStores(store), day))
        ?.n,
    );
    const reports = (
      await this.database.all(
        `SELECT entry, received_at, report FROM z_reports WHERE ${where} ORDER BY made_at DESC, entry DESC LIMIT ?3`,
        askedStores(store),
        day,
        limit,
      )
    ).map(toReport);
    return { reports, total };
  }

  async zNumbers(device: DeviceId): Promise<readonly number[]> {
    return (
      await this.database.all("SELECT number FROM z_reports WHERE device = ? ORDER BY number", device)
    ).map(({ number }) => Number(number));
  }
}

function toReport({ entry, received_at, report }: Row): BookedReport {
  return {
    entry: idOf<"Entry">(String(entry)),
    receivedAt: instant(Number(received_at)),
    report: stored<DayReport>(report),
  };
}
