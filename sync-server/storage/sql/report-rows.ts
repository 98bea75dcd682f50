import { idOf } from "#domain/ids.ts";
import { reportRowsOf } from "#domain/reports/answer.ts";
import type { SummedRow, SumsBy, SumsFilter } from "#domain/reports/ask.ts";
import { isLineFamily } from "#domain/reports/families.ts";
import { daysIn } from "#domain/reports/period.ts";
import type { ReportAnswer, ReportAsk } from "../../reports/port.ts";
import type { Database } from "./database.ts";
import { SUMMED, toSums } from "./report-columns.ts";
import { ALL_STORES } from "./report-writes.ts";

/** From so many days on it is cheaper to go through all lines in the order of their articles than to sort those of the days. */
const SORTED_FROM_DAYS = 32;

/** Tickets, orders and returns by mail that sales do not have yet. */
const STILL_TO_COUNT =
  "SELECT 1 FROM report_backlog UNION ALL SELECT 1 FROM report_uncounted WHERE kind IN ('order', 'mailReturn') LIMIT 1";

const ONE_OF = "IN (SELECT value FROM json_each(?))";

/** Rows of a report, from the sums that are kept by day where these know all that is asked, else from the lines. */
export async function reportOf(
  database: Database,
  { filter, by, group, main, before, offset, limit }: ReportAsk,
): Promise<ReportAnswer> {
  const rows = reportRowsOf({
    group,
    main,
    period: filter,
    summed: await summed(database, filter, by),
    before:
      before === null
        ? null
        : { period: before, summed: await summed(database, { ...filter, ...before }, by) },
    offset,
    limit,
  });
  return {
    ...rows,
    names:
      by === "value"
        ? await namesOf(
            database,
            filter.family,
            rows.rows.map(({ key }) => key),
          )
        : {},
    complete: (await database.get(STILL_TO_COUNT)) === undefined,
  };
}

/** Sums of what a filter lets through, per currency and what they are told apart by. */
export async function summed(
  database: Database,
  filter: SumsFilter,
  by: SumsBy,
): Promise<readonly SummedRow[]> {
  const { sql, values } = areSumsKept(filter) ? fromSums(filter, by) : fromLines(filter, by);
  return (await database.all(sql, ...values)).map((row) => ({
    key: String(row.key),
    currency: idOf<"Currency">(String(row.currency)),
    sums: toSums(row),
  }));
}

function areSumsKept({ family, categories }: SumsFilter): boolean {
  return family !== "article" && categories === null;
}

function fromSums({ family, from, until, stores, channels, values: of }: SumsFilter, by: SumsBy): Statement {
  const where = new Where();
  where.and("family = ?", family);
  if (stores !== null) where.and(`store ${ONE_OF}`, JSON.stringify(stores));
  else if (by === "store") where.and("store > ?", ALL_STORES);
  else where.and("store = ?", ALL_STORES);
  where.and("day >= ?", from);
  where.and("day <= ?", until);
  if (channels !== null) where.and(`channel ${ONE_OF}`, JSON.stringify(channels));
  if (of !== null) where.and(`value ${ONE_OF}`, JSON.stringify(of));
  return {
    sql: `SELECT ${by} AS key, currency, ${SUMMED} FROM report_sums WHERE ${where.sql} GROUP BY ${by}, currency`,
    values: where.values,
  };
}

function fromLines(filter: SumsFilter, by: SumsBy): Statement {
  const where = whereLines(filter);
  const column = by === "value" ? columnOf(filter) : by;
  const isSorted = filter.family === "article" && by === "value" && daysIn(filter) >= SORTED_FROM_DAYS;
  return {
    sql: `SELECT ${column} AS key, currency, ${SUMMED} FROM report_lines ${isSorted ? "INDEXED BY report_lines_by_article" : ""}
      WHERE ${where.sql} GROUP BY currency, ${column}`,
    values: where.values,
  };
}

/** The column of the lines that has the values of a family of theirs. */
export function columnOf({ family }: Pick<SumsFilter, "family">): string {
  if (family === "article") return "variant";
  if (isLineFamily(family)) return family;
  throw new RangeError(`${family} is no word of a line`);
}

/** What of the lines a filter lets through. */
export function whereLines(filter: SumsFilter): Where {
  const where = new Where();
  where.and("day >= ?", filter.from);
  where.and("day <= ?", filter.until);
  if (filter.stores !== null) where.and(`store ${ONE_OF}`, JSON.stringify(filter.stores));
  if (filter.channels !== null) where.and(`channel ${ONE_OF}`, JSON.stringify(filter.channels));
  if (filter.categories !== null) where.and(`category ${ONE_OF}`, JSON.stringify(filter.categories));
  if (filter.values !== null) where.and(`${columnOf(filter)} ${ONE_OF}`, JSON.stringify(filter.values));
  return where;
}

interface Statement {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Conditions that all hold, with what they are held against. */
export class Where {
  readonly #parts: string[] = [];
  readonly values: (string | number)[] = [];

  get sql(): string {
    return this.#parts.join(" AND ");
  }

  and(condition: string, ...values: readonly (string | number)[]): void {
    this.#parts.push(condition);
    this.values.push(...values);
  }
}

async function namesOf(
  database: Database,
  family: string,
  keys: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    (
      await database.all(
        `SELECT value, name FROM report_names WHERE family = ? AND value ${ONE_OF}`,
        family,
        JSON.stringify(keys),
      )
    ).map(({ value, name }) => [String(value), String(name)]),
  );
}
