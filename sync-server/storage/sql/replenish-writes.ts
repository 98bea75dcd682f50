import type { ReorderRule } from "#domain/stock/replenish.ts";
import type { ReorderRuleKey, ReplenishWrites } from "../../stock/replenish-port.ts";
import { SqlLettingInWrites } from "./letting-in-writes.ts";
import { keyColumns } from "./replenish-reads.ts";

/** When goods are ordered anew. */
export class SqlReplenishWrites extends SqlLettingInWrites implements ReplenishWrites {
  async putReorderRule(key: ReorderRuleKey, rule: ReorderRule | null): Promise<void> {
    if (rule === null) {
      await this.database.run(
        "DELETE FROM reorder_rules WHERE kind = ? AND subject = ? AND store = ?",
        ...keyColumns(key),
      );
      return;
    }
    await this.database.run(
      `INSERT INTO reorder_rules (kind, subject, store, reorder_point, target, pack) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (kind, subject, store) DO UPDATE SET reorder_point = excluded.reorder_point, target = excluded.target, pack = excluded.pack`,
      ...keyColumns(key),
      rule.reorderPoint,
      rule.target,
      rule.pack,
    );
  }
}
