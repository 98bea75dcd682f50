import type { StoreId } from "#domain/ids.ts";
import type { CatalogueFacet } from "#protocol/hq/catalogue.ts";
import type { CatalogueWhich } from "../../catalog/grid-port.ts";
import type { Database } from "./database.ts";
import { folded, searchPattern } from "./search-words.ts";

export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Fewer letters make no trigram. */
const TRIGRAM = 3;

/** What is asked of a product `c` of the table catalogue, as one condition; `without` leaves a field's own filter aside. */
export function catalogueCondition(
  engine: Database["engine"],
  { filter, list, stores }: CatalogueWhich,
  without: CatalogueFacet | null = null,
): Condition {
  const { picture, gtin, price, stock } = filter;
  const asked: Condition[] = [
    ...wordConditions(engine, filter.search),
    ...(without === "status" ? [] : oneOf("c.status", filter.status)),
    ...(without === "category" ? [] : oneOf("c.category", filter.category)),
    ...(without === "brand" ? [] : oneOf("c.brand", filter.brand)),
    ...(without === "taxClass" ? [] : oneOf("c.tax_class", filter.taxClass)),
    ...(without === "tag" || filter.tag.length === 0
      ? []
      : [
          {
            sql: "c.n IN (SELECT n FROM catalogue_tags WHERE tag IN (SELECT value FROM json_each(?)))",
            values: [JSON.stringify(filter.tag)],
          },
        ]),
    ...(without === "channel" || filter.channel.length === 0
      ? []
      : [someOf(filter.channel.map((channel) => soldOn("?", [channel])))]),
    ...(without === "untold" || filter.untold.length === 0
      ? []
      : [someOf(filter.untold.map((channel) => untoldOn("?", [channel])))]),
    ...(picture === undefined ? [] : [plain(`c.pictured = ${picture === "yes" ? 1 : 0}`)]),
    ...(gtin === undefined ? [] : [plain(`c.without_gtin ${gtin === "yes" ? "= 0" : "> 0"}`)]),
    ...(price === undefined || list === null
      ? []
      : [
          {
            sql: `c.n ${price === "yes" ? "IN" : "NOT IN"} (SELECT p.n FROM catalogue_prices p WHERE p.list = ? AND p.complete = 1)`,
            values: [list],
          },
        ]),
    ...(stock === undefined ? [] : [stockCondition(stock, stores)]),
  ];
  if (asked.length === 0) return plain("TRUE");
  return {
    sql: asked.map(({ sql }) => sql).join(" AND "),
    values: asked.flatMap(({ values }) => [...values]),
  };
}

/** Pieces of product `c` in some stores, or in all. */
export function onHandOf(stores: readonly StoreId[] | null): Condition {
  if (stores === null) return plain("c.on_hand");
  return {
    sql: "coalesce((SELECT sum(s.on_hand) FROM catalogue_stock s WHERE s.n = c.n AND s.store IN (SELECT value FROM json_each(?))), 0)",
    values: [JSON.stringify(stores)],
  };
}

/** Whether product `c` is sold on a channel. */
export function soldOn(channel: string, values: readonly string[] = []): Condition {
  return {
    sql: `coalesce((SELECT k.status FROM catalogue_channels k WHERE k.channel = ${channel} AND k.n = c.n), c.status) = 'active'`,
    values,
  };
}

/** Whether nothing is said of product `c` on a channel: neither there nor by the product itself. */
export function untoldOn(channel: string, values: readonly string[] = []): Condition {
  return {
    sql: `(c.described = 0 AND NOT EXISTS (SELECT 1 FROM catalogue_channels k WHERE k.channel = ${channel} AND k.n = c.n AND k.described = 1))`,
    values,
  };
}

function someOf(conditions: readonly Condition[]): Condition {
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(" OR ")})`,
    values: conditions.flatMap(({ values }) => [...values]),
  };
}

const STOCK = { in: "> 0", out: "= 0", negative: "< 0" } as const;

function stockCondition(state: keyof typeof STOCK, stores: readonly StoreId[] | null): Condition {
  const { sql, values } = onHandOf(stores);
  return { sql: `${sql} ${STOCK[state]}`, values };
}

/** SQLite has an index of trigrams that is asked in words of its own; PostgreSQL's serves LIKE. */
function wordConditions(engine: Database["engine"], search: string): readonly Condition[] {
  const words = folded(search.trim())
    .split(/\s+/)
    .filter((word) => word !== "");
  const isLong = (word: string) => engine === "sqlite" && [...word].length >= TRIGRAM;
  const long = words.filter(isLong);
  const short = words.filter((word) => !isLong(word));
  return [
    ...(long.length === 0
      ? []
      : [
          {
            sql: "c.n IN (SELECT rowid FROM catalogue_words WHERE catalogue_words MATCH ?)",
            values: [long.map((word) => `"${word.replaceAll('"', '""')}"`).join(" AND ")],
          },
        ]),
    ...short.map((word) => ({
      sql: "c.n IN (SELECT rowid FROM catalogue_words WHERE words LIKE ? ESCAPE '\\')",
      values: [searchPattern(word)],
    })),
  ];
}

function oneOf(column: string, values: readonly string[]): readonly Condition[] {
  if (values.length === 0) return [];
  return [{ sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] }];
}

function plain(sql: string): Condition {
  return { sql, values: [] };
}
