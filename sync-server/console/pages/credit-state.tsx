import type { CreditRow } from "#protocol/hq/credits.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";

const TONES: Readonly<Record<CreditRow["state"], Tone>> = {
  open: "good",
  empty: "neutral",
  overdrawn: "bad",
  awaited: "warn",
};

export function CreditBadge({ state }: Pick<CreditRow, "state">) {
  return <Badge tone={TONES[state]}>{t(`creditState.${state}`)}</Badge>;
}
