import type { WedgeSetup } from "#protocol/till/counter.ts";
import { WedgeReader } from "./wedge.ts";

/** A sheet or the payment lies over a screen: what it wants with a key goes first. */
export type Level = "screen" | "over";
const LEVELS: readonly Level[] = ["over", "screen"];

interface Meaning {
  readonly level: Level;
  readonly take: (text: string) => void;
}

export interface RoutedStroke {
  readonly key: string;
  readonly atMs: number;
  /** Whether the stroke goes into a text field, which must get it at once. */
  readonly inField: boolean;
}

/** What to do with a stroke: leave it alone, keep it from the page for now, or it ended a scan and was dealt with. */
export type Verdict = "pass" | "fieldBurst" | "hold" | "scan";

/**
 * Decides for each key stroke whether a scanner or a person made it. Characters outside of fields are held back for the blink of an eye:
 * they become a scan when Enter follows in time, else `settle` hands them on as typed. A field gets the first characters at once; of a long
 * code it never sees the rest, so that nothing is searched for a thousand times. Each screen declares what a scan and what typing mean to it;
 * the topmost wins.
 */
export class KeyRouter {
  readonly #reader = new WedgeReader();
  readonly #scans = new Set<Meaning>();
  readonly #typing = new Set<Meaning>();
  readonly #intoField: (text: string) => void;
  readonly #onSilentScan: () => void;
  #held = "";
  #heldOfField = "";

  /** `intoField` gives a field what was kept from it and turned out to be no scan; `onSilentScan` takes out of a field what was typed into it by a scanner that sends nothing after a code. */
  constructor(
    intoField: (text: string) => void = () => undefined,
    onSilentScan: () => void = () => undefined,
  ) {
    this.#intoField = intoField;
    this.#onSilentScan = onSilentScan;
  }

  /** From now on a scanner is told from a hand by these rules. */
  follow(rules: WedgeSetup): void {
    this.settle();
    this.#reader.follow(rules);
  }

  /** A code that came another way than by keys: from the engine's own scanner, or from the camera. */
  deliver(code: string): void {
    top(this.#scans)?.take(code);
  }

  /** The longest time between two characters of the last burst, milliseconds. */
  get longestGapMs(): number {
    return this.#reader.longestGapMs;
  }

  onScan(level: Level, take: (code: string) => void): () => void {
    return declare(this.#scans, { level, take });
  }

  onTyped(level: Level, take: (text: string) => void): () => void {
    return declare(this.#typing, { level, take });
  }

  press({ key, atMs, inField }: RoutedStroke): Verdict {
    const reading = this.#reader.read({ key, atMs });
    switch (reading.kind) {
      case "other":
        if (key.length > 1 && key !== "Shift") this.#handOn();
        return "pass";
      case "character":
        if (reading.begun) this.#handOn();
        if (inField && !reading.sure) return reading.begun ? "fieldBurst" : "pass";
        if (inField) this.#heldOfField += reading.text;
        else this.#held += reading.text;
        return "hold";
      case "scan":
        this.#held = "";
        this.#heldOfField = "";
        top(this.#scans)?.take(reading.code);
        return "scan";
    }
  }

  /** A finger or the mouse presses something: the few characters that a hand typed before are meant to count for it. */
  touch(): void {
    if (this.#reader.byHand) this.settle();
  }

  /** Nothing followed in time: what was held back was typed by a person, and is no part of a scan that may come. */
  settle(): void {
    const code = this.#reader.silence();
    this.#reader.forget();
    if (code === null) {
      this.#handOn();
      return;
    }
    this.#held = "";
    this.#heldOfField = "";
    this.#onSilentScan();
    this.deliver(code);
  }

  #handOn(): void {
    const typed = this.#held;
    const ofField = this.#heldOfField;
    this.#held = "";
    this.#heldOfField = "";
    if (ofField !== "") this.#intoField(ofField);
    if (typed !== "") top(this.#typing)?.take(typed);
  }
}

function declare(meanings: Set<Meaning>, meaning: Meaning): () => void {
  meanings.add(meaning);
  return () => meanings.delete(meaning);
}

/** The one declared last on the highest level. */
function top(meanings: ReadonlySet<Meaning>): Meaning | undefined {
  const all = [...meanings];
  for (const level of LEVELS) {
    const found = all.findLast((meaning) => meaning.level === level);
    if (found !== undefined) return found;
  }
  return undefined;
}
