import { AUDIT_CHECK_NAMES, type AuditCheckName } from "#domain/data-audit/checks.ts";
import type { AuditOwner } from "#domain/data-audit/owner.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { DataAuditReads, DayCount, OwnerRecord, StoreCount } from "../../data-audit/port.ts";
import { SqlDeliveryReads } from "./delivery-reads.ts";
import { stored } from "./stored.ts";

/** Under this name of a store the sum over all of them is kept, and what is of none. */
export const AUDIT_ALL_STORES = "";

/** What was counted, and who sees to it. What there is now is read aside (`data-audit-rows.ts`). */
export class SqlDataAuditReads extends SqlDeliveryReads implements DataAuditReads {
  async auditTrend({
    stores,
    since,
  }: Parameters<DataAuditReads["auditTrend"]>[0]): Promise<readonly DayCount[]> {
    const ofStores = (column: string) =>
      `coalesce((SELECT sum(c.${column}) FROM data_audit_counts c
          WHERE c.check_name = t.check_name AND c.day = t.day AND c.store IN (SELECT value FROM json_each(?2))), 0) AS ${column}`;
    const columns = stores === null ? "count, tickets" : `${ofStores("count")}, ${ofStores("tickets")}`;
    return (
      await this.database.all(
        `SELECT check_name, day, at, ${columns} FROM data_audit_counts t WHERE store = '' AND day >= ?1 ORDER BY check_name, day`,
        since,
        ...(stores === null ? [] : [JSON.stringify(stores)]),
      )
    ).flatMap((row) => {
      const check = checkCalled(row.check_name);
      if (check === null) return [];
      return {
        check,
        day: idOf<"BusinessDay">(String(row.day)),
        at: instant(Number(row.at)),
        count: Number(row.count),
        tickets: Number(row.tickets),
      };
    });
  }

  async auditCountsByStore({
    check,
    stores,
    limit,
  }: Parameters<DataAuditReads["auditCountsByStore"]>[0]): Promise<readonly StoreCount[]> {
    return (
      await this.database.all(
        `SELECT store, count, tickets FROM data_audit_counts
          WHERE check_name = ?1 AND day = (SELECT max(day) FROM data_audit_counts WHERE check_name = ?1) AND store <> ''
            AND (?2 IS NULL OR store IN (SELECT value FROM json_each(?2)))
          ORDER BY count DESC, store LIMIT ?3`,
        check,
        stores === null ? null : JSON.stringify(stores),
        limit,
      )
    ).map((row) => ({
      store: idOf<"Store">(String(row.store)),
      count: Number(row.count),
      tickets: Number(row.tickets),
    }));
  }

  async auditOwners(): Promise<readonly OwnerRecord[]> {
    return (
      await this.database.all(
        "SELECT check_name, store, owner FROM data_audit_owners ORDER BY check_name, store",
      )
    ).flatMap((row) => {
      const check = checkCalled(row.check_name);
      if (check === null) return [];
      const store = row.store === AUDIT_ALL_STORES ? null : idOf<"Store">(String(row.store));
      return { check, store, owner: stored<AuditOwner>(row.owner) };
    });
  }
}

/** Null where a server of another version wrote it. */
function checkCalled(name: unknown): AuditCheckName | null {
  return AUDIT_CHECK_NAMES.find((each) => each === name) ?? null;
}
