const FIRST_MS = 500;
/** Each rest is so many times the one before. With twice as long ones a till that came a moment too early is still away when nearly all are back. */
const GROWS = 1.5;
export const MAX_BACKOFF_MS = 20_000;
/** A rest is at least so much of the longest that it may be: else some come again and again, and others not for minutes. The first may be none at all. */
const AT_LEAST = 0.5;

/**
 * How long to wait before trying again, milliseconds: longer with each failure and spread, so that tills that lost the server together do not come back together, and the last of them is not
 * back long after half of them are (decision 51); after however long an outage all of a chain are back within half a minute. `random` gives numbers from 0 up to 1.
 */
export function backoffMs({
  failures,
  random,
}: {
  readonly failures: number;
  readonly random: () => number;
}): number {
  const ceiling = Math.min(FIRST_MS * GROWS ** Math.max(0, failures - 1), MAX_BACKOFF_MS);
  const least = failures > 1 ? AT_LEAST : 0;
  return Math.round((least + random() * (1 - least)) * ceiling);
}
