import type { DeviceRow } from "#protocol/hq/console.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { isInTouch } from "./till-state.ts";

/** Whether a till is in touch, silent or revoked. */
export function TillBadge({ till }: { readonly till: DeviceRow }) {
  if (till.revoked) return <Badge tone="bad">{t("tills.revoked")}</Badge>;
  return isInTouch(till, Date.now()) ? (
    <Badge tone="good">{t("tills.inTouch")}</Badge>
  ) : (
    <Badge tone="neutral">{t("tills.silent")}</Badge>
  );
}
