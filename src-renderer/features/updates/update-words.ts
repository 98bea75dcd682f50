import type { ViewValue } from "#protocol/till/contract.ts";
import { t } from "../../i18n/translate.ts";

/** How the till stands with the version that HQ wants, in one sentence. */
export function updateWords(
  { wanted, now, running }: ViewValue<"update">,
  timeText: (atMs: number) => string,
): string {
  const version = wanted?.version ?? running;
  const from = timeText(wanted?.notBefore ?? 0);
  switch (now.state) {
    case "upToDate":
      return t("update.now.upToDate");
    case "byHand":
      return t("update.now.byHand", { version, time: from });
    case "waiting":
      return now.why === "notYet"
        ? t("update.waits.notYet", { version, time: from })
        : t(`update.waits.${now.why}`, { version });
    case "failed":
      return t(`update.failed.${now.step}`, { version, time: timeText(now.againAt) });
    default:
      return t(`update.now.${now.state}`, { version });
  }
}

/** Whether somebody at the till can have it installed at once, instead of waiting until nobody is there. */
export function canInstall({ now }: ViewValue<"update">): boolean {
  return now.state === "ready" || (now.state === "failed" && now.step === "install");
}
