import type { ImageHash, Instant, ProductId } from "#domain/ids.ts";
import type { Attribute, ProductDetails, ProductLogEntry } from "#domain/product/catalogue-product.ts";
import type { ImportRecord, ProductWrites } from "../../catalog/port.ts";
import { SqlAccessWrites } from "./access-writes.ts";

/** What is said of products besides what tills hold, and what became of them. */
export class SqlProductWrites extends SqlAccessWrites implements ProductWrites {
  async putProductDetails(id: ProductId, details: ProductDetails): Promise<void> {
    await this.database.run(
      "INSERT INTO product_details (product, details) VALUES (?, ?) ON CONFLICT (product) DO UPDATE SET details = excluded.details",
      id,
      JSON.stringify(details),
    );
    await this.#noteChannels(id, details);
  }

  /** What the catalogue is found by of it. */
  async #noteChannels(id: ProductId, { description, channels }: ProductDetails): Promise<void> {
    const row = await this.database.get(
      "UPDATE catalogue SET described = ? WHERE product = ? RETURNING n",
      description.trim() === "" ? 0 : 1,
      id,
    );
    if (row === undefined) return;
    await this.database.run("DELETE FROM catalogue_channels WHERE n = ?", Number(row.n));
    for (const [channel, texts] of Object.entries(channels))
      await this.database.run(
        "INSERT INTO catalogue_channels (channel, n, status, described) VALUES (?, ?, ?, ?)",
        channel,
        Number(row.n),
        texts.status,
        (texts.description ?? "").trim() === "" ? 0 : 1,
      );
  }

  async logProduct({
    product,
    at,
    by,
    cause,
    created,
    changes,
  }: Omit<ProductLogEntry, "cursor">): Promise<number> {
    const row = await this.database.get(
      "INSERT INTO product_log (product, at, by_kind, by_id, by_name, cause, created, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING cursor",
      product,
      at,
      by.kind,
      by.id,
      by.name,
      cause,
      created ? 1 : 0,
      JSON.stringify(changes),
    );
    return Number(row?.cursor);
  }

  async putProductAttributes(attributes: readonly Attribute[]): Promise<void> {
    await this.putRetailers("attributes", attributes);
  }

  async removeProduct(id: ProductId): Promise<void> {
    await this.database.run(
      "DELETE FROM gtins WHERE variant IN (SELECT id FROM variants WHERE product = ?)",
      id,
    );
    await this.database.run(
      "DELETE FROM costs WHERE variant IN (SELECT id FROM variants WHERE product = ?)",
      id,
    );
    await this.noteOutOfCatalogue(id);
    await this.database.run("DELETE FROM variants WHERE product = ?", id);
    await this.database.run("DELETE FROM products WHERE id = ?", id);
    await this.database.run("DELETE FROM product_details WHERE product = ?", id);
  }

  async putImportJob(job: ImportRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO import_jobs (id, at, data) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, data = excluded.data",
      job.id,
      job.at,
      JSON.stringify(job),
    );
  }

  async addImportFindings(job: string, findings: readonly unknown[]): Promise<void> {
    for (const finding of findings)
      await this.database.run(
        "INSERT INTO import_findings (job, finding) VALUES (?, ?)",
        job,
        JSON.stringify(finding),
      );
  }

  async dropImportFindings(job: string): Promise<void> {
    await this.database.run("DELETE FROM import_findings WHERE job = ?", job);
  }

  async keepNewestImportJobs(count: number): Promise<void> {
    const old = "SELECT id FROM import_jobs ORDER BY at DESC, id DESC LIMIT 1000000000 OFFSET ?";
    await this.database.run(`DELETE FROM import_findings WHERE job IN (${old})`, count);
    await this.database.run(
      `DELETE FROM value_changes WHERE cause IN (SELECT 'import:' || id FROM (${old}) AS old)`,
      count,
    );
    await this.database.run(`DELETE FROM import_jobs WHERE id IN (${old})`, count);
  }

  async notePicture(hash: ImageHash, at: Instant): Promise<void> {
    await this.database.run(
      `INSERT INTO catalogue_pictures (hash, unused_since) VALUES (?1, ?2)
        ON CONFLICT (hash) DO UPDATE SET unused_since = excluded.unused_since WHERE catalogue_pictures.unused_since IS NOT NULL`,
      hash,
      at,
    );
  }

  async putPictureUses({
    product,
    hashes,
    at,
  }: Parameters<ProductWrites["putPictureUses"]>[0]): Promise<void> {
    const shown = JSON.stringify(hashes);
    await this.database.run(
      "UPDATE catalogue_pictures SET unused_since = NULL WHERE hash IN (SELECT value FROM json_each(?))",
      shown,
    );
    await this.database.run(
      `UPDATE catalogue_pictures SET unused_since = ?3 WHERE hash IN (
          SELECT u.hash FROM picture_uses AS u WHERE u.product = ?1 AND u.hash NOT IN (SELECT value FROM json_each(?2))
            AND NOT EXISTS (SELECT 1 FROM picture_uses AS other WHERE other.hash = u.hash AND other.product <> ?1))`,
      product,
      shown,
      at,
    );
    await this.database.run("DELETE FROM picture_uses WHERE product = ?", product);
    await this.database.run(
      "INSERT INTO picture_uses (product, hash) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
      product,
      shown,
    );
  }

  async dropUnusedPictures({
    before,
    limit,
  }: Parameters<ProductWrites["dropUnusedPictures"]>[0]): Promise<number> {
    const rows = await this.database.all(
      "DELETE FROM catalogue_pictures WHERE hash IN (SELECT hash FROM catalogue_pictures WHERE unused_since < ? ORDER BY unused_since LIMIT ?) RETURNING hash",
      before,
      limit,
    );
    for (const { hash } of rows) await this.database.run("DELETE FROM pictures WHERE hash = ?", String(hash));
    return rows.length;
  }
}
