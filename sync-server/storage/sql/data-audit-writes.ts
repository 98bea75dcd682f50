import type { BusinessDay } from "#domain/ids.ts";
import type { DataAuditWrites } from "../../data-audit/port.ts";
import { AUDIT_ALL_STORES } from "./data-audit-reads.ts";
import { SqlDeliveryWrites } from "./delivery-writes.ts";

/** What was counted, and who sees to it. */
export class SqlDataAuditWrites extends SqlDeliveryWrites implements DataAuditWrites {
  async putAuditCounts({
    check,
    day,
    at,
    counts,
  }: Parameters<DataAuditWrites["putAuditCounts"]>[0]): Promise<void> {
    await this.database.run("DELETE FROM data_audit_counts WHERE check_name = ? AND day = ?", check, day);
    const add = (store: string, count: number, tickets: number) =>
      this.database.run(
        "INSERT INTO data_audit_counts (check_name, day, store, count, tickets, at) VALUES (?, ?, ?, ?, ?, ?)",
        check,
        day,
        store,
        count,
        tickets,
        at,
      );
    let all = 0;
    let tickets = 0;
    for (const each of counts) {
      all += each.count;
      tickets += each.tickets;
      if (each.store !== null && (each.count > 0 || each.tickets > 0))
        await add(each.store, each.count, each.tickets);
    }
    await add(AUDIT_ALL_STORES, all, tickets);
  }

  async purgeAuditCounts(before: BusinessDay): Promise<void> {
    await this.database.run("DELETE FROM data_audit_counts WHERE day < ?", before);
  }

  async putAuditOwner({
    check,
    store,
    owner,
  }: Parameters<DataAuditWrites["putAuditOwner"]>[0]): Promise<void> {
    const of = store ?? AUDIT_ALL_STORES;
    if (owner === null)
      await this.database.run("DELETE FROM data_audit_owners WHERE check_name = ? AND store = ?", check, of);
    else
      await this.database.run(
        "INSERT INTO data_audit_owners (check_name, store, owner) VALUES (?, ?, ?) ON CONFLICT (check_name, store) DO UPDATE SET owner = excluded.owner",
        check,
        of,
        JSON.stringify(owner),
      );
  }
}
