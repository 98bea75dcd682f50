import type { OrderCard } from "#protocol/till/orders.ts";
import { laneOf } from "./lanes.ts";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
/** A promise that close, minutes, wants to be seen. */
const SOON_MINUTES = 30;

/** How an order stands against what the customer was promised: `late` and `soon` want to be seen. */
export interface Promised {
  readonly mood: "late" | "soon" | "calm";
  readonly unit: "minutes" | "hours" | "days";
  readonly count: number;
}

/** Null where no promise is open: the order is ready for its customer, or over. */
export function promisedOf(card: OrderCard, nowMs: number): Promised | null {
  const lane = laneOf(card);
  const isOpen = lane === "toPick" || (lane === "ready" && card.kind === "ship");
  if (!isOpen) return null;
  const late = card.isLate || nowMs > card.promisedAt;
  const minutes = Math.max(1, Math.round(Math.abs(card.promisedAt - nowMs) / MINUTE_MS));
  const mood = late ? "late" : minutes <= SOON_MINUTES ? "soon" : "calm";
  if (minutes < HOUR_MINUTES) return { mood, unit: "minutes", count: minutes };
  if (minutes < DAY_MINUTES) return { mood, unit: "hours", count: Math.round(minutes / HOUR_MINUTES) };
  return { mood, unit: "days", count: Math.round(minutes / DAY_MINUTES) };
}
