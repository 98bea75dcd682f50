import type { MailReturnDetail } from "#protocol/hq/returns.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";

const TONES: Readonly<Record<MailReturnDetail["state"], Tone>> = {
  announced: "neutral",
  received: "warn",
  refunded: "good",
  rejected: "bad",
  lapsed: "bad",
};

/** Where a return by mail stands. */
export function ReturnState({ state }: { readonly state: MailReturnDetail["state"] }) {
  return <Badge tone={TONES[state]}>{t(`returnState.${state}`)}</Badge>;
}
