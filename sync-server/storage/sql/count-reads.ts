import { type AreaCountId, type CountId, idOf, instant, type VariantId } from "#domain/ids.ts";
import type { Product } from "#domain/product/product.ts";
import type { CountPlan, CountScope, CountState } from "#domain/stock/count-plan.ts";
import type {
  AreaRecord,
  CountReads,
  CountRecord,
  CountResult,
  CountTotals,
  LevelRecord,
  NamedResult,
} from "../../stock/port.ts";
import type { Row } from "./database.ts";
import { FROM_LEVELS, FROM_PRODUCTS, LEVEL_COLUMNS, SqlStockReads, toLevel } from "./stock-reads.ts";
import { stored } from "./stored.ts";

const OFF = "(r.booked IS NULL AND r.again = 0 AND r.counted <> r.expected)";
const DIFFERENCE = "coalesce(r.booked, r.counted - r.expected)";

/** Counts that HQ planned and what stores found. */
export class SqlCountReads extends SqlStockReads implements CountReads {
  async count(id: CountId): Promise<CountRecord | null> {
    const row = await this.database.get("SELECT * FROM counts WHERE id = ?", id);
    return row === undefined ? null : toCount(row);
  }

  async counts({ stores, limit }: Parameters<CountReads["counts"]>[0]): Promise<readonly CountRecord[]> {
    return (
      await this.database.all(
        `SELECT * FROM counts WHERE ?1 IS NULL OR store IN (SELECT value FROM json_each(?1)) ORDER BY at DESC, id DESC LIMIT ?2`,
        stores === null ? null : JSON.stringify(stores),
        limit,
      )
    ).map(toCount);
  }

  async countAreas(count: CountId): Promise<readonly AreaRecord[]> {
    return (await this.database.all("SELECT * FROM count_areas WHERE count = ? ORDER BY cursor", count)).map(
      toArea,
    );
  }

  async areaCount(id: AreaCountId): Promise<CountId | null> {
    const row = await this.database.get("SELECT count FROM count_areas WHERE id = ?", id);
    return row === undefined ? null : idOf<"Count">(String(row.count));
  }

  async countLines({
    count,
    variants,
  }: Parameters<CountReads["countLines"]>[0]): ReturnType<CountReads["countLines"]> {
    return (
      await this.database.all(
        "SELECT variant, area, counted, at FROM count_lines WHERE count = ? AND variant IN (SELECT value FROM json_each(?)) ORDER BY at, area, variant",
        count,
        JSON.stringify(variants),
      )
    ).map((row) => ({
      variant: idOf<"Variant">(String(row.variant)),
      area: idOf<"AreaCount">(String(row.area)),
      counted: Number(row.counted),
      at: instant(Number(row.at)),
    }));
  }

  async variantsOfArea(area: AreaCountId): Promise<readonly VariantId[]> {
    return (
      await this.database.all("SELECT variant FROM count_lines WHERE area = ? ORDER BY variant", area)
    ).map((row) => idOf<"Variant">(String(row.variant)));
  }

  async countTotals(count: CountId): Promise<CountTotals> {
    const row = await this.database.get(
      `SELECT count(*) AS counted, coalesce(sum(CASE WHEN ${OFF} THEN 1 ELSE 0 END), 0) AS off, coalesce(sum(CASE WHEN again = 0 THEN max(${DIFFERENCE}, 0) END), 0) AS surplus,
        coalesce(sum(CASE WHEN again = 0 THEN max(-(${DIFFERENCE}), 0) END), 0) AS missing, coalesce(sum(CASE WHEN booked IS NULL AND again = 0 THEN 1 ELSE 0 END), 0) AS open
        FROM count_results r WHERE count = ?`,
      count,
    );
    const areas = await this.database.get("SELECT count(*) AS n FROM count_areas WHERE count = ?", count);
    return {
      areas: Number(areas?.n),
      counted: Number(row?.counted),
      off: Number(row?.off),
      surplus: Number(row?.surplus),
      missing: Number(row?.missing),
      open: Number(row?.open),
    };
  }

  async countResults({
    count,
    off,
    offset,
    limit,
  }: Parameters<CountReads["countResults"]>[0]): Promise<readonly NamedResult[]> {
    return (
      await this.database.all(
        `SELECT r.*, v.sku, p.product FROM count_results r LEFT JOIN variants v ON v.id = r.variant LEFT JOIN products p ON p.id = v.product
          WHERE r.count = ?1 AND (?2 = 0 OR ${DIFFERENCE} <> 0) ORDER BY abs(${DIFFERENCE}) DESC, r.variant LIMIT ?3 OFFSET ?4`,
        count,
        off ? 1 : 0,
        limit,
        offset,
      )
    ).map(toNamed);
  }

  async openResults({
    count,
    after,
    limit,
  }: Parameters<CountReads["openResults"]>[0]): Promise<readonly CountResult[]> {
    return (
      await this.database.all(
        "SELECT * FROM count_results WHERE count = ? AND variant > ? AND booked IS NULL AND again = 0 ORDER BY variant LIMIT ?",
        count,
        after,
        limit,
      )
    ).map(toResult);
  }

  async countResult({
    count,
    variant,
  }: Parameters<CountReads["countResult"]>[0]): Promise<CountResult | null> {
    const row = await this.database.get(
      "SELECT * FROM count_results WHERE count = ? AND variant = ?",
      count,
      variant,
    );
    return row === undefined ? null : toResult(row);
  }

