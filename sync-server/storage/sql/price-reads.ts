import {
  type Instant,
  idOf,
  instant,
  type PriceListId,
  type ProductId,
  type VariantId,
} from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import { DEFAULT_PRICE_RULES, type PriceRules } from "#domain/pricing/contradictions.ts";
import type { PriceWrite } from "#domain/pricing/price-history.ts";
import type { PriceList } from "#domain/pricing/price-list.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { ChannelLists, Cost, PricedProduct, PriceReads, WhichProducts } from "../../prices/port.ts";
import { SqlCreditReads } from "./credit-reads.ts";
import type { Row } from "./database.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** As the index of ends says it. */
const ENDS = "CAST(price ->> 'validTo' AS BIGINT)";

/** What is asked of a product, as one condition. */
function conditionOf({ ids, text = "", category, list, plannedAfter }: WhichProducts): Condition {
  const asked: Condition[] = [
    ...(ids === undefined
      ? []
      : [{ sql: "id IN (SELECT value FROM json_each(?))", values: [JSON.stringify(ids)] }]),
    ...(text.trim() === "" ? [] : [{ sql: "words LIKE ? ESCAPE '\\'", values: [searchPattern(text)] }]),
    ...(category === undefined ? [] : [{ sql: "product ->> 'category' = ?", values: [category] }]),
    ...(list === undefined
      ? []
      : [
          {
            sql: "EXISTS (SELECT 1 FROM variants AS v JOIN prices AS p ON p.variant = v.id WHERE v.product = products.id AND p.list = ?)",
            values: [list],
          },
        ]),
    ...(plannedAfter === undefined
      ? []
      : [
          {
            sql: "id IN (SELECT v.product FROM prices AS p JOIN variants AS v ON v.id = p.variant WHERE p.valid_from > 0 AND p.valid_from > ?)",
            values: [plannedAfter],
          },
        ]),
  ];
  if (asked.length === 0) return { sql: "TRUE", values: [] };
  return {
    sql: asked.map(({ sql }) => sql).join(" AND "),
    values: asked.flatMap(({ values }) => [...values]),
  };
}

/** Price lists, what was on them when, and what goods cost the retailer. */
export class SqlPriceReads extends SqlCreditReads implements PriceReads {
  async priceLists(): Promise<readonly PriceList[]> {
    return (await this.database.all("SELECT id, name, currency FROM price_lists ORDER BY id")).map((row) => ({
      id: idOf<"PriceList">(String(row.id)),
      name: String(row.name),
      currency: idOf<"Currency">(String(row.currency)),
    }));
  }

  async priceCounts(): Promise<ReadonlyMap<PriceListId, number>> {
    const rows = await this.database.all("SELECT list, count(*) AS n FROM prices GROUP BY list");
    return new Map(rows.map((row) => [idOf<"PriceList">(String(row.list)), Number(row.n)]));
  }

  async channelLists(): Promise<readonly ChannelLists[]> {
    return (await this.database.all("SELECT channel, lists FROM channel_price_lists ORDER BY channel")).map(
      (row) => ({
        channel: idOf<"Channel">(String(row.channel)),
        lists: stored<readonly PriceListId[]>(row.lists),
      }),
    );
  }

  async costOf(variant: VariantId): Promise<Money | null> {
    const row = await this.database.get(
      "SELECT variant, minor, currency FROM costs WHERE variant = ?",
      variant,
    );
    return row === undefined ? null : toCost(row).cost;
  }

  async priceWrites({
    list,
    variant,
  }: {
    readonly list: PriceListId;
    readonly variant: VariantId;
  }): Promise<readonly PriceWrite[]> {
    return (
      await this.database.all(
        "SELECT at, valid_from, price FROM price_log WHERE variant = ? AND list = ? ORDER BY cursor",
        variant,
        list,
      )
    ).map((row) => ({
      at: instant(Number(row.at)),
      validFrom: row.valid_from === null ? null : instant(Number(row.valid_from)),
      price: row.price === null ? null : stored<Price>(row.price),
    }));
  }

