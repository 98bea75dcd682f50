import type { DeliveryState } from "#domain/stock/delivery-state.ts";
import type { DeliveryRow } from "#protocol/hq/deliveries.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";

const TONES: Readonly<Record<DeliveryState, Tone>> = {
  draft: "neutral",
  expected: "neutral",
  sent: "warn",
  partlyReceived: "warn",
  received: "good",
  closedShort: "bad",
  cancelled: "bad",
};

/** Where a delivery is, and that it is late or said to be all there is. */
export function DeliveryBadge({
  state,
  isLate,
  isSaidAll,
}: Pick<DeliveryRow, "state" | "isLate" | "isSaidAll">) {
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone={TONES[state]}>{t(`deliveryState.${state}`)}</Badge>
      {isLate && <Badge tone="bad">{t("deliveries.late")}</Badge>}
      {isSaidAll && state === "partlyReceived" && <Badge tone="warn">{t("deliveries.saidAll")}</Badge>}
    </span>
  );
}
