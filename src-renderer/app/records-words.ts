import type { Missing, Records, RecordsState } from "#protocol/sync/records.ts";
import { t } from "../i18n/translate.ts";

/** As long as that is so the till writes nothing. */
export const SELLS_NOTHING: ReadonlySet<RecordsState> = new Set(["waiting", "asking", "incomplete"]);

/** Whether the till writes nothing as long as its records are so. */
export function sellsNothing(records: Records | undefined): records is Records {
  return records !== undefined && SELLS_NOTHING.has(records.state);
}

/** What was wrong with the till's own records, and what became of it. */
export function recordsText({ state, missing = [] }: Records, timeText: (atMs: number) => string): string {
  const named = missing.map((each) => missingText(each, timeText)).join("; ");
  if (state === "incomplete") return t("sync.records.incomplete", { missing: named });
  // It was put right, as far as anybody can tell.
  return missing.length > 0 ? t("sync.records.unsure", { missing: named }) : t(`sync.records.${state}`);
}

function missingText(
  { from, until, firstReceipt, lastReceipt }: Missing,
  timeText: (atMs: number) => string,
): string {
  const unknown = t("sync.records.missing.unknown");
  const times = {
    from: from === null ? unknown : timeText(from),
    until: until === null ? unknown : timeText(until),
  };
  if (firstReceipt === null) return t("sync.records.missing.noReceipt", times);
  if (firstReceipt === lastReceipt)
    return t("sync.records.missing.receipt", { ...times, first: firstReceipt });
  return t("sync.records.missing.receipts", { ...times, first: firstReceipt, last: lastReceipt ?? unknown });
}
