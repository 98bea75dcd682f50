import { type BusinessDay, idOf } from "#domain/ids.ts";
import type { AcrossRow } from "#domain/reports/across-rows.ts";
import { upliftName } from "#domain/reports/across-words.ts";
import type { Period } from "#domain/reports/period.ts";
import { daysBeforeRun, isIn, type SoldInDays, upliftOf } from "#domain/reports/uplift.ts";
import type {
  AcrossFilter,
  BehindAnswer,
  BehindAsk,
  UpliftAnswer,
  UpliftAsk,
} from "../../reports/across-port.ts";
import type { Database } from "./database.ts";
import { reportTicketsOf } from "./report-tickets.ts";
import { ALL_STORES } from "./report-writes.ts";

const ONE_OF = "IN (SELECT value FROM json_each(?))";

/** One promotion in one currency, with the days from the first to the last of a period on which it reduced something. */
interface Run {
  readonly promotion: string;
  readonly currency: string;
  readonly period: Period;
  readonly givenAway: number;
}

/** What promotions did in a period, whatever gave most away first. Each is compared with days of its own, by the articles and in the stores that it reduced. */
export async function upliftRowsOf(
  database: Database,
  { filter, offset, limit }: UpliftAsk,
): Promise<UpliftAnswer> {
  const runs = await runsOf(database, filter);
  const page = runs.slice(offset, offset + limit);
  const names = new Map(
    (
      await database.all(
        `SELECT value, name FROM report_names WHERE family = 'promotion' AND value ${ONE_OF}`,
        JSON.stringify(page.map(({ promotion }) => promotion)),
      )
    ).map(({ value, name }) => [String(value), String(name)]),
  );
  const rows: AcrossRow[] = [];
  const told: Record<string, string> = {};
  for (const run of page) {
    const { measures, why } = await upliftOfRun(database, run, filter);
    told[run.promotion] = upliftName(names.get(run.promotion) ?? run.promotion, why);
    rows.push({ key: run.promotion, currency: idOf<"Currency">(run.currency), measures, before: null });
  }
  const uncounted = await database.get("SELECT 1 FROM report_uncounted LIMIT 1");
  // Promotions share articles and baskets: what they did does not add up.
  return {
    rows: { rows, count: runs.length, totals: [] },
    names: told,
    complete: uncounted === undefined,
  };
}

async function runsOf(database: Database, { from, until, stores }: AcrossFilter): Promise<readonly Run[]> {
  const found = await database.all(
    `SELECT value, currency, min(day) AS first, max(day) AS last, sum(discount) AS given FROM report_sums
      WHERE family = 'promotion' AND store ${stores === null ? "= ?" : ONE_OF} AND day >= ? AND day <= ? AND sold_pieces > 0
      GROUP BY value, currency ORDER BY given DESC, value, currency`,
    stores === null ? ALL_STORES : JSON.stringify(stores),
    from,
    until,
  );
  return found.map((row) => ({
    promotion: String(row.value),
    currency: String(row.currency),
    period: { from: toDay(row.first), until: toDay(row.last) },
    givenAway: Number(row.given),
  }));
}

function toDay(value: unknown): BusinessDay {
  return idOf<"BusinessDay">(String(value));
}

