import { type Instant, instant } from "#domain/ids.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each failed try the next one comes; after the last the message is a dead letter. About two and a half days in all. */
const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  8 * HOUR_MS,
  20 * HOUR_MS,
  30 * HOUR_MS,
];
/** Part of the wait by which it is lengthened at most, so that what failed together does not come back together. */
const JITTER = 0.25;

/** When to try again after `failures` failed tries; null: not any more. `chance` is from 0 to 1. */
export function nextTryAt({
  failures,
  now,
  chance,
}: {
  readonly failures: number;
  readonly now: Instant;
  readonly chance: number;
}): Instant | null {
  const wait = RETRY_AFTER_MS[failures - 1];
  if (wait === undefined) return null;
  return instant(now + wait + Math.floor(wait * JITTER * chance));
}
