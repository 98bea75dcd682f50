import { withoutSymbology } from "#domain/scan/symbology.ts";

/** A code in a picture. */
export interface SeenCode {
  readonly text: string;
  /** What a scanner would put before it (`]C1`); empty where the decoder does not say. */
  readonly symbology: string;
  /** How far from the middle of the picture it is, pixels. */
  readonly offCentre: number;
}

/** How long a code must be out of sight before it counts again, milliseconds. */
export const OUT_OF_SIGHT_MS = 2_000;

/** The one that the camera was aimed at; null where none is in the picture. */
export function aimedAt(codes: readonly SeenCode[]): SeenCode | null {
  return codes.toSorted((one, other) => one.offCentre - other.offCentre)[0] ?? null;
}

/** As a scanner would send it: with its symbology where that changes what it means, and bare where every screen expects it so. */
export function asScanned({ text, symbology }: SeenCode): string {
  const named = symbology + text;
  return withoutSymbology(named).isGs1 ? named : text;
}

/** Tells a code that is still in front of the camera from one that was brought there anew. */
export class Repeats {
  readonly #lastSeenMs = new Map<string, number>();

  /** Whether a code that is seen now counts. Times are milliseconds of any steady clock. */
  counts(code: string, nowMs: number): boolean {
    for (const [known, seenMs] of this.#lastSeenMs)
      if (nowMs - seenMs >= OUT_OF_SIGHT_MS) this.#lastSeenMs.delete(known);
    const isNew = !this.#lastSeenMs.has(code);
    this.#lastSeenMs.set(code, nowMs);
    return isNew;
  }
}
