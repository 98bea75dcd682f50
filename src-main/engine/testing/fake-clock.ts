import { type Instant, instant } from "#domain/ids.ts";
import type { Clock } from "../ports.ts";

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now: Instant;

  constructor(now = instant(Date.UTC(2026, 10, 24, 9, 30))) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  /** Milliseconds forward; negative sets the clock back. */
  pass(ms: number): void {
    this.#now = instant(this.#now + ms);
  }
}

/** Ids that grow: `prefix-1`, `prefix-2` ... so that a failing test can be read. */
export function countingIds(prefix = "id"): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${count}`;
  };
}
