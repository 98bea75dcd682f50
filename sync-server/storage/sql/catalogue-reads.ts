import {
  type Instant,
  idOf,
  instant,
  type PriceListId,
  type ProductId,
  type StoreId,
  type VariantId,
} from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { CatalogueFacet } from "#protocol/hq/catalogue.ts";
import type { CatalogueProduct, CatalogueReads, CatalogueWhich } from "../../catalog/grid-port.ts";
import { type Condition, catalogueCondition, onHandOf, soldOn, untoldOn } from "./catalogue-conditions.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";
import { SqlTillReads } from "./till-reads.ts";

const FACETS: Readonly<Record<CatalogueFacet, string>> = {
  status: "c.status",
  category: "c.category",
  brand: "c.brand",
  taxClass: "c.tax_class",
  tag: "t.tag",
  channel: "h.channel",
  untold: "h.channel",
};

const CHANNELS =
  "(SELECT channel FROM connectors UNION SELECT channel FROM channel_price_lists UNION SELECT channel FROM catalogue_channels UNION SELECT w.value FROM hq_keys, json_each(hq_keys.channels) w)";

/** What a field of which a product has several values is joined by. */
const JOINS: Readonly<Partial<Record<CatalogueFacet, string>>> = {
  tag: "JOIN catalogue_tags t ON t.n = c.n",
  channel: `JOIN ${CHANNELS} h ON ${soldOn("h.channel").sql}`,
  untold: `JOIN ${CHANNELS} h ON ${untoldOn("h.channel").sql}`,
};

/** The catalogue as a grid shows it: ordered, counted and found by a narrow table beside the products. */
export class SqlCatalogueReads extends SqlTillReads implements CatalogueReads {
  async catalogueOrder(ask: Parameters<CatalogueReads["catalogueOrder"]>[0]): Promise<readonly number[]> {
    const { sql, values } = orderOf(ask);
    const row = await this.database.get(
      `SELECT json_group_array(n) AS ns FROM (${sql}) AS ordered`,
      ...values,
    );
    return stored<readonly number[]>(row?.ns);
  }

  async catalogueMatches(which: CatalogueWhich): Promise<readonly number[]> {
    const { sql, values } = catalogueCondition(this.database.engine, which);
    const row = await this.database.get(
      `SELECT json_group_array(c.n) AS ns FROM catalogue c WHERE ${sql}`,
      ...values,
    );
    return stored<readonly number[]>(row?.ns);
  }

  async catalogueChange(): Promise<number> {
    return Number(
      (
        await this.database.get(
          "SELECT max((SELECT coalesce(max(changed), 0) FROM catalogue), (SELECT changed FROM catalogue_removed)) AS n",
        )
      )?.n,
    );
  }

  async catalogueProducts({
    numbers,
    stores,
  }: Parameters<CatalogueReads["catalogueProducts"]>[0]): Promise<readonly CatalogueProduct[]> {
    const onHand = onHandOf(stores);
    return (
      await this.database.all(
        `SELECT c.n, p.product, ${onHand.sql} AS on_hand, f.at FROM json_each(?) j JOIN catalogue c ON c.n = CAST(j.value AS BIGINT) JOIN products p ON p.id = c.product
          LEFT JOIN chain_feed_rows f ON f.feed = 'catalog' AND f.collection = 'products' AND f.id = c.product ORDER BY CAST(j.key AS BIGINT)`,
        ...onHand.values,
        JSON.stringify(numbers),
      )
    ).map((row) => ({
      n: Number(row.n),
      product: stored<Product>(row.product),
      onHand: Number(row.on_hand),
      changedAt: row.at === null ? null : instant(Number(row.at)),
    }));
  }

  async catalogueIds(numbers: readonly number[]): Promise<readonly ProductId[]> {
    return (
      await this.database.all(
        "SELECT c.product FROM json_each(?) j JOIN catalogue c ON c.n = CAST(j.value AS BIGINT) ORDER BY CAST(j.key AS BIGINT)",
        JSON.stringify(numbers),
      )
    ).map((row) => idOf<"Product">(String(row.product)));
  }

