import type { PriceListId, ProductId, StoreId, VariantId } from "#domain/ids.ts";
import { standingPrice } from "#domain/pricing/price-of.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import type { CatalogueWrites } from "../../catalog/grid-port.ts";
import { insertRows } from "./insert-rows.ts";
import { folded, searchWords } from "./search-words.ts";
import { stored } from "./stored.ts";
import { SqlTillWrites } from "./till-writes.ts";

/** The highest so far, of products that were taken away as well: what people look at by it is never another product's, nor another moment's. */
const HIGHEST = (column: "n" | "changed") =>
  `max((SELECT coalesce(max(${column}), 0) FROM catalogue), (SELECT ${column} FROM catalogue_removed))`;
/** What a catalogue's next change is numbered: changed since is asked by it, and no two products ever have the same. */
export const NEXT_CHANGE = `${HIGHEST("changed")} + 1`;
const PUT_ROW = `INSERT INTO catalogue (n, product, title, sku, brand, category, tax_class, status, pictured, without_gtin, variants, changed)
  VALUES (${HIGHEST("n")} + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${NEXT_CHANGE}) ON CONFLICT (product) DO UPDATE SET
  title = excluded.title, sku = excluded.sku, brand = excluded.brand, category = excluded.category, tax_class = excluded.tax_class, status = excluded.status,
  pictured = excluded.pictured, without_gtin = excluded.without_gtin, variants = excluded.variants, changed = excluded.changed RETURNING n`;
/** Later than any clock shows. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** Keeps what the catalogue is ordered, counted and found by beside the products. */
export class SqlCatalogueWrites extends SqlTillWrites implements CatalogueWrites {
  async freshenCataloguePrices({
    list,
    at,
    limit,
  }: Parameters<CatalogueWrites["freshenCataloguePrices"]>[0]): Promise<void> {
    const stale = await this.database.all(
      "SELECT p.n, c.variants FROM catalogue_prices p JOIN catalogue c ON c.n = p.n WHERE p.until <= ? AND p.list = ? LIMIT ?",
      at,
      list,
      limit,
    );
    for (const { n, variants } of stale) {
      const prices = (
        await this.database.all(
          "SELECT p.price FROM catalogue c JOIN variants v ON v.product = c.product JOIN prices p ON p.variant = v.id AND p.list = ? WHERE c.n = ?",
          list,
          Number(n),
        )
      ).map((row) => stored<Price>(row.price));
      const standing = [...new Set(prices.map(({ variant }) => variant))]
        .map((id) => prices.filter(({ variant }) => variant === id))
        .map((own) => standingPrice({ prices: own, list, at })?.amount.minor)
        .filter((minor) => minor !== undefined);
      const later = prices.map(({ validFrom }) => validFrom ?? 0).filter((from) => from > at);
      await this.database.run(
        "UPDATE catalogue_prices SET minor = ?, complete = ?, until = ? WHERE list = ? AND n = ?",
        standing.length === 0 ? null : Math.min(...standing),
        standing.length > 0 && standing.length === Number(variants) ? 1 : 0,
        Math.min(NEVER, ...later),
        list,
        Number(n),
      );
    }
  }

  protected async variantIdsOf(product: ProductId): Promise<readonly string[]> {
    return (await this.database.all("SELECT id FROM variants WHERE product = ? ORDER BY id", product)).map(
      ({ id }) => String(id),
    );
  }

  /** Before a product is taken away. */
  protected async noteOutOfCatalogue(product: ProductId): Promise<void> {
    await this.database.run(`UPDATE catalogue_removed SET n = ${HIGHEST("n")}, changed = ${NEXT_CHANGE}`);
    await this.database.run(
      `INSERT INTO catalogue_gone (product, changed) SELECT ?, changed FROM catalogue_removed WHERE one = 1
        ON CONFLICT (product) DO UPDATE SET changed = excluded.changed`,
      product,
    );
    for (const table of [
      "catalogue_words",
      "catalogue_tags",
      "catalogue_stock",
      "catalogue_prices",
      "catalogue_channels",
    ])
      await this.database.run(
        `DELETE FROM ${table} WHERE ${table === "catalogue_words" ? "rowid" : "n"} IN (SELECT n FROM catalogue WHERE product = ?)`,
        product,
      );
    await this.database.run("DELETE FROM catalogue WHERE product = ?", product);
  }

