import { type ImageHash, idOf, instant, type ProductId, type VariantId } from "#domain/ids.ts";
import type {
  Attribute,
  FieldChange,
  ProductDetails,
  ProductLogEntry,
} from "#domain/product/catalogue-product.ts";
import type { RemovedProduct } from "#domain/product/removed-product.ts";
import type { ImportRecord, ProductReads } from "../../catalog/port.ts";
import { SqlAccessReads } from "./access-reads.ts";
import type { Row } from "./database.ts";
import { stored } from "./stored.ts";

/** What is said of products besides what tills hold, and what became of them. */
export class SqlProductReads extends SqlAccessReads implements ProductReads {
  async productDetails(id: ProductId): Promise<ProductDetails | null> {
    const row = await this.database.get("SELECT details FROM product_details WHERE product = ?", id);
    return row === undefined ? null : stored<ProductDetails>(row.details);
  }

  async productVersion(id: ProductId): Promise<string | null> {
    const row = await this.database.get(
      `SELECT coalesce((SELECT seq FROM chain_feed_rows WHERE feed = 'catalog' AND collection = 'products' AND id = ?1), 0)
        || '-' || coalesce((SELECT max(cursor) FROM product_log WHERE product = ?1), 0) AS version FROM products WHERE id = ?1`,
      id,
    );
    return row === undefined ? null : String(row.version);
  }

  async productLog({
    product,
    before,
    limit,
  }: Parameters<ProductReads["productLog"]>[0]): Promise<readonly ProductLogEntry[]> {
    return (
      await this.database.all(
        "SELECT * FROM product_log WHERE product = ?1 AND (?2 IS NULL OR cursor < ?2) ORDER BY cursor DESC LIMIT ?3",
        product,
        before,
        limit,
      )
    ).map(toEntry);
  }

  async productLogEntry(cursor: number): Promise<ProductLogEntry | null> {
    const row = await this.database.get("SELECT * FROM product_log WHERE cursor = ?", cursor);
    return row === undefined ? null : toEntry(row);
  }

  async productLogOfCause({
    cause,
    before,
    limit,
  }: Parameters<ProductReads["productLogOfCause"]>[0]): Promise<readonly ProductLogEntry[]> {
    return (
      await this.database.all(
        "SELECT * FROM product_log WHERE cause = ?1 AND (?2 IS NULL OR cursor < ?2) ORDER BY cursor DESC LIMIT ?3",
        cause,
        before,
        limit,
      )
    ).map(toEntry);
  }

  async productAttributes(): Promise<readonly Attribute[]> {
    return (await this.retailers<Attribute[]>("attributes")) ?? [];
  }

  async wasEverSold(variants: readonly VariantId[]): Promise<boolean> {
    const asked = JSON.stringify(variants);
    const row = await this.database.get(
      `SELECT EXISTS (SELECT 1 FROM stores AS s CROSS JOIN json_each(?1) AS v JOIN movements AS m ON m.store = s.id AND m.variant = v.value
          WHERE m.reason ->> 'kind' <> 'import')
        OR EXISTS (SELECT 1 FROM stores AS s CROSS JOIN json_each(?1) AS v JOIN reservations AS r ON r.store = s.id AND r.variant = v.value) AS sold`,
      asked,
    );
    return row?.sold === 1;
  }

  async importJob(id: string): Promise<ImportRecord | null> {
    const row = await this.database.get("SELECT data FROM import_jobs WHERE id = ?", id);
    return row === undefined ? null : stored<ImportRecord>(row.data);
  }

  async importJobs(limit: number): Promise<readonly ImportRecord[]> {
    return (
      await this.database.all("SELECT data FROM import_jobs ORDER BY at DESC, id DESC LIMIT ?", limit)
    ).map(({ data }) => stored<ImportRecord>(data));
  }

  async importFindings({
    job,
    after,
    limit,
  }: Parameters<ProductReads["importFindings"]>[0]): ReturnType<ProductReads["importFindings"]> {
    return (
      await this.database.all(
        "SELECT place, finding FROM import_findings WHERE job = ? AND place > ? ORDER BY place LIMIT ?",
        job,
        after,
        limit,
      )
    ).map(({ place, finding }) => ({ place: Number(place), finding: stored<unknown>(finding) }));
  }

  async hasPicture(hash: ImageHash): Promise<boolean> {
    return (await this.database.get("SELECT 1 FROM pictures WHERE hash = ?", hash)) !== undefined;
  }

  async brands(limit: number): Promise<readonly string[]> {
    return (
      await this.database.all(
        "SELECT DISTINCT product ->> 'brand' AS brand FROM products WHERE product ->> 'brand' <> '' ORDER BY 1 LIMIT ?",
        limit,
      )
    ).map(({ brand }) => String(brand));
  }

  async removedProduct(id: ProductId): Promise<RemovedProduct | null> {
    const row = await this.database.get("SELECT data FROM removed_products WHERE product = ?", id);
    return row === undefined ? null : stored<RemovedProduct>(row.data);
  }

  async removedProducts(limit: number): Promise<readonly RemovedProduct[]> {
    const rows = await this.database.all(
      `SELECT r.data FROM removed_products r
        WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.id = r.product) ORDER BY r.cursor DESC LIMIT ?`,
      limit,
    );
    return rows.map((row) => stored<RemovedProduct>(row.data));
  }

  async removedBefore({
    before,
    limit,
  }: Parameters<ProductReads["removedBefore"]>[0]): Promise<readonly ProductId[]> {
    const rows = await this.database.all(
      "SELECT product FROM removed_products WHERE removed_at < ? ORDER BY removed_at, product LIMIT ?",
      before,
      limit,
    );
    return rows.map((row) => idOf<"Product">(String(row.product)));
  }
}

function toEntry(row: Row): ProductLogEntry {
  return {
    cursor: Number(row.cursor),
    product: idOf<"Product">(String(row.product)),
    at: instant(Number(row.at)),
    by: { kind: row.by_kind === "user" ? "user" : "key", id: String(row.by_id), name: String(row.by_name) },
    cause: String(row.cause),
    created: row.created === 1,
    changes: stored<FieldChange[]>(row.changes),
  };
}
