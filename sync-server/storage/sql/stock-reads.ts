import { type Instant, idOf, instant } from "#domain/ids.ts";
import type { Product } from "#domain/product/product.ts";
import type { MovementReason } from "#domain/stock/stock.ts";
import type { LevelRecord, LevelsAsk, MovementRecord, StockReads } from "../../stock/port.ts";
import type { Row } from "./database.ts";
import { SqlProductReads } from "./product-reads.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

/** Tables in the order in which they are gone through: by title from the products, else from the levels. */
export const FROM_PRODUCTS =
  "products p CROSS JOIN variants v ON v.product = p.id CROSS JOIN stock s ON s.variant = v.id";
export const FROM_LEVELS =
  "stock s CROSS JOIN variants v ON v.id = s.variant CROSS JOIN products p ON p.id = v.product";
/** Levels are counted without their names. */
const COUNTED_FROM = "stock s CROSS JOIN variants v ON v.id = s.variant";
/** So few levels are sorted by their titles sooner than they are looked for among all articles. */
const RARE = 2_000;
export const LEVEL_COLUMNS = `s.store, s.variant, s.on_hand, s.sold_at, s.counted_at, s.moved_at, v.sku, p.product,
  (SELECT coalesce(sum(r.pieces), 0) FROM reservations r WHERE r.store = s.store AND r.variant = s.variant) AS reserved,
  (SELECT coalesce(sum(max(c.in_transit, 0)), 0) FROM goods_coming c WHERE c.store = s.store AND c.variant = s.variant) AS in_transit`;

const REORDER_POINT = "SELECT r.reorder_point FROM reorder_rules r WHERE r.kind =";
const CATEGORY =
  "(SELECT p.product ->> 'category' FROM variants v JOIN products p ON p.id = v.product WHERE v.id = s.variant)";
/** At the reorder point or below where a rule says one, the narrowest first. No level above every such point is looked at. */
const LOW = `s.on_hand <= max(?, coalesce((SELECT max(reorder_point) FROM reorder_rules), 0)) AND s.on_hand <= coalesce(
  (${REORDER_POINT} 'article' AND r.subject = s.variant AND r.store = s.store), (${REORDER_POINT} 'article' AND r.subject = s.variant AND r.store = ''),
  (${REORDER_POINT} 'category' AND r.subject = ${CATEGORY} AND r.store = s.store), (${REORDER_POINT} 'category' AND r.subject = ${CATEGORY} AND r.store = ''), ?)`;

/** What there is in the stores, and what it is made of. */
export class SqlStockReads extends SqlProductReads implements StockReads {
  async levels({
    offset,
    limit,
    ...ask
  }: Parameters<StockReads["levels"]>[0]): Promise<readonly LevelRecord[]> {
    const { where, params } = partsOf(ask);
    const from = await this.#wayThrough(ask);
    const way = ask.descending ? "DESC" : "ASC";
    const order = {
      // In the order of titles all articles would be gone through for a few: these are sorted instead.
      title: `${(await this.#isRarelyFound(ask)) ? "+" : ""}p.title ${way}, p.id ${way}, v.sku, s.store`,
      onHand: `s.on_hand ${way}, s.store, s.variant`,
      movedAt: `s.moved_at ${way}, s.store, s.variant`,
    }[ask.sort];
    return (
      await this.database.all(
        `SELECT ${LEVEL_COLUMNS} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
        ...params,
        limit,
        offset,
      )
    ).map(toLevel);
  }

  async levelCount({ limit, ...ask }: Parameters<StockReads["levelCount"]>[0]): Promise<number> {
    const { where, params } = partsOf(ask);
    const from = isOfArticles(ask) ? FROM_PRODUCTS : COUNTED_FROM;
    const row = await this.database.get(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ?) AS found`,
      ...params,
      limit,
    );
    return Number(row?.n);
  }

  /** In which order the tables are gone through: by title the products are, unless levels as they are asked for are rare. */
  async #wayThrough(ask: LevelsAsk): Promise<string> {
    if (isOfArticles(ask)) return FROM_PRODUCTS;
    if (ask.sort !== "title") return FROM_LEVELS;
    if (ask.state === "all") return FROM_PRODUCTS;
    const { where, params } = partsOf(ask);
    const row = await this.database.get(
      `SELECT count(*) AS n FROM (SELECT 1 FROM stock s WHERE ${where} LIMIT ?) AS found`,
      ...params,
      RARE,
    );
    return Number(row?.n) < RARE ? FROM_LEVELS : FROM_PRODUCTS;
  }