  /** After a product was written; `before` are the variants that it had. */
  protected async noteInCatalogue(product: Product, before: readonly string[]): Promise<void> {
    const { variants } = product;
    const known = await this.database.get(
      "SELECT c.n, w.words FROM catalogue c JOIN catalogue_words w ON w.rowid = c.n WHERE c.product = ?",
      product.id,
    );
    const row = await this.database.get(
      PUT_ROW,
      product.id,
      folded(product.title),
      variants[0]?.sku ?? "",
      product.brand,
      product.category,
      product.taxClass,
      product.status,
      product.image === null ? 0 : 1,
      variants.filter(({ gtins }) => gtins.length === 0).length,
      variants.length,
    );
    const n = Number(row?.n);
    const words = searchWords(product);
    if (known?.words !== words) {
      if (known !== undefined) await this.database.run("DELETE FROM catalogue_words WHERE rowid = ?", n);
      await this.database.run("INSERT INTO catalogue_words (rowid, words) VALUES (?, ?)", n, words);
    }
    if (known !== undefined) await this.database.run("DELETE FROM catalogue_tags WHERE n = ?", n);
    else await this.database.run("DELETE FROM catalogue_gone WHERE product = ?", product.id);
    for (const tag of new Set(product.tags))
      await this.database.run("INSERT INTO catalogue_tags (tag, n) VALUES (?, ?)", tag, n);
    const after = variants.map(({ id }) => id).toSorted();
    if (after.join() !== before.join()) await this.#noteVariants(n, { product, isNew: before.length === 0 });
  }

  /** What was counted of its variants so far is no longer the sum of those that it has. */
  async #noteVariants(
    n: number,
    { product, isNew }: { readonly product: Product; readonly isNew: boolean },
  ): Promise<void> {
    await this.database.run(
      `INSERT INTO catalogue_prices (list, n, minor, complete, until)
        SELECT DISTINCT p.list, ?1, CAST(NULL AS BIGINT), 0, 0 FROM prices p WHERE p.variant IN (SELECT id FROM variants WHERE product = ?2)
        ON CONFLICT (list, n) DO UPDATE SET until = 0`,
      n,
      product.id,
    );
    if (isNew && !(await this.#hasStock(product))) return;
    await this.database.run("UPDATE catalogue_prices SET until = 0 WHERE n = ?", n);
    await this.database.run("DELETE FROM catalogue_stock WHERE n = ?", n);
    await this.database.run(
      `INSERT INTO catalogue_stock (n, store, on_hand) SELECT ?1, s.store, sum(s.on_hand) FROM stores o JOIN variants v ON v.product = ?2
        JOIN stock s ON s.store = o.id AND s.variant = v.id GROUP BY s.store`,
      n,
      product.id,
    );
    await this.database.run(
      "UPDATE catalogue SET on_hand = coalesce((SELECT sum(s.on_hand) FROM catalogue_stock s WHERE s.n = catalogue.n), 0) WHERE n = ?",
      n,
    );
  }

  async #hasStock({ id }: Product): Promise<boolean> {
    const found = await this.database.get(
      "SELECT 1 AS found FROM variants v JOIN stock s ON s.variant = v.id WHERE v.product = ? LIMIT 1",
      id,
    );
    return found !== undefined;
  }

  /** What stands on the list is looked at again before anybody sees products in its order. */
  protected async notePriceChanged({
    list,
    variant,
  }: {
    readonly list: PriceListId;
    readonly variant: VariantId;
  }): Promise<void> {
    await this.database.run(
      `INSERT INTO catalogue_prices (list, n, minor, complete, until)
        SELECT ?, c.n, CAST(NULL AS BIGINT), 0, 0 FROM variants v JOIN catalogue c ON c.product = v.product WHERE v.id = ? ON CONFLICT (list, n) DO UPDATE SET until = 0`,
      list,
      variant,
    );
  }

  /** Pieces of a product are added up over its variants, and those that all stores have of it over stores as well. */
  protected async noteOnHand(movements: readonly StockMovement[]): Promise<void> {
    const rows = await this.database.all(
      "SELECT v.id, c.n FROM variants v JOIN catalogue c ON c.product = v.product WHERE v.id IN (SELECT value FROM json_each(?))",
      JSON.stringify([...new Set(movements.map(({ variant }) => variant))]),
    );
    const productOf = new Map(rows.map(({ id, n }) => [String(id), Number(n)]));
    const everywhere = new Map<number, number>();
    const inStores = new Map<string, readonly [product: number, store: StoreId, pieces: number]>();
    for (const { store, variant, quantity } of movements) {
      const product = productOf.get(variant);
      if (product === undefined) continue;
      everywhere.set(product, (everywhere.get(product) ?? 0) + quantity);
      const key = `${product} ${store}`;
      inStores.set(key, [product, store, (inStores.get(key)?.[2] ?? 0) + quantity]);
    }
    if (everywhere.size === 0) return;
    this.database.send(
      `UPDATE catalogue SET on_hand = catalogue.on_hand + w.pieces
        FROM (SELECT CAST(key AS BIGINT) AS n, CAST(value AS BIGINT) AS pieces FROM json_each(?)) AS w WHERE catalogue.n = w.n`,
      JSON.stringify(Object.fromEntries(everywhere)),
    );
    await insertRows(this.database, {
      into: "catalogue_stock (n, store, on_hand)",
      rows: [...inStores.values()],
      tail: "ON CONFLICT (n, store) DO UPDATE SET on_hand = catalogue_stock.on_hand + excluded.on_hand",
    });
  }
}
