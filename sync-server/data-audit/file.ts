import { idOf } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import { money } from "#domain/money/money.ts";
import type { AuditRow } from "#protocol/hq/data-audit.ts";
import { csvOf } from "../staff/csv.ts";

/** Facts that are amounts in minor units of the `currency` beside them. */
const AMOUNTS: readonly string[] = ["from", "net", "to"];

/** What a check finds as CSV: a column for each fact. Text that a spreadsheet would take for a formula is none. */
export function auditCsv(rows: readonly AuditRow[]): string {
  const names = [...new Set(rows.flatMap(({ facts }) => Object.keys(facts)))];
  return csvOf([
    ["what", "store", "at", "channels", ...names],
    ...rows.map((row) => [
      row.label,
      row.store ?? "",
      row.at === null ? "" : new Date(row.at).toISOString(),
      row.channels.join(" "),
      ...names.map((name) => factText(row.facts, name)),
    ]),
  ]);
}

function factText(facts: AuditRow["facts"], name: string): string {
  const value = facts[name] ?? "";
  const { currency } = facts;
  if (typeof value === "number" && typeof currency === "string" && AMOUNTS.includes(name))
    return decimalText(money(value, idOf<"Currency">(currency)));
  return String(value);
}
