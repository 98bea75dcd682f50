import { type Instant, idOf, type StaffId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { CommissionAmount } from "#domain/staff/commission.ts";
import type { ClockCorrection, ClockStamp } from "#domain/staff/hours.ts";
import type { StaffLogEntry } from "#domain/staff/log.ts";
import type { Colleague, StaffReads } from "../../staff/port.ts";
import { askedStores } from "./asked-stores.ts";
import { SqlPriceReads } from "./price-reads.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

/** Corrections that begin in a period, and all others of the same spans. */
const CORRECTED_SPANS =
  "SELECT span FROM clock_corrections WHERE begins_at >= ?1 AND begins_at < ?2 UNION SELECT id FROM staff_log WHERE kind IN ('clockedIn', 'clockedOut') AND at >= ?1 AND at < ?2";

/** Who works for the retailer, and what they did. */
export class SqlStaffReads extends SqlPriceReads implements StaffReads {
  async colleague(id: StaffId): Promise<Colleague | null> {
    const row = await this.database.get("SELECT data FROM colleagues WHERE id = ?", id);
    return row === undefined ? null : stored<Colleague>(row.data);
  }

  async colleagues({
    store,
    active,
    search,
  }: Parameters<StaffReads["colleagues"]>[0]): Promise<readonly Colleague[]> {
    return (
      await this.database.all(
        `SELECT data FROM colleagues WHERE (?1 IS NULL OR data ->> 'stores' IS NULL OR id IN (SELECT colleague FROM colleague_stores WHERE store IN (SELECT value FROM json_each(?1))))
          AND (?2 IS NULL OR active = ?2) AND words LIKE ?3 ESCAPE '\\' ORDER BY name, id`,
        askedStores(store),
        active === null ? null : Number(active),
        searchPattern(search),
      )
    ).map(({ data }) => stored<Colleague>(data));
  }

  async staffNames(): Promise<ReadonlyMap<string, string>> {
    return new Map(
      (await this.database.all("SELECT id, name FROM colleagues")).map(({ id, name }): [string, string] => [
        String(id),
        String(name),
      ]),
    );
  }

  async staffLog({
    filter,
    store,
    staff,
    from,
    until,
    offset,
    limit,
  }: Parameters<StaffReads["staffLog"]>[0]): Promise<{
    readonly entries: readonly StaffLogEntry[];
    readonly total: number;
  }> {
    const which =
      filter.only === "allowed" ? "approved_by IS NOT NULL" : "kind IN (SELECT value FROM json_each(?5))";
    const kinds = filter.only === "allowed" ? "" : JSON.stringify(filter.kinds);
    const where = `at >= ?1 AND at < ?2 AND (?3 IS NULL OR store IN (SELECT value FROM json_each(?3))) AND (?4 IS NULL OR staff = ?4 OR approved_by = ?4) AND ${which}`;
    const values = [from, until, askedStores(store), staff, kinds] as const;
    const counted = await this.database.get(
      `SELECT count(*) AS n, ?5 AS kinds FROM staff_log WHERE ${where}`,
      ...values,
    );
    const rows = await this.database.all(
      `SELECT data, ?5 AS kinds FROM staff_log WHERE ${where} ORDER BY at DESC, id DESC LIMIT ?6 OFFSET ?7`,
      ...values,
      limit,
      offset,
    );
    return { entries: rows.map(({ data }) => stored<StaffLogEntry>(data)), total: Number(counted?.n) };
  }

  async clockStamps({
    from,
    until,
  }: {
    readonly from: Instant;
    readonly until: Instant;
  }): Promise<readonly ClockStamp[]> {
    return (
      await this.database.all(
        `SELECT data FROM staff_log WHERE kind IN ('clockedIn', 'clockedOut')
          AND (at >= ?1 AND at < ?2 OR id IN (SELECT span FROM clock_corrections WHERE begins_at >= ?1 AND begins_at < ?2)) ORDER BY at, id`,
        from,
        until,
      )
    )
      .map(({ data }) => stampOf(stored<StaffLogEntry>(data)))
      .filter((stamp) => stamp !== null);
  }

  async clockStamp(id: string): Promise<ClockStamp | null> {
    const row = await this.database.get("SELECT data FROM staff_log WHERE id = ?", id);
    return row === undefined ? null : stampOf(stored<StaffLogEntry>(row.data));
  }

  async clockCorrections({
    from,
    until,
  }: {
    readonly from: Instant;
    readonly until: Instant;
  }): Promise<readonly ClockCorrection[]> {
    return (
      await this.database.all(
        `SELECT data FROM clock_corrections WHERE span IN (${CORRECTED_SPANS}) ORDER BY id`,
        from,
        until,
      )
    ).map(({ data }) => stored<ClockCorrection>(data));
  }

  async clockCorrection(id: string): Promise<ClockCorrection | null> {
    const row = await this.database.get("SELECT data FROM clock_corrections WHERE id = ?", id);
    return row === undefined ? null : stored<ClockCorrection>(row.data);
  }

  async commissionAmounts({
    from,
    until,
    store,
  }: Parameters<StaffReads["commissionAmounts"]>[0]): Promise<readonly CommissionAmount[]> {
    return (
      await this.database.all(
        `SELECT staff, store, kind, currency, count(*) AS lines, sum(pieces) AS pieces, sum(total) AS total, sum(net) AS net
          FROM (SELECT c.*, CASE WHEN c.of_ticket IS NULL THEN c.seller ELSE
              (SELECT o.seller FROM commission_lines o WHERE o.ticket = c.of_ticket AND o.position = c.of_position) END AS staff
            FROM commission_lines c WHERE c.day >= ?1 AND c.day <= ?2 AND (?3 IS NULL OR c.store IN (SELECT value FROM json_each(?3)))) AS counted
          GROUP BY staff, store, kind, currency`,
        from,
        until,
        askedStores(store),
      )
    ).map((row) => {
      const currency = idOf<"Currency">(String(row.currency));
      return {
        staff: row.staff === null ? null : idOf<"Staff">(String(row.staff)),
        store: idOf<"Store">(String(row.store)),
        kind: row.kind === "returned" ? "returned" : "sold",
        lines: Number(row.lines),
        pieces: Number(row.pieces),
        total: money(Number(row.total), currency),
        net: money(Number(row.net), currency),
      };
    });
  }
}

function stampOf({ id, kind, staff, store, at }: StaffLogEntry): ClockStamp | null {
  if (staff === null || (kind !== "clockedIn" && kind !== "clockedOut")) return null;
  return { id, kind: kind === "clockedIn" ? "in" : "out", staff, store, at };
}
