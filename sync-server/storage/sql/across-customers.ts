import { idOf, instant } from "#domain/ids.ts";
import type { MeasuredRow } from "#domain/reports/across-rows.ts";
import type { ReportGroup } from "#domain/reports/reports.ts";
import type { AcrossFilter, BehindAnswer, BehindAsk, BehindRow } from "../../reports/across-port.ts";
import { keyOf, measuresOf, summedColumns, whereFacts } from "./across-rows.ts";
import type { Database } from "./database.ts";
import { Where } from "./report-rows.ts";

/** Whoever was made part of another profile since counts as that. */
const CUSTOMER = "coalesce((SELECT customer FROM former_customers WHERE former = person), person)";

/**
 * One row for each customer within a row: m0 is the customer; m1 is 1 where they had never bought before in the stores that are asked about, through any
 * channel, m2 where they had; m3 where they bought more than once in it; m4 where they bought through several channels in the whole period; m5 and m6 are
 * their baskets and what these came to.
 */
function eachCustomer(
  filter: AcrossFilter,
  by: ReportGroup | null,
  narrowed: Where,
): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const everywhere = whereFacts({ ...filter, channels: null }, null);
  const before = new Where();
  before.and("report = 'baskets' AND person <> ''");
  if (filter.stores !== null)
    before.and("store IN (SELECT value FROM json_each(?))", JSON.stringify(filter.stores));
  const key = by === null ? "''" : keyOf(by);
  return {
    sql: `WITH bought AS MATERIALIZED (
        SELECT ${key} AS key, currency, ${CUSTOMER} AS customer, min(day) AS first, max(day) AS day, max(at) AS at, max(store) AS store,
          sum(m0) AS baskets, sum(m2) AS value FROM report_facts WHERE ${narrowed.sql} AND person <> '' GROUP BY 1, 2, 3),
      several AS MATERIALIZED (
        SELECT ${CUSTOMER} AS customer FROM report_facts WHERE ${everywhere.sql} AND person <> '' GROUP BY 1 HAVING min(channel) < max(channel)),
      known AS (
        SELECT b.*, CASE WHEN EXISTS (SELECT 1 FROM report_facts WHERE ${before.sql} AND day < b.first AND person = b.customer)
            OR EXISTS (SELECT 1 FROM former_customers c WHERE c.customer = b.customer AND EXISTS (SELECT 1 FROM report_facts f
              WHERE f.report = 'baskets' AND f.person <> '' AND f.person = c.former AND f.day < b.first
                ${filter.stores === null ? "" : "AND f.store IN (SELECT value FROM json_each(?))"})) THEN 1 ELSE 0 END AS was
          FROM bought b)
      SELECT key, currency, customer, day, at, store, 1 AS m0, 1 - was AS m1, was AS m2, CASE WHEN baskets > 1 THEN 1 ELSE 0 END AS m3,
        CASE WHEN customer IN (SELECT customer FROM several) THEN 1 ELSE 0 END AS m4, baskets AS m5, value AS m6 FROM known`,
    values: [
      ...narrowed.values,
      ...everywhere.values,
      ...before.values,
      ...(filter.stores === null ? [] : [JSON.stringify(filter.stores)]),
    ],
  };
}

/** Customers by row; `by` null: all of them together, each once in each currency that they paid in. */
export async function customersOf(
  database: Database,
  filter: AcrossFilter,
  by: ReportGroup | null,
): Promise<readonly MeasuredRow[]> {
  const { sql, values } = eachCustomer(filter, by, whereFacts(filter, by));
  return (
    await database.all(
      `SELECT key, currency, ${summedColumns("customers")} FROM (${sql}) AS each GROUP BY 1, 2`,
      ...values,
    )
  ).map((row) => ({
    key: String(row.key),
    currency: idOf<"Currency">(String(row.currency)),
    measures: measuresOf(row, "customers"),
  }));
}

/** The customers of one row, whoever bought last first. */
export async function customersBehind(
  database: Database,
  { filter, group, key, currency, after, limit }: BehindAsk,
): Promise<BehindAnswer> {
  const where = whereFacts(filter, group);
  where.and("currency = ?", currency);
  if (key !== null) where.and(`${keyOf(group)} = ?`, key);
  const { sql, values } = eachCustomer(filter, null, where);
  const whole = await database.get(
    `SELECT count(*) AS count, ${summedColumns("customers")} FROM (${sql}) AS each`,
    ...values,
  );
  const page = after === null ? "" : "WHERE (e.day, e.customer) < (?, ?)";
  const rows = await database.all(
    `SELECT e.*, c.name FROM (${sql}) e LEFT JOIN customers c ON c.id = e.customer ${page} ORDER BY e.day DESC, e.customer DESC LIMIT ?`,
    ...values,
    ...(after === null ? [] : [after.day, after.id]),
    limit + 1,
  );
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
