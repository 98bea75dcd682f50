import type { SyncView } from "#protocol/till/status.ts";
import { timeText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";

/** How the till stands with its server, in one line for whoever comes to the till. */
export function linkLine({ link, unsent }: SyncView): string {
  const state =
    link.state === "offline"
      ? t("sync.offlineSince", { time: timeText(link.since) })
      : t(`sync.${link.state}`);
  return unsent === 0 ? state : `${state} · ${t("sync.unsent", { count: unsent })}`;
}
