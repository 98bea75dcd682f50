/** A scanner types faster than any hand: at most this long between two characters, milliseconds. */
const MAX_GAP_MS = 50;
const MIN_CODE_CHARS = 4;

export interface KeyStroke {
  readonly key: string;
  readonly atMs: number;
}

/** What a key stroke means: part of nothing, part of a burst so far, or the end of a scanned code. */
export type WedgeReading =
  | { readonly kind: "typing" }
  | { readonly kind: "burst"; readonly begun: boolean }
  | { readonly kind: "scan"; readonly code: string };

/**
 * Tells a keyboard-wedge scanner from a person by timing alone: printable characters in quick succession, closed by Enter. Pure but for its
 * memory of the burst; time comes with each stroke.
 */
export class WedgeReader {
  #burst = "";
  #lastMs = Number.NEGATIVE_INFINITY;

  read({ key, atMs }: KeyStroke): WedgeReading {
    const quick = atMs - this.#lastMs <= MAX_GAP_MS;
    if (key === "Enter") {
      const code = this.#burst;
      this.#burst = "";
      this.#lastMs = Number.NEGATIVE_INFINITY;
      return quick && code.length >= MIN_CODE_CHARS ? { kind: "scan", code } : { kind: "typing" };
    }
    if ([...key].length !== 1) return { kind: "typing" };
    const begun = !quick;
    this.#burst = quick ? this.#burst + key : key;
    this.#lastMs = atMs;
    return { kind: "burst", begun };
  }
}
