import type { Right } from "#domain/access/rights.ts";
import { AUDIT_CHECKS, type AuditCheckName } from "#domain/data-audit/checks.ts";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { AuditCheckRow, AuditRow } from "#protocol/hq/data-audit.ts";
import { amountText, dayText, numberText } from "../format.ts";
import { PAGE_RIGHTS } from "../page-rights.ts";
import { isKey, type MessageValues, t, tNamed } from "../translate.ts";
import { addressOf, pageCalled } from "../use-route.ts";

/** Facts that are amounts, in the `currency` beside them. */
const AMOUNTS: readonly string[] = ["from", "net", "to"];

/** What is known of a row, in words; empty: nothing more. */
export function factsText(check: AuditCheckName, facts: AuditRow["facts"]): string {
  const key = `auditFact.${check}`;
  if (!isKey(key)) return "";
  const known = Object.entries(facts).map(([name, value]) => [name, factText(facts, name, value)] as const);
  const values: MessageValues = {
    ...Object.fromEntries(known),
    permission: permissionText(facts),
  };
  return t(key, values).replace(/\{\w+\}/g, t("common.none"));
}

function factText(facts: AuditRow["facts"], name: string, value: string | number | null): string {
  if (value === null || value === "") return t("common.none");
  if (typeof value === "string") return value.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/, "$1 $2");
  const { currency } = facts;
  if (typeof currency === "string" && AMOUNTS.includes(name))
    return amountText(money(value, idOf<"Currency">(currency)));
  return numberText(value);
}

function permissionText({ permission, kind }: AuditRow["facts"]): string {
  return typeof permission === "string"
    ? tNamed("permission", permission)
    : tNamed("logKind", String(kind ?? ""));
}

/** A channel's name; the stores' prices and pictures are those of one channel too. */
export function channelText(channel: string): string {
  return channel === "store" ? t("dataAudit.channel.store") : channel;
}

/** Against a week before, in words; empty where that is not known. */
export function weekText({ changeInWeek }: Pick<AuditCheckRow, "changeInWeek">): string {
  if (changeInWeek === null) return "";
  if (changeInWeek === 0) return t("dataAudit.week.same");
  const count = numberText(Math.abs(changeInWeek));
  return t(changeInWeek > 0 ? "dataAudit.week.more" : "dataAudit.week.less", { count });
}

/** What the line of a trend says. */
export function trendText(trend: AuditCheckRow["trend"]): string {
  const first = trend[0];
  const last = trend.at(-1);
  if (first === undefined || last === undefined) return "";
  return t("dataAudit.trend", {
    first: numberText(first.count),
    from: dateOf(first.day),
    last: numberText(last.count),
    until: dateOf(last.day),
    most: numberText(Math.max(...trend.map(({ count }) => count))),
  });
}

export function dateOf(day: string): string {
  return dayText(new Date(`${day}T12:00:00`).getTime());
}

/**
 * Where a row is set right: its own place where this console has the page for whoever has these rights, else where all of its check are; null:
 * nowhere here.
 */
export function addressOfFix(
  check: AuditCheckName,
  fix: AuditRow["fix"],
  rights: readonly Right[],
): string | null {
  for (const { page, ask } of [fix, AUDIT_CHECKS[check].fix]) {
    const known = pageCalled(page);
    if (known === null) continue;
    const needed = PAGE_RIGHTS[known];
    if (needed === null || rights.includes(needed)) return addressOf(known, ask);
  }
  return null;
}
