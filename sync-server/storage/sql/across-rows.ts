import { idOf } from "#domain/ids.ts";
import { ACROSS, type AcrossName } from "#domain/reports/across.ts";
import type { Measured, MeasuredRow } from "#domain/reports/across-rows.ts";
import type { ReportGroup } from "#domain/reports/reports.ts";
import type { AcrossAnswer, AcrossAsk, AcrossFilter } from "../../reports/across-port.ts";
import { MEASURE_COLUMNS } from "./across-columns.ts";
import { customersOf } from "./across-customers.ts";
import type { Database, Row } from "./database.ts";
import { Where } from "./report-rows.ts";

const ONE_OF = "IN (SELECT value FROM json_each(?))";

/** Rows of a report across channels, and what they come to, now and in the period before. */
export async function acrossReportOf(
  database: Database,
  { filter, group, before }: AcrossAsk,
): Promise<AcrossAnswer> {
  const now = await measured(database, filter, group);
  return {
    now,
    before: before === null ? null : await measured(database, { ...filter, ...before }, group),
    names: group === "till" ? await tillNames(database, now.rows) : {},
    complete: (await database.get("SELECT 1 FROM report_uncounted LIMIT 1")) === undefined,
  };
}

async function measured(database: Database, filter: AcrossFilter, group: ReportGroup): Promise<Measured> {
  if (filter.report === "customers")
    return {
      period: { from: filter.from, until: filter.until },
      ...(await customersOf(database, filter, group)),
    };
  const whole = await summedFacts(database, filter, null);
  const rows = await summedFacts(database, filter, group);
  const period = { from: filter.from, until: filter.until };
  if (filter.report !== "returns") return { period, rows, totals: whole };
  return { period, ...(await besideSold(database, filter, group, { rows, totals: whole })) };
}

async function summedFacts(
  database: Database,
  filter: AcrossFilter,
  by: ReportGroup | null,
): Promise<readonly MeasuredRow[]> {
  const where = whereFacts(filter, by);
  const key = by === null ? "''" : keyOf(by);
  return (
    await database.all(
      `SELECT ${key} AS key, currency, ${summedColumns(filter.report)} FROM report_facts WHERE ${where.sql} GROUP BY 1, 2`,
      ...where.values,
    )
  ).map((row) => toMeasured(row, filter.report));
}

/** What was sold stands beside what came back: of the same store, channel or time, and of all where rows are reasons or ways. */
async function besideSold(
  database: Database,
  filter: AcrossFilter,
  group: ReportGroup,
  { rows, totals }: Pick<Measured, "rows" | "totals">,
): Promise<Pick<Measured, "rows" | "totals">> {
  const baskets = { ...filter, report: "baskets" } as const;
  const isOfAll = group === "value" || group === "way";
  const whole = new Map((await summedFacts(database, baskets, null)).map((row) => [row.currency, row]));
  const sold = new Map(
    (isOfAll ? [] : await summedFacts(database, baskets, group)).map((row) => [textOf(row), row]),
  );
  const beside = (row: MeasuredRow, of: MeasuredRow | undefined) => ({
    ...row,
    measures: [...row.measures, of?.measures[1] ?? 0, of?.measures[2] ?? 0],
  });
  return {
    rows: rows.map((row) => beside(row, isOfAll ? whole.get(row.currency) : sold.get(textOf(row)))),
    totals: totals.map((row) => beside(row, whole.get(row.currency))),
  };
}

function textOf({ key, currency }: MeasuredRow): string {
  return `${currency} ${key}`;
}

/** Which facts a filter lets through. Rows of colleagues and tills are of those where somebody is known. */
export function whereFacts(
  { report, from, until, stores, channels }: AcrossFilter,
  by: ReportGroup | null,
): Where {
  const where = new Where();
  where.and("report = ?", report === "customers" ? "baskets" : report);
  where.and("day >= ?", from);
  where.and("day <= ?", until);
  if (stores !== null) where.and(`store ${ONE_OF}`, JSON.stringify(stores));
  if (channels !== null) where.and(`channel ${ONE_OF}`, JSON.stringify(channels));
  if (by === "seller" && report === "attribution") where.and("person <> ''");
  return where;
}

/** The expression that rows are told apart by. Weeks begin on Monday (ISO 8601). */
export function keyOf(group: ReportGroup): string {
  switch (group) {
    case "day":
    case "store":
    case "channel":
    case "value":
      return group;
    case "week":
      return "date(day, 'weekday 0', '-6 days')";
    case "month":
      return "substr(day, 1, 7)";
    case "weekday":
      return "CASE strftime('%w', day) WHEN '0' THEN '7' ELSE strftime('%w', day) END";
    case "seller":
      return "person";
    case "till":
    case "way":
    case "shop":
      return "other";
    default:
      throw new RangeError(`${group} is no word of a fact`);
  }
}

/** The columns of a report's own measures. */
export function measureColumns(report: AcrossName): readonly string[] {
  return MEASURE_COLUMNS.slice(0, ACROSS[report].measures.length);
}

export function summedColumns(report: AcrossName): string {
  return measureColumns(report)
    .map((column) => `coalesce(sum(${column}), 0) AS ${column}`)
    .join(", ");
}

export function measuresOf(row: Row, report: AcrossName): readonly number[] {
  return measureColumns(report).map((column) => Number(row[column] ?? 0));
}

function toMeasured(row: Row, report: AcrossName): MeasuredRow {
  return {
    key: String(row.key),
    currency: idOf<"Currency">(String(row.currency)),
    measures: measuresOf(row, report),
  };
}

async function tillNames(
  database: Database,
  rows: readonly MeasuredRow[],
): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    (
      await database.all(
        `SELECT d.id, s.code || ' ' || d.name AS name FROM devices d JOIN stores s ON s.id = d.store WHERE d.id ${ONE_OF}`,
        JSON.stringify(rows.map(({ key }) => key)),
      )
    ).map(({ id, name }) => [String(id), String(name)]),
  );
}
