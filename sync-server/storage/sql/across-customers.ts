import { idOf, instant } from "#domain/ids.ts";
import type { MeasuredRow } from "#domain/reports/across-rows.ts";
import { daysIn } from "#domain/reports/period.ts";
import type { ReportGroup } from "#domain/reports/reports.ts";
import type { AcrossFilter, BehindAnswer, BehindAsk, BehindRow } from "../../reports/across-port.ts";
import { keyOf, measureColumns, measuresOf, summedColumns, whereFacts } from "./across-rows.ts";
import type { Database, Row } from "./database.ts";
import type { Where } from "./report-rows.ts";

/** From so many days on it is cheaper to go through all baskets customer by customer than to sort those of the days. */
const SORTED_FROM_DAYS = 32;
/** As the index of customers' baskets has it. */
const BOUGHT = "report = 'baskets' AND person <> ''";

interface Part {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * Two tables. `bought`: what each customer bought in each row. `whom`: each customer once, with the day on which they first bought in the stores that are asked about, through any
 * channel, and whether they bought through several channels in the whole period. Whoever was made part of another profile since counts as that. The baskets are read once.
 */
function customersIn(
  filter: AcrossFilter,
  by: ReportGroup | null,
  { narrowed, isAnyoneMerged }: { readonly narrowed: Where; readonly isAnyoneMerged: boolean },
): Part {
  const everywhere = whereFacts({ ...filter, channels: null }, null);
  const customer = isAnyoneMerged
    ? "coalesce((SELECT customer FROM former_customers WHERE former = person), person)"
    : "person";
  const inStores = filter.stores === null ? "" : "AND f.store IN (SELECT value FROM json_each(?))";
  const stores = filter.stores === null ? [] : [JSON.stringify(filter.stores)];
  const firstOf = (person: string) =>
    `(SELECT min(f.day) FROM report_facts f WHERE f.report = 'baskets' AND f.person <> '' AND f.person = ${person} ${inStores})`;
  const asFormer = isAnyoneMerged
    ? `(SELECT min(${firstOf("c.former")}) FROM former_customers c WHERE c.customer = w.customer)`
    : "NULL";
  const key = by === null ? "''" : keyOf(by);
  const isSorted = daysIn(filter) >= SORTED_FROM_DAYS;
  const baskets = `report_facts ${isSorted ? "INDEXED BY report_facts_of_customer" : ""}`;
  // The few customers of some days are looked up one by one; those of a long period would be nearly all there are.
  const firsts = isSorted
    ? `firsts AS MATERIALIZED (SELECT f.person, min(f.day) AS day FROM report_facts f INDEXED BY report_facts_of_customer
        WHERE f.report = 'baskets' AND f.person <> '' ${inStores} GROUP BY f.person),`
    : "";
  return {
    sql: `bought AS MATERIALIZED (
        SELECT ${key} AS key, currency, ${customer} AS customer, min(day) AS first, max(day) AS day, max(at) AS at, max(store) AS store,
          sum(m0) AS baskets, sum(m2) AS value FROM ${baskets} WHERE ${BOUGHT} AND ${narrowed.sql} GROUP BY 3, 1, 2),
      ${firsts} whom AS MATERIALIZED (
        SELECT w.customer, w.several, ${isSorted ? "o.day" : firstOf("w.customer")} AS own_first, ${asFormer} AS former_first FROM (
          SELECT ${customer} AS customer, CASE WHEN min(channel) < max(channel) THEN 1 ELSE 0 END AS several
            FROM ${baskets} WHERE ${BOUGHT} AND ${everywhere.sql} GROUP BY 1) w ${isSorted ? "LEFT JOIN firsts o ON o.person = w.customer" : ""})`,
    values: [...narrowed.values, ...stores, ...(isAnyoneMerged ? stores : []), ...everywhere.values],
  };
}

/**
 * One row for each customer within a row: m0 is the customer; m1 is 1 where they had never bought before, m2 where they had; m3 where they bought more than once in it;
 * m4 where they bought through several channels; m5 and m6 are their baskets and what these came to.
 */
function eachOf(bought: string): string {
  const was =
    "CASE WHEN coalesce(w.own_first < b.first, false) OR coalesce(w.former_first < b.first, false) THEN 1 ELSE 0 END";
  return `SELECT b.key, b.currency, b.customer, b.day, b.at, b.store, 1 AS m0, 1 - ${was} AS m1, ${was} AS m2,
    CASE WHEN b.baskets > 1 THEN 1 ELSE 0 END AS m3, w.several AS m4, b.baskets AS m5, b.value AS m6
    FROM ${bought} b JOIN whom w ON w.customer = b.customer`;
}

async function isAnyoneMerged(database: Database): Promise<boolean> {
  return (await database.get("SELECT 1 FROM former_customers LIMIT 1")) !== undefined;
}

/** Customers by row, and all of them together, each once in each currency that they paid in. */
export async function customersOf(
  database: Database,
  filter: AcrossFilter,
  by: ReportGroup,
): Promise<{ readonly rows: readonly MeasuredRow[]; readonly totals: readonly MeasuredRow[] }> {
  const { sql, values } = customersIn(filter, by, {
    narrowed: whereFacts(filter, by),
    isAnyoneMerged: await isAnyoneMerged(database),
  });
  const found = await database.all(
    `WITH ${sql}, together AS MATERIALIZED (
        SELECT '' AS key, currency, customer, min(first) AS first, max(day) AS day, max(at) AS at, max(store) AS store, sum(baskets) AS baskets,
          sum(value) AS value FROM bought GROUP BY 2, 3)
      SELECT 0 AS whole, key, currency, ${summedColumns("customers")} FROM (${eachOf("bought")}) AS one GROUP BY 2, 3
      UNION ALL SELECT 1, key, currency, ${summedColumns("customers")} FROM (${eachOf("together")}) AS one GROUP BY 2, 3`,
    ...values,
  );
  const told = (whole: number) =>
    found
      .filter((row) => Number(row.whole) === whole)
      .map((row) => ({
        key: String(row.key),
        currency: idOf<"Currency">(String(row.currency)),
        measures: measuresOf(row, "customers"),
      }));
  return { rows: told(0), totals: told(1) };
}

/** The customers of one row, whoever bought last first. */
export async function customersBehind(
  database: Database,
  { filter, group, key, currency, after, limit }: BehindAsk,
): Promise<BehindAnswer> {
  const where = whereFacts(filter, group);
  where.and("currency = ?", currency);
  if (key !== null) where.and(`${keyOf(group)} = ?`, key);
  const { sql, values } = customersIn(filter, null, {
    narrowed: where,
    isAnyoneMerged: await isAnyoneMerged(database),
  });
  const page = after === null ? "" : "WHERE (e.day, e.customer) < (?, ?)";
  const found = await database.all(
    `WITH ${sql}, one AS MATERIALIZED (${eachOf("bought")}),
        page AS (SELECT e.*, c.name FROM one e LEFT JOIN customers c ON c.id = e.customer ${page} ORDER BY e.day DESC, e.customer DESC LIMIT ?)
      SELECT count(*) AS count, '' AS customer, '' AS day, 0 AS at, '' AS store, '' AS name, ${summedColumns("customers")} FROM one
      UNION ALL SELECT NULL, customer, day, at, store, name, ${measureColumns("customers").join(", ")} FROM page`,
    ...values,
    ...(after === null ? [] : [after.day, after.id]),
    limit + 1,
  );
  const whole = found.find(({ count }) => count !== null);
  const rows = found.filter(({ count }) => count === null).toSorted(byLast);
  const shown = rows.slice(0, limit).map(
    (row): BehindRow => ({
      kind: "customer",
      id: String(row.customer),
      number: String(row.name ?? ""),
      store: row.store === "" ? null : idOf<"Store">(String(row.store)),
      day: idOf<"BusinessDay">(String(row.day)),
      at: instant(Number(row.at)),
      measures: measuresOf(row, "customers"),
    }),
  );
  const last = shown.at(-1);
  return {
    rows: shown,
    next: rows.length > limit && last !== undefined ? { day: last.day, store: "", id: last.id } : null,
    count: Number(whole?.count ?? 0),
    measures: measuresOf(whole ?? {}, "customers"),
  };
}

/** The newest day first. */
function byLast(one: Row, other: Row): number {
  const [a, b] = [one, other].map(({ day, customer }) => `${day} ${customer}`) as [string, string];
  return a < b ? 1 : -1;
}
