import type { ViewValue } from "#protocol/till/contract.ts";
import { t } from "../i18n/translate.ts";
import { whySellsNothing } from "./records-words.ts";

type SyncView = ViewValue<"sync">;

/** What the chip says: how the till stands with its server, and what waits. Never better than the truth. */
export function chipWords(sync: SyncView, timeText: (atMs: number) => string): readonly string[] {
  const words = [linkWords(sync, timeText)];
  if (sync.firstSync !== null) words.push(t("sync.firstSync", { percent: sync.firstSync.percent }));
  if (sync.unsent > 0) words.push(t("sync.unsent", { count: sync.unsent }));
  return words;
}

function linkWords(sync: SyncView, timeText: (atMs: number) => string): string {
  if (sync.trouble !== null) return t("sync.attention");
  switch (sync.link.state) {
    case "online":
      return t("sync.online");
    case "offline":
      return t("sync.offlineSince", { time: timeText(sync.link.since) });
    case "neverOnline":
      return t("sync.neverOnline");
  }
}

/** How the chip looks: `bad` wants somebody to act, `away` is being offline, which is nothing to worry about. */
export function chipMood(sync: SyncView): "good" | "away" | "bad" {
  if (sync.trouble !== null || sync.offlinePolicy !== "ok") return "bad";
  return sync.link.state === "online" ? "good" : "away";
}

/** Whether what the link means may be said: not what a good one does while something keeps the till's records from being taken in, nor that the till sells on where it cannot. */
export function explains({ trouble, link, records }: SyncView): boolean {
  if (trouble === "pairAnew" || whySellsNothing(records) !== undefined) return false;
  return trouble === null || link.state !== "online";
}
