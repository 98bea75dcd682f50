import type { OfflinePolicy } from "./store.ts";

export const DAY_MS = 86_400_000;

/** `warn`: tell the cashier; `manager`: a sale asks for a manager. */
export type OfflineState = "ok" | "warn" | "manager";

/** How the policy judges the days since the server was last heard. A till that never was online is judged by its pairing. */
export function offlineState({
  awayMs,
  policy,
}: {
  /** Since the server was heard last, milliseconds. */
  readonly awayMs: number;
  readonly policy: OfflinePolicy;
}): OfflineState {
  const days = awayMs / DAY_MS;
  if (days >= policy.managerAfterDays) return "manager";
  return days >= policy.warnAfterDays ? "warn" : "ok";
}
