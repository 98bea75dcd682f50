import { MAX_SCAN_CHARS } from "#domain/returns/code/limits.ts";

/** A scanner types faster than any hand: at most this long between two characters, milliseconds. */
export const MAX_GAP_MS = 50;
/** Shorter bursts are a quick hand, not a code. */
export const MIN_CODE_CHARS = 4;
/** So many characters in such a pace are a scanner for certain: a field need not see the rest of them. */
export const SURE_CHARS = 12;
/** What scanners are set up to send after a code. */
const TERMINATORS: ReadonlySet<string> = new Set(["Enter", "Tab"]);

export interface KeyStroke {
  readonly key: string;
  /** Any clock that runs evenly, milliseconds. */
  readonly atMs: number;
}

/** What a key stroke means: nothing to us, a character that may be part of a scan, or the end of a scanned code. */
export type WedgeReading =
  | { readonly kind: "other" }
  /** `sure`: no hand types this quickly for so long. */
  | { readonly kind: "character"; readonly begun: boolean; readonly sure: boolean }
  | { readonly kind: "scan"; readonly code: string };

/**
 * Tells a keyboard-wedge scanner from a person by timing alone: printable characters in quick succession, closed by Enter or Tab. Pure
 * but for its memory of the burst; time comes with each stroke.
 */
export class WedgeReader {
  #burst = "";
  #lastMs = Number.NEGATIVE_INFINITY;

  read({ key, atMs }: KeyStroke): WedgeReading {
    const quick = atMs - this.#lastMs <= MAX_GAP_MS;
    if (TERMINATORS.has(key)) {
      const code = this.#burst;
      if (!quick || code.length < MIN_CODE_CHARS) return { kind: "other" };
      this.forget();
      return { kind: "scan", code };
    }
    if ([...key].length !== 1) return { kind: "other" };
    const begun = !quick || this.#burst === "" || this.#burst.length >= MAX_SCAN_CHARS;
    // A code never begins with a space, and a space alone presses buttons.
    if (begun && key === " ") {
      this.forget();
      return { kind: "other" };
    }
    this.#burst = begun ? key : this.#burst + key;
    this.#lastMs = atMs;
    return { kind: "character", begun, sure: this.#burst.length > SURE_CHARS };
  }

  /** Whether what was read last is too short to be the beginning of a code that only a scanner writes. */
  get byHand(): boolean {
    return this.#burst.length < MIN_CODE_CHARS;
  }

  forget(): void {
    this.#burst = "";
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }
}
