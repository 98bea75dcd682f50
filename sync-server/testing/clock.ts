import { type Instant, instant } from "#domain/ids.ts";

/** A clock that a test sets. */
export class TestClock {
  #at = 1_800_000_000_000;
  readonly now = (): Instant => instant(this.#at);

  advance(ms: number): void {
    this.#at += ms;
  }
}
