import type { ProductId } from "#domain/ids.ts";
import type { ValueChange } from "#domain/product/value-change.ts";
import type { ActWrites, BulkEditRecord } from "../../catalog/act-port.ts";
import { SqlSecretWrites } from "./secret-writes.ts";

/** What is set as part of one act beside the products, and changes of many products. */
export class SqlActWrites extends SqlSecretWrites implements ActWrites {
  async noteValueChange(cause: string, change: ValueChange): Promise<void> {
    await this.database.run(
      "INSERT INTO value_changes (cause, change) VALUES (?, ?)",
      cause,
      JSON.stringify(change),
    );
  }

  async putBulkEdit(edit: BulkEditRecord): Promise<void> {
    const isUnfinished = edit.state === "running" || edit.undo?.state === "running";
    await this.database.run(
      `INSERT INTO bulk_edits (id, at, unfinished, data) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET unfinished = excluded.unfinished, data = excluded.data`,
      edit.id,
      edit.at,
      isUnfinished ? 1 : 0,
      JSON.stringify(edit),
    );
  }

  async putBulkEditProducts(id: string, products: readonly ProductId[]): Promise<void> {
    await this.database.run(
      "INSERT INTO bulk_edit_products (edit, place, product) SELECT ?, CAST(key AS BIGINT), value FROM json_each(?)",
      id,
      JSON.stringify(products),
    );
  }

  async keepNewestBulkEdits(count: number): Promise<void> {
    const old =
      "SELECT id FROM bulk_edits WHERE unfinished = 0 ORDER BY at DESC, id DESC LIMIT 1000000000 OFFSET ?";
    await this.database.run(
      `DELETE FROM value_changes WHERE cause IN (SELECT 'bulk:' || id FROM (${old}) AS old)`,
      count,
    );
    await this.database.run(`DELETE FROM bulk_edit_products WHERE edit IN (${old})`, count);
    await this.database.run(`DELETE FROM bulk_edits WHERE id IN (${old})`, count);
  }
}