  async pricedProducts({
    after,
    which,
    limit,
  }: {
    readonly after: ProductId | null;
    readonly which: WhichProducts;
    readonly limit: number;
  }): Promise<readonly PricedProduct[]> {
    const { sql, values } = conditionOf(which);
    const rows = await this.database.all(
      `SELECT product FROM products WHERE id > ? AND ${sql} ORDER BY id LIMIT ?`,
      after ?? "",
      ...values,
      limit,
    );
    return await this.#priced(rows);
  }

  async pricedProduct(id: ProductId): Promise<PricedProduct | null> {
    return (
      (await this.#priced(await this.database.all("SELECT product FROM products WHERE id = ?", id)))[0] ??
      null
    );
  }

  async costsVersion(): Promise<number> {
    const row = await this.database.get("SELECT value FROM retailer WHERE name = 'costs'");
    return Number(row?.value ?? 0);
  }

  async findPriced({
    which,
    offset,
    limit,
  }: {
    readonly which: WhichProducts;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly products: readonly PricedProduct[]; readonly total: number }> {
    const { sql, values } = conditionOf(which);
    const rows = await this.database.all(
      `SELECT product FROM products WHERE ${sql} ORDER BY title, id LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    );
    const total = (await this.database.get(`SELECT count(*) AS n FROM products WHERE ${sql}`, ...values))?.n;
    return { products: await this.#priced(rows), total: Number(total) };
  }

  async variantsRepriced({
    lists,
    from,
    until,
  }: {
    readonly lists: readonly PriceListId[];
    readonly from: Instant;
    readonly until: Instant;
  }): Promise<readonly VariantId[]> {
    const among = "list IN (SELECT value FROM json_each(?1))";
    return (
      await this.database.all(
        `SELECT variant FROM price_log WHERE at > ?2 AND at <= ?3 AND ${among}
          UNION SELECT variant FROM prices WHERE valid_from > 0 AND valid_from > ?2 AND valid_from <= ?3 AND ${among}
          UNION SELECT variant FROM prices WHERE ${ENDS} > ?2 AND ${ENDS} <= ?3 AND ${among}
          ORDER BY variant`,
        JSON.stringify(lists),
        from,
        until,
      )
    ).map((row) => idOf<"Variant">(String(row.variant)));
  }

  async priceRules(): Promise<PriceRules> {
    return (await this.retailers<PriceRules>("prices")) ?? DEFAULT_PRICE_RULES;
  }

  async #priced(rows: readonly Row[]): Promise<readonly PricedProduct[]> {
    const products = rows.map((row) => stored<Product>(row.product));
    const asked = JSON.stringify(products.flatMap(({ variants }) => variants.map(({ id }) => id)));
    const prices = new Map<VariantId, Price[]>();
    for (const row of await this.database.all(
      "SELECT price FROM prices WHERE variant IN (SELECT value FROM json_each(?))",
      asked,
    )) {
      const price = stored<Price>(row.price);
      const known = prices.get(price.variant);
      if (known === undefined) prices.set(price.variant, [price]);
      else known.push(price);
    }
    const costs = new Map(
      (
        await this.database.all(
          "SELECT variant, minor, currency FROM costs WHERE variant IN (SELECT value FROM json_each(?))",
          asked,
        )
      ).map((row) => [idOf<"Variant">(String(row.variant)), toCost(row)]),
    );
    return products.map((product) => ({
      product,
      prices: product.variants.flatMap(({ id }) => prices.get(id) ?? []),
      costs: product.variants.flatMap(({ id }) => costs.get(id) ?? []),
    }));
  }
}

function toCost(row: Row): Cost {
  return {
    variant: idOf<"Variant">(String(row.variant)),
    cost: money(Number(row.minor), idOf<"Currency">(String(row.currency))),
  };
}
