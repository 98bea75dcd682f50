import { sellsNothing } from "#domain/journal/own-records.ts";
import type { Missing, Records } from "#protocol/sync/records.ts";
import { t } from "../i18n/translate.ts";

/** What of all that is said of the till's own records keeps it from writing anything; undefined: nothing does. */
export function whySellsNothing(records: readonly Records[] = []): Records | undefined {
  return records.find(({ state }) => sellsNothing(state));
}

/** By which one of them is told from the others. */
export function recordsKey({ state, at }: Records): string {
  return `${state} ${at}`;
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
