import { AUDIT_CHECKS, type AuditCheckName } from "#domain/data-audit/checks.ts";
import { idOf, instant } from "#domain/ids.ts";
import type {
  AuditRowRecord,
  AuditRowsRead,
  DataAuditAsideReads,
  StoreCount,
} from "../../data-audit/port.ts";
import { AUDIT_STATEMENTS, firstDay } from "./data-audit-checks.ts";
import type { Database, Row } from "./database.ts";
import { stored } from "./stored.ts";

const MAX_CHANNELS = 50;

/** How many a check finds in each store, and the tickets of each where these are compared. */
export async function auditCountsOf(
  database: Database,
  { check, at }: Parameters<DataAuditAsideReads["auditCounts"]>[0],
): Promise<readonly StoreCount[] | null> {
  const statement = (await AUDIT_STATEMENTS[check]?.(database, at)) ?? null;
  if (statement === null) return null;
  const counts = new Map(
    (
      await database.all(
        `SELECT store, count(*) AS n FROM (${statement.sql}) AS found GROUP BY store`,
        ...statement.values,
      )
    ).map(({ store, n }) => [String(store), Number(n)]),
  );
  const tickets = new Map<string, number>();
  if (AUDIT_CHECKS[check].counted === "period")
    for (const row of await database.all(
      "SELECT s.id, (SELECT count(*) FROM tickets t WHERE t.store = s.id AND t.day >= ?) AS n FROM stores s",
      firstDay(at),
    ))
      tickets.set(String(row.id), Number(row.n));
  return [...new Set([...counts.keys(), ...tickets.keys()])].map((store) => ({
    store: store === "" ? null : idOf<"Store">(store),
    count: counts.get(store) ?? 0,
    tickets: tickets.get(store) ?? 0,
  }));
}

/** A page of what a check finds now. */
export async function auditRowsOf(
  database: Database,
  { check, at, stores, channel, offset, limit }: Parameters<DataAuditAsideReads["auditRows"]>[0],
): Promise<ReturnType<DataAuditAsideReads["auditRows"]>> {
  const statement = (await AUDIT_STATEMENTS[check]?.(database, at)) ?? null;
  if (statement === null) return null;
  // The statement's own values come first in it, under names of their own or in their order.
  const from = `(${statement.sql}) found`;
  const ofStores = stores === null ? "1 = 1" : "found.store IN (SELECT value FROM json_each(?))";
  const inChannel =
    channel === null ? "1 = 1" : "EXISTS (SELECT 1 FROM json_each(found.channels) w WHERE w.value = ?)";
  const values = [...statement.values, ...(stores === null ? [] : [JSON.stringify(stores)])];
  const asked = [...values, ...(channel === null ? [] : [channel])];
  const where = `WHERE ${ofStores} AND ${inChannel}`;
  const counted = await database.get(`SELECT count(*) AS n FROM ${from} ${where}`, ...asked);
  const rows = await database.all(
    `SELECT * FROM ${from} ${where} ORDER BY place, id LIMIT ? OFFSET ?`,
    ...asked,
    limit,
    offset,
  );
  return {
    rows: rows.map(toRow),
    total: Number(counted?.n),
    channels: await channelsOf(database, `${from} CROSS JOIN json_each(found.channels) w WHERE ${ofStores}`, {
      check,
      values,
    }),
  };
}

/** Only what is wrong in the catalogue is wrong in some channels and right in others. */
async function channelsOf(
  database: Database,
  rows: string,
  { check, values }: { readonly check: AuditCheckName; readonly values: readonly (string | number)[] },
): Promise<AuditRowsRead["channels"]> {
  if (AUDIT_CHECKS[check].group !== "catalogue") return [];
  return (
    await database.all(
      `SELECT w.value AS channel, count(*) AS n FROM ${rows} GROUP BY w.value ORDER BY n DESC, w.value LIMIT ?`,
      ...values,
      MAX_CHANNELS,
    )
  ).map((row) => ({ channel: String(row.channel), count: Number(row.n) }));
}

function toRow(row: Row): AuditRowRecord {
  return {
    id: String(row.id),
    store: row.store === "" ? null : idOf<"Store">(String(row.store)),
    label: String(row.label ?? ""),
    at: row.at === null ? null : instant(Number(row.at)),
    product: row.product === null ? null : String(row.product),
    variant: row.variant === null ? null : String(row.variant),
    words: String(row.words ?? ""),
    facts: stored<AuditRowRecord["facts"]>(row.facts),
    channels: stored<string[]>(row.channels),
  };
}
