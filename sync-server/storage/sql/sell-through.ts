import { idOf, instant } from "#domain/ids.ts";
import { ACROSS, NO_CURRENCY } from "#domain/reports/across.ts";
import type { AcrossRow } from "#domain/reports/across-rows.ts";
import type { Period } from "#domain/reports/period.ts";
import { daysIn } from "#domain/reports/period.ts";
import type { ReportGroup } from "#domain/reports/reports.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import type {
  AcrossFilter,
  BehindAnswer,
  BehindAsk,
  BehindRow,
  SellThroughAnswer,
  SellThroughAsk,
} from "../../reports/across-port.ts";
import type { Database, Row } from "./database.ts";

const MEASURES = ACROSS.sellThrough.measures;
/** In quotes: without them PostgreSQL knows no large letters. */
const COLUMNS = MEASURES.map((name) => `"${name}"`);
const MIDNIGHT = "T00:00";

interface Part {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Rows of a part of all that there are, whatever sold most first, and what all of them come to; the period before beside each. */
export async function sellThroughOf(
  database: Database,
  { filter, group, before, offset, limit }: SellThroughAsk,
): Promise<SellThroughAnswer> {
  const now = await groupedLevels(database, filter, group);
  const then = before === null ? null : await groupedLevels(database, { ...filter, ...before }, group);
  const former = then === null ? "" : `, former AS MATERIALIZED (${then.sql})`;
  const beside =
    then === null
      ? { columns: COLUMNS.map((column) => `0 AS ${was(column)}`), join: "" }
      : {
          columns: COLUMNS.map((column) => `coalesce(f.${column}, 0) AS ${was(column)}`),
          join: "LEFT JOIN former f ON f.key = n.key",
        };
  const own = [...COLUMNS, ...COLUMNS.map(was)];
  const found = await database.all(
    `WITH present AS MATERIALIZED (${now.sql})${former},
      paired AS MATERIALIZED (SELECT n.*, ${beside.columns.join(", ")} FROM present n ${beside.join}),
      told AS MATERIALIZED (SELECT * FROM paired WHERE ${own.map((name) => `${name} <> 0`).join(" OR ")}),
      page AS (SELECT * FROM told ORDER BY abs("soldFromStock") DESC, key LIMIT ? OFFSET ?)
      SELECT 1 AS whole, '' AS key, count(*) AS count, ${own.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(", ")} FROM told
      UNION ALL SELECT 0, key, 0, ${own.join(", ")} FROM page`,
    ...now.values,
    ...(then?.values ?? []),
    limit,
    offset,
  );
  const toRow = (row: Row): AcrossRow => ({
    key: String(row.key),
    currency: NO_CURRENCY,
    measures: measuresIn(row),
    before: before === null ? null : measuresIn(row, "was_"),
  });
  const rows = found.filter(({ whole }) => whole === 0).map(toRow);
  const wholes = found.filter(({ whole, count }) => whole === 1 && count !== 0);
  return {
    rows: {
      rows: rows.toSorted((a, b) => soldIn(b) - soldIn(a) || (a.key < b.key ? -1 : 1)),
      count: Number(wholes[0]?.count ?? 0),
      totals: wholes.map(toRow),
    },
    names: group === "article" ? await articleNames(database, rows) : {},
  };
}

/** The column of the period before that stands beside one. */
function was(column: string): string {
  return column.replace('"', '"was_');
}

function soldIn({ measures }: AcrossRow): number {
  return Math.abs(measures[MEASURES.indexOf("soldFromStock")] ?? 0);
}

/** The levels that a row is made of, by store and article. */
export async function levelsBehind(
  database: Database,
  { filter, group, key, after, limit }: BehindAsk,
): Promise<BehindAnswer> {
  const levels = await levelsOf(database, filter, { group, key });
  const isNarrower = group === "category" && key !== null;
  const told = COLUMNS.map((column) => `${column} <> 0`).join(" OR ");
  const found = await database.all(
    `WITH levels AS MATERIALIZED (SELECT l.* FROM (${levels.sql}) l WHERE (${told}) ${isNarrower ? `AND ${keyOf(group)} = ?` : ""}),
      page AS (SELECT * FROM levels ${after === null ? "" : "WHERE (store, variant) > (?, ?)"} ORDER BY store, variant LIMIT ?)
      SELECT count(*) AS count, '' AS store, '' AS variant, 0 AS moved_at, ${summed("")} FROM levels
      UNION ALL SELECT NULL, store, variant, moved_at, ${COLUMNS.join(", ")} FROM page`,
    ...levels.values,
    ...(isNarrower ? [key] : []),
    ...(after === null ? [] : [after.store, after.id]),
    limit + 1,
  );
  const whole = found.find(({ count }) => count !== null);
  const rows = found.filter(({ count }) => count === null).toSorted(byPlace);
  const page = rows.slice(0, limit);
  const names = await articleNames(
    database,
    page.map(({ variant }) => ({ key: String(variant) })),
  );
  const shown = page.map(
    (row): BehindRow => ({
      kind: "level",
      id: String(row.variant),
      number: names[String(row.variant)] ?? String(row.variant),
      store: idOf<"Store">(String(row.store)),
      day: filter.until,
      at: instant(Number(row.moved_at)),
      measures: measuresIn(row),
    }),
  );
  const last = shown.at(-1);
  return {
    rows: shown,
    next:
      rows.length > limit && last !== undefined
        ? { day: last.day, store: last.store ?? "", id: last.id }
        : null,
    count: Number(whole?.count ?? 0),
    measures: measuresIn(whole ?? {}),
  };
}

function byPlace(one: Row, other: Row): number {
  if (one.store === other.store) return String(one.variant) < String(other.variant) ? -1 : 1;
  return String(one.store) < String(other.store) ? -1 : 1;
}

/**
 * One row for each store and article of which anything ever moved until the period ended. Days are those of each store's clocks. What came back is taken off
 * what was sold; `otherwise` is all else, so that opening + received - sold + otherwise is what there is at the end.
 */
async function levelsOf(
  database: Database,
  filter: AcrossFilter,
  { group, key }: Pick<BehindAsk, "group" | "key"> = { group: "category", key: null },
): Promise<Part> {
  const article = group === "article" ? key : null;
  const asked = (await boundsOf(database, filter)).filter(
    ([store]) => group !== "store" || key === null || store === key,
  );
  const levels = togetherOf(asked).map(({ first, end, stores }) => ({
    sql: `SELECT store, variant, max(acted_at) AS moved_at, sum(quantity) AS closing, sum(iif(acted_at < ${first}, quantity, 0)) AS opening,
        sum(iif(acted_at >= ${first} AND moved_as = 'received', quantity, 0)) AS received,
        -sum(iif(acted_at >= ${first} AND moved_as = 'sold', quantity, 0)) AS sold
      FROM movements WHERE store IN (SELECT value FROM json_each(?)) AND acted_at < ${end} ${article === null ? "" : "AND variant = ?"}
      GROUP BY store, variant`,
    values: [JSON.stringify(stores), ...(article === null ? [] : [article])],
  }));
  return {
    sql: `SELECT store, variant, opening, received, sold AS "soldFromStock", closing - opening - received + sold AS otherwise, closing,
        max(opening + received, 0) AS available, max(closing, 0) * ${daysIn(filter)} AS "pieceDays",
        CASE WHEN sold <= 0 THEN max(closing, 0) ELSE 0 END AS dead, moved_at
      FROM (${levels.map(({ sql }) => sql).join(" UNION ALL ")}) AS level`,
    values: levels.flatMap(({ values }) => values),
  };
}

/** Stores whose clocks begin and end the period at the same moments: one run over the index for each, in its order. At least one, of no store where there are none. */
function togetherOf(
  bounds: readonly (readonly [string, number, number])[],
): readonly { readonly first: number; readonly end: number; readonly stores: readonly string[] }[] {
  const all = new Map<string, { readonly first: number; readonly end: number; readonly stores: string[] }>();
  for (const [store, first, end] of bounds) {
    const found = all.get(`${first} ${end}`) ?? { first, end, stores: [] };
    found.stores.push(store);
    all.set(`${first} ${end}`, found);
  }
  return all.size === 0 ? [{ first: 0, end: 0, stores: [] }] : [...all.values()];
}

/** Rows of categories are made of those of articles: there are fewer of these to be looked up than levels. */
async function groupedLevels(database: Database, filter: AcrossFilter, group: ReportGroup): Promise<Part> {
  const levels = await levelsOf(database, filter);
  const by = group === "store" ? "store" : "variant";
  const first = `SELECT ${by}, ${summed("l.")} FROM (${levels.sql}) l GROUP BY ${by}`;
  const sql =
    group === "category"
      ? `SELECT ${keyOf(group)} AS key, ${summed("l.")} FROM (${first}) l GROUP BY 1`
      : `SELECT ${keyOf(group)} AS key, ${COLUMNS.join(", ")} FROM (${first}) l`;
  return { sql, values: levels.values };
}

function keyOf(group: ReportGroup): string {
  switch (group) {
    case "store":
      return "l.store";
    case "article":
      return "l.variant";
    case "category":
      return "coalesce((SELECT c.category FROM variants v JOIN catalogue c ON c.product = v.product WHERE v.id = l.variant), '')";
    default:
      throw new RangeError(`${group} is no word of a level`);
  }
}

/** When the period begins and ends in each store that is asked about. */
async function boundsOf(
  database: Database,
  { from, until, stores }: AcrossFilter,
): Promise<readonly (readonly [string, number, number])[]> {
  return (await database.all("SELECT id, settings ->> 'timeZone' AS zone FROM stores")).flatMap(
    ({ id, zone }) => {
      const store = idOf<"Store">(String(id));
      if (stores !== null && !stores.includes(store)) return [];
      const timeZone = String(zone ?? "UTC");
      const first = instantOfLocalTime({ text: `${from}${MIDNIGHT}`, timeZone });
      const end = instantOfLocalTime({ text: `${dayAfter(until)}${MIDNIGHT}`, timeZone });
      return first === null || end === null ? [] : [[store, first, end] as const];
    },
  );
}

function dayAfter(day: Period["until"]): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, day.length);
}

function summed(of: string): string {
  return COLUMNS.map((column) => `coalesce(sum(${of}${column}), 0) AS ${column}`).join(", ");
}

function measuresIn(row: Row, before = ""): readonly number[] {
  return MEASURES.map((name) => Number(row[`${before}${name}`] ?? 0));
}

async function articleNames(
  database: Database,
  rows: readonly { readonly key: string }[],
): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    (
      await database.all(
        "SELECT v.id, p.title || ' ' || v.sku AS name FROM variants v JOIN products p ON p.id = v.product WHERE v.id IN (SELECT value FROM json_each(?))",
        JSON.stringify(rows.map(({ key }) => key)),
      )
    ).map(({ id, name }) => [String(id), String(name)]),
  );
}
