import { idOf, instant, type StoreId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import type { StoreListReads } from "../../stores/port.ts";
import { stored } from "./stored.ts";
import { SqlTrailReads } from "./trail-reads.ts";

const SORTS = { code: "code", name: "lower(settings ->> 'name')", tills: "tills" } as const;
const LISTED = `SELECT id, code, settings ->> 'name' AS name, settings -> 'address' AS address, settings ->> 'timeZone' AS zone,
    settings ->> 'currency' AS currency, settings -> 'hours' IS NOT NULL AS has_hours, settings ->> 'closedAt' AS closed_at,
    (SELECT count(*) FROM devices d WHERE d.store = stores.id AND d.revoked_at IS NULL) AS tills
  FROM stores`;

/** The stores as a list. */
export class SqlStoreReads extends SqlTrailReads implements StoreListReads {
  async storeList(ask: Parameters<StoreListReads["storeList"]>[0]): ReturnType<StoreListReads["storeList"]> {
    const pattern = `%${ask.search.trim().replace(/[\\%_]/g, "\\$&")}%`;
    const where = `(?1 IS NULL OR id IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR CASE WHEN settings ->> 'closedAt' IS NULL THEN 0 ELSE 1 END = ?2)
      AND (code LIKE ?3 ESCAPE '\\' OR settings ->> 'name' LIKE ?3 ESCAPE '\\' OR settings ->> 'address' LIKE ?3 ESCAPE '\\')`;
    const values = [
      ask.stores === null ? null : JSON.stringify(ask.stores),
      ask.isClosed === null ? null : Number(ask.isClosed),
      pattern,
    ] as const;
    const total = await this.database.get(`SELECT count(*) AS n FROM stores WHERE ${where}`, ...values);
    const rows = await this.database.all(
      `${LISTED} WHERE ${where} ORDER BY ${SORTS[ask.sort]} ${ask.descending ? "DESC" : "ASC"}, code LIMIT ?4 OFFSET ?5`,
      ...values,
      ask.limit,
      ask.offset,
    );
    return {
      total: Number(total?.n),
      stores: rows.map((row) => ({
        store: idOf<"Store">(String(row.id)),
        code: String(row.code),
        name: String(row.name),
        address: stored<readonly string[]>(row.address),
        timeZone: String(row.zone),
        currency: String(row.currency) as Currency,
        tills: Number(row.tills),
        hasHours: Number(row.has_hours) === 1,
        closedAt: row.closed_at === null ? null : instant(Number(row.closed_at)),
      })),
    };
  }

  async tillCount(store: StoreId): Promise<number> {
    const row = await this.database.get(
      "SELECT count(*) AS n FROM devices WHERE store = ? AND revoked_at IS NULL",
      store,
    );
    return Number(row?.n);
  }

  async hasSold(store: StoreId): Promise<boolean> {
    return (await this.database.get("SELECT 1 FROM tickets WHERE store = ? LIMIT 1", store)) !== undefined;
  }
}
