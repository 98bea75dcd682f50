import type { TillStateName } from "#protocol/hq/tills.ts";
import type { Tone } from "../ui/badge.tsx";

export const TILL_TONES: Readonly<Record<TillStateName, Tone>> = {
  inTouch: "good",
  silent: "warn",
  never: "neutral",
  revoked: "bad",
};

/** A clock that is off by less matters to nobody. */
const CLOCK_TOLERANCE_MS = 5_000;

export function isClockRight({ clockOffsetMs }: { readonly clockOffsetMs: number }): boolean {
  return Math.abs(clockOffsetMs) < CLOCK_TOLERANCE_MS;
}
