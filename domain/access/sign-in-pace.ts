import { type Instant, instant } from "../ids.ts";

/** Wrong tries in a row of one account, or from one address. */
export interface Tries {
  readonly failures: number;
  readonly lastAt: Instant;
}

/** After so many wrong tries each further one waits, twice as long as the one before, up to `maxMs`. */
interface Pace {
  readonly free: number;
  readonly firstMs: number;
  readonly maxMs: number;
}

/** An account's owner is not locked out for long by whoever guesses; an address may be a whole office's. */
export const PACES = {
  account: { free: 5, firstMs: 1_000, maxMs: 5 * 60_000 },
  address: { free: 30, firstMs: 1_000, maxMs: 15 * 60_000 },
} as const satisfies Readonly<Record<string, Pace>>;
export type Paced = keyof typeof PACES;

/** Tries are forgotten after this long without another. */
export const TRIES_KEPT_MS = 24 * 3_600_000;

/** The first moment at which another try is taken; the past where it is now. */
export function nextTryAt(of: Paced, { failures, lastAt }: Tries): Instant {
  const { free, firstMs, maxMs } = PACES[of];
  if (failures < free) return lastAt;
  // Beyond this exponent it is the longest wait anyway.
  const doubled = firstMs * 2 ** Math.min(failures - free, 30);
  return instant(lastAt + Math.min(doubled, maxMs));
}