  async uncounted({
    count,
    offset,
    limit,
  }: Parameters<CountReads["uncounted"]>[0]): Promise<readonly LevelRecord[]> {
    const { from, where, params } = uncountedParts(count);
    return (
      await this.database.all(
        `SELECT ${LEVEL_COLUMNS} FROM ${from} WHERE ${where} ORDER BY p.title, p.id, v.sku LIMIT ? OFFSET ?`,
        ...params,
        limit,
        offset,
      )
    ).map(toLevel);
  }

  async uncountedTotal(count: CountRecord): Promise<number> {
    const { from, where, params } = uncountedParts(count);
    return Number(
      (await this.database.get(`SELECT count(*) AS n FROM ${from} WHERE ${where}`, ...params))?.n,
    );
  }

  async movedBetween({
    store,
    variant,
    after,
    upTo,
  }: Parameters<CountReads["movedBetween"]>[0]): Promise<number> {
    const row = await this.database.get(
      "SELECT coalesce(sum(abs(quantity)), 0) AS n FROM movements WHERE store = ? AND variant = ? AND acted_at > ? AND acted_at <= ?",
      store,
      variant,
      after,
      upTo,
    );
    return Number(row?.n);
  }

  async correctionsAfter({
    store,
    variant,
    count,
    after,
  }: Parameters<CountReads["correctionsAfter"]>[0]): Promise<number> {
    const row = await this.database.get(
      `SELECT coalesce(sum(quantity), 0) AS n FROM movements WHERE store = ?1 AND variant = ?2 AND acted_at > ?3
        AND (reason ->> 'kind' = 'counted' AND reason ->> 'count' = ?4 OR reason ->> 'kind' = 'alreadyCounted' AND reason ->> 'count' IN (
          SELECT reason ->> 'entry' FROM movements WHERE store = ?1 AND variant = ?2 AND reason ->> 'kind' = 'counted' AND reason ->> 'count' = ?4))`,
      store,
      variant,
      after,
      count,
    );
    return Number(row?.n);
  }

  async longestUncounted({
    store,
    limit,
  }: Parameters<CountReads["longestUncounted"]>[0]): Promise<readonly VariantId[]> {
    return (
      await this.database.all(
        "SELECT s.variant FROM stock s JOIN variants v ON v.id = s.variant WHERE s.store = ? ORDER BY s.counted_at, s.variant LIMIT ?",
        store,
        limit,
      )
    ).map((row) => idOf<"Variant">(String(row.variant)));
  }
}

function uncountedParts({ id, store, scope }: CountRecord): {
  readonly from: string;
  readonly where: string;
  readonly params: readonly string[];
} {
  const { from, condition, param } = SCOPES[scope.kind](scope);
  return {
    from,
    where: `s.store = ? AND s.on_hand <> 0 AND NOT EXISTS (SELECT 1 FROM count_results r WHERE r.count = ? AND r.variant = s.variant) AND ${condition}`,
    params: [store, id, ...param],
  };
}

type ScopeParts = { readonly from: string; readonly condition: string; readonly param: readonly string[] };

const SCOPES: { readonly [K in CountScope["kind"]]: (scope: CountScope) => ScopeParts } = {
  all: () => ({ from: FROM_PRODUCTS, condition: "TRUE", param: [] }),
  category: (scope) => ({
    from: FROM_PRODUCTS,
    condition: "p.product ->> 'category' = ?",
    param: scope.kind === "category" ? [scope.category] : [],
  }),
  list: (scope) => ({
    from: FROM_LEVELS,
    condition: "s.variant IN (SELECT value FROM json_each(?))",
    param: scope.kind === "list" ? [JSON.stringify(scope.variants)] : [],
  }),
};

function toCount(row: Row): CountRecord {
  return {
    ...stored<CountPlan>(row.plan),
    state: String(row.state) as CountState,
    finished:
      row.finished_at === null ? null : { at: instant(Number(row.finished_at)), by: String(row.finished_by) },
  };
}

function toArea(row: Row): AreaRecord {
  return {
    id: idOf<"AreaCount">(String(row.id)),
    count: idOf<"Count">(String(row.count)),
    area: String(row.area),
    replaces: stored<readonly AreaCountId[]>(row.replaces),
    register: Number(row.register),
    staff: String(row.staff),
    at: instant(Number(row.at)),
    leftOut: Number(row.left_out) === 1,
    articles: Number(row.articles),
    pieces: Number(row.pieces),
  };
}

function toResult(row: Row): CountResult {
  return {
    count: idOf<"Count">(String(row.count)),
    store: idOf<"Store">(String(row.store)),
    variant: idOf<"Variant">(String(row.variant)),
    counted: Number(row.counted),
    firstAt: instant(Number(row.first_at)),
    lastAt: instant(Number(row.last_at)),
    expected: Number(row.expected),
    between: Number(row.between_pieces),
    booked: row.booked === null ? null : Number(row.booked),
    again: Number(row.again) === 1,
  };
}

/** An article that is not in the catalogue any more goes by its id. */
function toNamed(row: Row): NamedResult {
  const result = toResult(row);
  if (row.product === null)
    return { ...result, sku: idOf<"Sku">(result.variant), title: result.variant, options: [], category: "" };
  const product = stored<Product>(row.product);
  const variant = product.variants.find(({ id }) => id === result.variant);
  return {
    ...result,
    sku: idOf<"Sku">(String(row.sku)),
    title: product.title,
    options: variant?.options ?? [],
    category: product.category,
  };
}
