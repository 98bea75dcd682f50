import type { DeviceRow } from "#protocol/hq/console.ts";

/** A till asks at least this often while it is on and connected; longer than this without a word, it is silent. */
const IN_TOUCH_MS = 120_000;

export function isInTouch({ lastSeenAt, revoked }: DeviceRow, now: number): boolean {
  return !revoked && lastSeenAt !== null && now - lastSeenAt < IN_TOUCH_MS;
}
