import { idOf } from "#domain/ids.ts";
import type { Product } from "#domain/product/product.ts";
import type { ReorderRule } from "#domain/stock/replenish.ts";
import type { ReorderRuleKey, ReorderRuleRecord, ReplenishReads } from "../../stock/replenish-port.ts";
import type { Row } from "./database.ts";
import { SqlReportViewReads } from "./report-view-reads.ts";
import { stored } from "./stored.ts";

/** As a rule for all stores says which store it is for. */
const EVERY_STORE = "";

/** The key's columns: of what kind, of which one, for which store. */
export function keyColumns({ of, store }: ReorderRuleKey): readonly [string, string, string] {
  return [of.kind, of.kind === "article" ? of.variant : of.category, store ?? EVERY_STORE];
}

/** When goods are ordered anew. */
export class SqlReplenishReads extends SqlReportViewReads implements ReplenishReads {
  async reorderRule(key: ReorderRuleKey): Promise<ReorderRule | null> {
    const row = await this.database.get(
      "SELECT reorder_point, target, pack FROM reorder_rules WHERE kind = ? AND subject = ? AND store = ?",
      ...keyColumns(key),
    );
    return row === undefined ? null : toRule(row);
  }

  async reorderRules({
    stores,
    search,
    offset,
    limit,
  }: Parameters<ReplenishReads["reorderRules"]>[0]): ReturnType<ReplenishReads["reorderRules"]> {
    const from = `reorder_rules r LEFT JOIN variants v ON r.kind = 'article' AND v.id = r.subject LEFT JOIN products p ON p.id = v.product
      WHERE (?1 IS NULL OR r.store = '' OR r.store IN (SELECT value FROM json_each(?1)))
        AND (?2 = '' OR substr(coalesce(v.sku, r.subject), 1, length(?2)) = ?2)`;
    const of = stores === null ? null : JSON.stringify(stores);
    const total = await this.database.get(`SELECT count(*) AS n FROM ${from}`, of, search);
    const rows = await this.database.all(
      `SELECT r.*, v.sku, p.product FROM ${from} ORDER BY r.kind DESC, r.subject, r.store LIMIT ?3 OFFSET ?4`,
      of,
      search,
      limit,
      offset,
    );
    return { rules: rows.map(toRecord), total: Number(total?.n) };
  }
}

export function toRule(row: Row): ReorderRule {
  return { reorderPoint: Number(row.reorder_point), target: Number(row.target), pack: Number(row.pack) };
}

function toRecord(row: Row): ReorderRuleRecord {
  const subject = String(row.subject);
  const store = row.store === EVERY_STORE ? null : idOf<"Store">(String(row.store));
  if (row.kind === "category") return { of: { kind: "category", category: subject }, store, ...toRule(row) };
  const variant = idOf<"Variant">(subject);
  const product = row.product === null ? null : stored<Product>(row.product);
  const of = {
    kind: "article" as const,
    sku: idOf<"Sku">(row.sku === null ? subject : String(row.sku)),
    title: product?.title ?? "",
    options: product?.variants.find(({ id }) => id === variant)?.options ?? [],
  };
  return { of, store, ...toRule(row) };
}
