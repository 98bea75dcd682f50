import { idOf, instant } from "#domain/ids.ts";
import type { AcrossSubject } from "#domain/reports/across.ts";
import type { BehindAnswer, BehindAsk, BehindRow } from "../../reports/across-port.ts";
import { customersBehind } from "./across-customers.ts";
import { keyOf, measureColumns, measuresOf, summedColumns, whereFacts } from "./across-rows.ts";
import type { Database, Row } from "./database.ts";
import { levelsBehind } from "./sell-through.ts";
import { promotedBaskets } from "./uplift-rows.ts";

/** What one row of a report across channels is made of: tickets, orders, drawers or customers, newest day first. */
export async function acrossBehindOf(database: Database, ask: BehindAsk): Promise<BehindAnswer> {
  const { filter, group, key, currency, after, limit } = ask;
  const { report } = filter;
  if (report === "sellThrough") return await levelsBehind(database, ask);
  if (report === "customers") return await customersBehind(database, ask);
  if (report === "uplift") return await promotedBaskets(database, ask);
  const where = whereFacts(filter, group);
  where.and("currency = ?", currency);
  if (key !== null) where.and(`${keyOf(group)} = ?`, key);
  // What says nothing for a figure is no part of it.
  where.and(
    `(${measureColumns(report)
      .map((column) => `${column} <> 0`)
      .join(" OR ")})`,
  );
  const whole = await database.get(
    `SELECT count(*) AS count, ${summedColumns(report)} FROM (SELECT ${summedColumns(report)} FROM report_facts WHERE ${where.sql} GROUP BY day, store, id) AS each`,
    ...where.values,
  );
  if (after !== null) where.and("(day, store, id) < (?, ?, ?)", after.day, after.store, after.id);
  const rows = await database.all(
    `SELECT day, store, id, max(kind) AS kind, max(number) AS number, max(at) AS at, ${summedColumns(report)} FROM report_facts WHERE ${where.sql} GROUP BY day, store, id
      ORDER BY day DESC, store DESC, id DESC LIMIT ?`,
    ...where.values,
    limit + 1,
  );
  const shown = rows.slice(0, limit).map((row) => toRow(row, measuresOf(row, report)));
  const last = shown.at(-1);
  return {
    rows: shown,
    next:
      rows.length > limit && last !== undefined
        ? { day: last.day, store: last.store ?? "", id: last.id }
        : null,
    count: Number(whole?.count ?? 0),
    measures: measuresOf(whole ?? {}, report),
  };
}

function toRow(row: Row, measures: readonly number[]): BehindRow {
  return {
    kind: String(row.kind) as AcrossSubject,
    id: String(row.id),
    number: String(row.number),
    store: row.store === "" ? null : idOf<"Store">(String(row.store)),
    day: idOf<"BusinessDay">(String(row.day)),
    at: instant(Number(row.at)),
    measures,
  };
}
