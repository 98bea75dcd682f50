import type { PrinterCard, PrinterLink } from "#protocol/till/devices.ts";
import { apart, t, tCount } from "../../i18n/translate.ts";

/** Where a printer hangs, as short as it can be said. */
export function linkText(link: PrinterLink): string {
  switch (link.kind) {
    case "network":
      return `${link.host}:${link.port}`;
    case "serial":
      return `${link.path}, ${link.baud}`;
    case "device":
      return link.path;
    case "spooler":
      return link.queue;
  }
}

/** How a printer is, and what waits at it. */
export function stateText({ state, trouble, queued, name }: PrinterCard): string {
  const how =
    trouble === null
      ? t(state === "printing" ? "devices.state.printing" : "devices.state.ready")
      : t(`printing.trouble.${trouble}`, { name });
  return queued === 0 ? how : `${how} · ${tCount("devices.state.waiting", queued)}`;
}

export function purposesText({ purposes }: Pick<PrinterCard, "purposes">): string {
  if (purposes.length === 0) return t("devices.purpose.none");
  return purposes
    .map((purpose) => t(`devices.purpose.${purpose}`))
    .map(apart)
    .join(" · ");
}
