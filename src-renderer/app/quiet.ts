/** A timer that comes later than this, milliseconds, says that the page was busy. */
const LATE_MS = 20;

/**
 * Calls `act` once nothing was heard for `afterMs`. While the page is busy, strokes wait in line behind its work and a timer may overtake
 * them: a timer that comes late itself is therefore no proof of silence and waits once more.
 */
export class Quiet {
  readonly #afterMs: number;
  readonly #act: () => void;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: { readonly afterMs: number; readonly act: () => void; readonly now: () => number }) {
    this.#afterMs = parts.afterMs;
    this.#act = parts.act;
    this.#now = parts.now;
  }

  /** Something was heard: the silence begins anew. */
  heard(): void {
    this.stop();
    const dueMs = this.#now() + this.#afterMs;
    this.#timer = setTimeout(() => {
      if (this.#now() - dueMs > LATE_MS) this.heard();
      else this.#act();
    }, this.#afterMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