  async #isRarelyFound({ search }: LevelsAsk): Promise<boolean> {
    if (search.trim() === "") return false;
    const row = await this.database.get(
      "SELECT count(*) AS n FROM (SELECT 1 FROM products WHERE words LIKE ? ESCAPE '\\' LIMIT ?) AS found",
      searchPattern(search),
      RARE,
    );
    return Number(row?.n) < RARE;
  }

  async level({ store, variant }: Parameters<StockReads["level"]>[0]): Promise<LevelRecord | null> {
    const row = await this.database.get(
      `SELECT ${LEVEL_COLUMNS} FROM ${FROM_LEVELS} WHERE s.store = ? AND s.variant = ?`,
      store,
      variant,
    );
    return row === undefined ? null : toLevel(row);
  }

  async movements({
    store,
    variant,
    before,
    limit,
  }: Parameters<StockReads["movements"]>[0]): Promise<readonly MovementRecord[]> {
    return (
      await this.database.all(
        `SELECT cause, quantity, reason, at, acted_at FROM movements WHERE store = ?1 AND variant = ?2
          AND (?3 IS NULL OR (acted_at, cause) < (?3, ?4)) ORDER BY acted_at DESC, cause DESC LIMIT ?5`,
        store,
        variant,
        before?.at ?? null,
        before?.cause ?? null,
        limit,
      )
    ).map(toMovement);
  }

  async levelUpTo({ store, variant, upTo }: Parameters<StockReads["levelUpTo"]>[0]): Promise<number> {
    const row = await this.database.get(
      "SELECT coalesce(sum(quantity), 0) AS n FROM movements WHERE store = ? AND variant = ? AND (acted_at, cause) <= (?, ?)",
      store,
      variant,
      upTo.at,
      upTo.cause,
    );
    return Number(row?.n);
  }
}

/** What is asked for is said of articles, not of levels. */
function isOfArticles({ category, search }: LevelsAsk): boolean {
  return category !== "" || search.trim() !== "";
}

function partsOf(ask: LevelsAsk): {
  readonly where: string;
  readonly params: readonly (string | number)[];
} {
  const conditions: string[] = [];
  const params: (string | number)[] = [];
  const also = (condition: string, ...values: readonly (string | number)[]) => {
    conditions.push(condition);
    params.push(...values);
  };
  const [only, second] = ask.stores ?? [];
  if (only !== undefined && second === undefined) also("s.store = ?", only);
  else if (ask.stores !== null)
    also("s.store IN (SELECT value FROM json_each(?))", JSON.stringify(ask.stores));
  if (ask.category !== "") also("p.product ->> 'category' = ?", ask.category);
  if (ask.search.trim() !== "") also("p.words LIKE ? ESCAPE '\\'", searchPattern(ask.search));
  if (ask.state === "belowZero") also("s.on_hand < 0");
  if (ask.state === "low") also(LOW, ask.atMost, ask.atMost);
  if (ask.state === "idle") also("s.moved_at < ? AND s.on_hand > 0", ask.idleSince);
  return {
    where: conditions.length === 0 ? "TRUE" : conditions.join(" AND "),
    params,
  };
}

export function toLevel(row: Row): LevelRecord {
  const product = stored<Product>(row.product);
  const variant = product.variants.find(({ id }) => id === row.variant);
  return {
    store: idOf<"Store">(String(row.store)),
    variant: idOf<"Variant">(String(row.variant)),
    sku: idOf<"Sku">(String(row.sku)),
    title: product.title,
    options: variant?.options ?? [],
    category: product.category,
    onHand: Number(row.on_hand),
    reserved: Number(row.reserved),
    inTransit: Number(row.in_transit),
    soldAt: momentOrNever(row.sold_at),
    countedAt: momentOrNever(row.counted_at),
    movedAt: momentOrNever(row.moved_at),
  };
}

function momentOrNever(value: unknown): Instant | null {
  return Number(value) === 0 ? null : instant(Number(value));
}

function toMovement(row: Row): MovementRecord {
  return {
    cause: String(row.cause),
    at: instant(Number(row.acted_at)),
    bookedAt: instant(Number(row.at)),
    quantity: Number(row.quantity),
    reason: stored<MovementReason>(row.reason),
  };
}
