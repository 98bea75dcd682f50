import type { DeliveryAct } from "./delivery.ts";

export const DELIVERY_STATES = [
  "draft",
  "expected",
  "sent",
  "partlyReceived",
  "received",
  "closedShort",
  "cancelled",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Which acts fit in which state. What fits not is kept all the same: goods that moved have moved. */
const FITTING: Readonly<Record<DeliveryState, readonly DeliveryAct["kind"][]>> = {
  // A transfer that a till begins is sent before anybody at HQ saw it.
  draft: ["confirmed", "sent", "cancelled"],
  // A store may have its goods before the sender's till has told of sending them.
  expected: ["sent", "received", "closedShort", "cancelled"],
  sent: ["received", "closedShort"],
  // The same once more: the sender told late.
  partlyReceived: ["sent", "received", "closedShort"],
  received: [],
  closedShort: [],
  cancelled: [],
};

/** Whether an act is one that people should do in a state. */
export function deliveryActFits(state: DeliveryState, act: DeliveryAct["kind"]): boolean {
  return FITTING[state].includes(act);
}

/** Whether nothing more is awaited. */
export function isDeliveryOver(state: DeliveryState): boolean {
  return state === "received" || state === "closedShort" || state === "cancelled";
}
