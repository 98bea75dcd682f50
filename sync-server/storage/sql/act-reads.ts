import { idOf, type ProductId } from "#domain/ids.ts";
import type { ValueChange } from "#domain/product/value-change.ts";
import type { ActReads, BulkEditRecord } from "../../catalog/act-port.ts";
import { SqlLinkMailReads } from "./link-mail-reads.ts";
import { stored } from "./stored.ts";

/** What was set as part of one act beside the products, and changes of many products. */
export class SqlActReads extends SqlLinkMailReads implements ActReads {
  async valueChangesOf({
    cause,
    before,
    limit,
  }: Parameters<ActReads["valueChangesOf"]>[0]): ReturnType<ActReads["valueChangesOf"]> {
    return (
      await this.database.all(
        "SELECT cursor, change FROM value_changes WHERE cause = ?1 AND (?2 IS NULL OR cursor < ?2) ORDER BY cursor DESC LIMIT ?3",
        cause,
        before,
        limit,
      )
    ).map(({ cursor, change }) => ({ cursor: Number(cursor), change: stored<ValueChange>(change) }));
  }

  async cameWith({ cause, product, variant }: Parameters<ActReads["cameWith"]>[0]): Promise<boolean> {
    const row = await this.database.get(
      `SELECT 1 AS found FROM product_log AS l, json_each(l.changes) AS c WHERE l.product = ? AND l.cause = ?
        AND c.value ->> 'field' = 'variant' AND c.value ->> 'variant' = ? AND c.value ->> 'from' IS NULL LIMIT 1`,
      product,
      cause,
      variant,
    );
    return row !== undefined;
  }

  async movedSince({ store, variant, cause }: Parameters<ActReads["movedSince"]>[0]): Promise<boolean> {
    const row = await this.database.get(
      `SELECT 1 AS found FROM movements AS own JOIN movements AS m ON m.store = own.store AND m.variant = own.variant AND m.at >= own.at
        AND m.cause <> own.cause WHERE own.store = ? AND own.variant = ? AND own.cause = ? LIMIT 1`,
      store,
      variant,
      cause,
    );
    return row !== undefined;
  }

  async bulkEdit(id: string): Promise<BulkEditRecord | null> {
    const row = await this.database.get("SELECT data FROM bulk_edits WHERE id = ?", id);
    return row === undefined ? null : stored<BulkEditRecord>(row.data);
  }

  async bulkEdits(limit: number): Promise<readonly BulkEditRecord[]> {
    return (
      await this.database.all("SELECT data FROM bulk_edits ORDER BY at DESC, id DESC LIMIT ?", limit)
    ).map(({ data }) => stored<BulkEditRecord>(data));
  }

  async unfinishedBulkEdits(): Promise<readonly BulkEditRecord[]> {
    return (await this.database.all("SELECT data FROM bulk_edits WHERE unfinished = 1 ORDER BY at, id")).map(
      ({ data }) => stored<BulkEditRecord>(data),
    );
  }

  async bulkEditProducts({
    id,
    from,
    limit,
  }: Parameters<ActReads["bulkEditProducts"]>[0]): Promise<readonly ProductId[]> {
    return (
      await this.database.all(
        "SELECT product FROM bulk_edit_products WHERE edit = ? AND place >= ? ORDER BY place LIMIT ?",
        id,
        from,
        limit,
      )
    ).map(({ product }) => idOf<"Product">(String(product)));
  }
}
