import type { FulfilmentState } from "#domain/orders/transitions.ts";
import type { OrderRow } from "#protocol/hq/orders.ts";
import { tNamed } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";

const STATUS_TONES: Readonly<Record<OrderRow["status"], Tone>> = {
  placed: "warn",
  inProgress: "neutral",
  ready: "good",
  completed: "good",
  cancelled: "bad",
};

const STATE_TONES: Readonly<Record<FulfilmentState, Tone>> = {
  allocated: "neutral",
  accepted: "neutral",
  picking: "neutral",
  short: "warn",
  ready: "good",
  collected: "good",
  shipped: "good",
  declined: "bad",
  cancelled: "bad",
  expired: "warn",
};

/** Where an order stands as a whole. */
export function StatusBadge({ status }: { readonly status: OrderRow["status"] }) {
  return <Badge tone={STATUS_TONES[status]}>{tNamed("orderStatus", status)}</Badge>;
}

/** Where a store's part of it stands. */
export function StateBadge({ state }: { readonly state: FulfilmentState }) {
  return <Badge tone={STATE_TONES[state]}>{tNamed("state", state)}</Badge>;
}