async function upliftOfRun(database: Database, run: Run, filter: AcrossFilter) {
  const { promotion, currency, period, givenAway } = run;
  const reduced = async (column: "store" | "variant"): Promise<readonly string[]> => {
    const found = await database.all(
      `SELECT DISTINCT ${column} AS one FROM report_parts WHERE family = 'promotion' AND day >= ? AND day <= ? AND value = ? AND currency = ?
        AND sold_pieces > 0 ${filter.stores === null ? "" : `AND store ${ONE_OF}`}`,
      period.from,
      period.until,
      promotion,
      currency,
      ...(filter.stores === null ? [] : [JSON.stringify(filter.stores)]),
    );
    return found.map(({ one }) => String(one));
  };
  const own = await reduced("store");
  const stores = JSON.stringify(own);
  const articles = JSON.stringify(await reduced("variant"));
  const known = await database.get("SELECT count(*) AS count FROM stores");
  // Where it ran in every store, no line has to be asked whose it is.
  const isEverywhere = own.length === Number(known?.count ?? 0);
  const base = daysBeforeRun(period);
  const sold = (days: Period) =>
    soldIn(database, { days, currency, stores: isEverywhere ? null : stores, articles });
  const earlier = await database.get(
    `SELECT max(day) AS day FROM report_sums WHERE family = 'promotion' AND store ${ONE_OF} AND day >= ? AND day <= ? AND value = ? AND sold_pieces > 0`,
    stores,
    base.from,
    base.until,
    promotion,
  );
  const baskets = await database.get(
    `SELECT count(*) AS count FROM (SELECT DISTINCT day, store, ticket FROM report_parts WHERE family = 'promotion' AND day >= ? AND day <= ? AND value = ?
      AND currency = ? AND sold_pieces > 0 AND store ${ONE_OF}) AS basket`,
    period.from,
    period.until,
    promotion,
    currency,
    stores,
  );
  const all = await database.get(
    `SELECT coalesce(sum(m0), 0) AS count FROM report_facts WHERE report = 'baskets' AND day >= ? AND day <= ? AND currency = ? AND store ${ONE_OF}`,
    period.from,
    period.until,
    currency,
    stores,
  );
  return upliftOf({
    meanwhile: await sold(period),
    before: await sold(base),
    ranBefore: earlier?.day != null && isIn(toDay(earlier.day), base),
    givenAway,
    baskets: Number(baskets?.count ?? 0),
    allBaskets: Number(all?.count ?? 0),
  });
}

async function soldIn(
  database: Database,
  {
    days,
    currency,
    stores,
    articles,
  }: {
    readonly days: Period;
    readonly currency: string;
    /** Null: all of them. */
    readonly stores: string | null;
    readonly articles: string;
  },
): Promise<SoldInDays> {
  const row = await database.get(
    `SELECT coalesce(sum(sold_pieces - returned_pieces), 0) AS pieces, coalesce(sum(sold + returned), 0) AS value, coalesce(sum(costed_net - cost), 0) AS margin
      FROM report_lines WHERE currency = ? AND variant ${ONE_OF} AND day >= ? AND day <= ? ${stores === null ? "" : `AND store ${ONE_OF}`}`,
    currency,
    articles,
    days.from,
    days.until,
    ...(stores === null ? [] : [stores]),
  );
  return { pieces: Number(row?.pieces), value: Number(row?.value), margin: Number(row?.margin) };
}

/** The tickets that a promotion reduced something of. */
export async function promotedBaskets(database: Database, ask: BehindAsk): Promise<BehindAnswer> {
  const { filter, key, currency, after, limit } = ask;
  const { tickets, next, count, sums } = await reportTicketsOf(database, {
    filter: {
      from: filter.from,
      until: filter.until,
      family: "promotion",
      stores: filter.stores,
      channels: null,
      values: key === null ? null : [key],
      categories: null,
    },
    days: null,
    currency,
    after:
      after === null
        ? null
        : { day: toDay(after.day), store: idOf<"Store">(after.store), ticket: idOf<"Ticket">(after.id) },
    limit,
  });
  return {
    rows: tickets.map(({ ticket, order, number, store, day, at, sums: own }) => ({
      kind: order === null ? ("ticket" as const) : ("order" as const),
      id: order ?? ticket,
      number,
      store,
      day,
      at,
      measures: [own.discount, own.soldPieces > 0 ? 1 : 0],
    })),
    next: next === null ? null : { day: next.day, store: next.store, id: next.ticket },
    count,
    measures: [sums.discount, count],
  };
}