  async catalogueNumbers(products: readonly ProductId[]): Promise<readonly number[]> {
    return (
      await this.database.all(
        "SELECT c.n FROM json_each(?) j JOIN catalogue c ON c.product = j.value ORDER BY CAST(j.key AS BIGINT)",
        JSON.stringify(products),
      )
    ).map((row) => Number(row.n));
  }

  async catalogueFacet(
    ask: Parameters<CatalogueReads["catalogueFacet"]>[0],
  ): Promise<readonly { readonly value: string; readonly products: number }[]> {
    const where = catalogueCondition(this.database.engine, ask, ask.of);
    const value = FACETS[ask.of];
    return (
      await this.database.all(
        `SELECT ${value} AS value, count(*) AS products FROM catalogue c ${JOINS[ask.of] ?? ""}
          WHERE ${where.sql} AND (? = '' OR folded(${value}) LIKE ? ESCAPE '\\') GROUP BY 1 ORDER BY products DESC, value LIMIT ?`,
        ...where.values,
        ask.find.trim(),
        searchPattern(ask.find),
        ask.limit,
      )
    ).map((row) => ({ value: String(row.value), products: Number(row.products) }));
  }

  async pricesOfVariants({
    variants,
    list,
  }: Parameters<CatalogueReads["pricesOfVariants"]>[0]): Promise<readonly Price[]> {
    return (
      await this.database.all(
        "SELECT p.price FROM json_each(?) j JOIN prices p ON p.variant = j.value AND p.list = ?",
        JSON.stringify(variants),
        list,
      )
    ).map((row) => stored<Price>(row.price));
  }

  async costsOfVariants(variants: readonly VariantId[]): Promise<ReadonlyMap<VariantId, Money>> {
    const rows = await this.database.all(
      "SELECT c.variant, c.minor, c.currency FROM json_each(?) j JOIN costs c ON c.variant = j.value",
      JSON.stringify(variants),
    );
    return new Map(
      rows.map((row) => [
        idOf<"Variant">(String(row.variant)),
        money(Number(row.minor), idOf<"Currency">(String(row.currency))),
      ]),
    );
  }

  async onHandOfVariants({
    variants,
    stores,
  }: Parameters<CatalogueReads["onHandOfVariants"]>[0]): Promise<ReadonlyMap<VariantId, number>> {
    const rows = await this.database.all(
      `SELECT s.variant, sum(s.on_hand) AS on_hand FROM json_each(?) v
        JOIN stock s ON s.variant = v.value AND s.store IN ${stores === null ? "(SELECT id FROM stores)" : "(SELECT value FROM json_each(?))"} GROUP BY s.variant`,
      JSON.stringify(variants),
      ...(stores === null ? [] : [JSON.stringify(stores satisfies readonly StoreId[])]),
    );
    return new Map(rows.map((row) => [idOf<"Variant">(String(row.variant)), Number(row.on_hand)]));
  }

  async cataloguePricesHoldUntil(list: PriceListId): Promise<Instant> {
    const row = await this.database.get(
      "SELECT until FROM catalogue_prices WHERE list = ? ORDER BY until LIMIT 1",
      list,
    );
    return instant(row === undefined ? Number.MAX_SAFE_INTEGER : Number(row.until));
  }
}

function orderOf({ sort, list, stores }: Parameters<CatalogueReads["catalogueOrder"]>[0]): Condition {
  switch (sort) {
    case "title":
    case "sku":
    case "changed":
      return { sql: `SELECT c.n FROM catalogue c ORDER BY c.${sort}, c.n`, values: [] };
    case "stock": {
      const onHand = onHandOf(stores);
      return { sql: `SELECT c.n FROM catalogue c ORDER BY ${onHand.sql}, c.n`, values: onHand.values };
    }
    case "price":
      return {
        sql: "SELECT n FROM catalogue_prices WHERE list = ? AND minor IS NOT NULL ORDER BY minor, n",
        values: [list ?? ""],
      };
  }
}
