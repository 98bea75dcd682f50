const FIRST_MS = 500;
export const MAX_BACKOFF_MS = 20_000;

/**
 * How long to wait before trying again, milliseconds: exponential with full jitter, so that tills that lost the server together do not
 * come back together; after however long an outage all of a chain are back within half a minute. `random` gives numbers from 0 up to 1.
 */
export function backoffMs({
  failures,
  random,
}: {
  readonly failures: number;
  readonly random: () => number;
}): number {
  const ceiling = Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), MAX_BACKOFF_MS);
  return Math.round(random() * ceiling);
}
