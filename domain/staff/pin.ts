import type { Instant } from "../ids.ts";
import { DAY_MS } from "../store/offline-state.ts";
import type { OfflinePolicy } from "../store/store.ts";

export const PIN_DIGITS = 6;
/** Wrong PINs that cost nothing: people mistype. */
export const FREE_PIN_ATTEMPTS = 4;
export const FIRST_PIN_WAIT_MS = 15_000;
export const MAX_PIN_WAIT_MS = 15 * 60_000;

export function isPin(text: string): boolean {
  return new RegExp(`^\\d{${PIN_DIGITS}}$`).test(text);
}

/** How long after the last wrong PIN the next try is allowed, milliseconds: doubles with each beyond the free ones, up to the limit (OWASP ASVS 5.0, 6.3.1). */
export function pinWaitMs(failedAttempts: number): number {
  const beyond = failedAttempts - FREE_PIN_ATTEMPTS;
  if (beyond <= 0) return 0;
  return Math.min(FIRST_PIN_WAIT_MS * 2 ** (beyond - 1), MAX_PIN_WAIT_MS);
}

/** How long whoever signed in goes on working once the roster has expired: a day's work, never the next day's. */
const WORKING_DAY_MS = 16 * 3_600_000;

/** Whether somebody who signed in before the roster expired is out by now: nobody is cut off in the middle of a day, and nobody stays for ever. */
export function hasLapsed({
  signedInAt,
  now,
  roster,
}: {
  readonly signedInAt: Instant;
  readonly now: Instant;
  readonly roster: "valid" | "expired";
}): boolean {
  return roster === "expired" && now - signedInAt > WORKING_DAY_MS;
}

/** A roster that the server has not confirmed for too long lets nobody in: a dismissed colleague would still be on it. */
export function rosterState({
  awayMs,
  policy,
}: {
  /** Since the server was heard last, milliseconds. */
  readonly awayMs: number;
  readonly policy: OfflinePolicy;
}): "valid" | "expired" {
  return awayMs > policy.rosterMaxAgeDays * DAY_MS ? "expired" : "valid";
}
