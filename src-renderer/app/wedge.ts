import { MAX_SCAN_CHARS } from "#domain/returns/code/limits.ts";
import { GROUP_SEPARATOR } from "#domain/scan/application-identifiers.ts";
import type { WedgeSetup } from "#protocol/till/counter.ts";

/** A scanner types faster than any hand: at most this long between two characters, milliseconds. */
export const MAX_GAP_MS = 50;
/** Shorter bursts are a quick hand, not a code. */
export const MIN_CODE_CHARS = 4;
/** So many characters in such a pace are a scanner for certain: a field need not see the rest of them. */
export const SURE_CHARS = 12;
/** What scanners are set up to send after a code. */
const TERMINATORS: ReadonlySet<string> = new Set(["Enter", "Tab"]);

/** How most scanners are delivered. */
export const USUAL_WEDGE: WedgeSetup = {
  gapMs: MAX_GAP_MS,
  minChars: MIN_CODE_CHARS,
  prefix: "",
  terminator: "enterOrTab",
  separator: "",
};

export interface KeyStroke {
  readonly key: string;
  /** Any clock that runs evenly, milliseconds. */
  readonly atMs: number;
}

/** What a key stroke means: nothing to us, a character that may be part of a scan, or the end of a scanned code. */
export type WedgeReading =
  | { readonly kind: "other" }
  /** `sure`: no hand types this quickly for so long. `text`: what of it a person would have typed. */
  | { readonly kind: "character"; readonly begun: boolean; readonly sure: boolean; readonly text: string }
  | { readonly kind: "scan"; readonly code: string };

/**
 * Tells a keyboard-wedge scanner from a person by timing alone: printable characters in quick succession, closed by Enter or Tab. Pure
 * but for its memory of the burst; time comes with each stroke.
 */
export class WedgeReader {
  #rules: WedgeSetup = USUAL_WEDGE;
  #burst = "";
  #lastMs = Number.NEGATIVE_INFINITY;
  #longestGapMs = 0;

  /** From now on a scanner is told by these rules. */
  follow(rules: WedgeSetup): void {
    this.#rules = rules;
    this.forget();
  }

  read({ key, atMs }: KeyStroke): WedgeReading {
    const gapMs = atMs - this.#lastMs;
    const quick = gapMs <= this.#rules.gapMs;
    if (TERMINATORS.has(key)) {
      const code = quick ? this.#code() : null;
      if (code === null) return { kind: "other" };
      this.forget();
      return { kind: "scan", code };
    }
    const { prefix, separator } = this.#rules;
    const isNamed = key.length > 1 && (key === prefix || key === separator);
    if ([...key].length !== 1 && !isNamed) return { kind: "other" };
    const begun = !quick || this.#burst === "" || this.#burst.length >= MAX_SCAN_CHARS;
    // A code never begins with a space, and a space alone presses buttons.
    if (begun && key === " ") {
      this.forget();
      return { kind: "other" };
    }
    this.#longestGapMs = begun ? 0 : Math.max(this.#longestGapMs, gapMs);
    const meant = key === separator ? GROUP_SEPARATOR : key;
    // A function key before a code is no part of it; a character is taken off at the end, since a hand may have typed it.
    const kept = isNamed && key === prefix ? "" : meant;
    this.#burst = begun ? kept : this.#burst + kept;
    this.#lastMs = atMs;
    const text = key.length > 1 || key === GROUP_SEPARATOR ? "" : key;
    return { kind: "character", begun, sure: this.#burst.length > SURE_CHARS, text };
  }

  /** Nothing followed: a scanner that sends nothing after its codes has sent one. Null: it was a hand, or the scanner would have sent more. */
  silence(): string | null {
    if (this.#rules.terminator !== "none") return null;
    const code = this.#code();
    if (code !== null) this.forget();
    return code;
  }

  /** The longest time between two characters of what was read last, milliseconds. */
  get longestGapMs(): number {
    return this.#longestGapMs;
  }

  /** Whether what was read last is too short to be the beginning of a code that only a scanner writes. */
  get byHand(): boolean {
    return this.#burst.length < this.#rules.minChars;
  }

  forget(): void {
    this.#burst = "";
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }

  #code(): string | null {
    const { prefix, minChars } = this.#rules;
    const isPrefixed = prefix.length === 1 && this.#burst.startsWith(prefix);
    const code = isPrefixed ? this.#burst.slice(1) : this.#burst;
    return code.length < minChars ? null : code;
  }
}
