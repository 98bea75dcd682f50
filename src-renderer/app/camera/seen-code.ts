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

/** The one that the camera was aimed at, nearest the middle; null where none is in the picture. */
function aimedAt(codes: readonly SeenCode[]): SeenCode | null {
  return codes.toSorted((one, other) => one.offCentre - other.offCentre)[0] ?? null;
}

/** As a scanner would send it: with its symbology where that changes what it means, and bare where every screen expects it so. */
export function asScanned({ text, symbology }: SeenCode): string {
  const named = symbology + text;
  return withoutSymbology(named).isGs1 ? named : text;
}

/** Tells a code that is still in front of the camera from one that was brought there anew. */
export class Repeats {
  /** Codes that counted, and since when pictures are without them; null: it is in the newest one. */
  readonly #absentSinceMs = new Map<string, number | null>();

  /**
   * Takes what one picture shows; gives the code that is aimed at where it counts. A code is away when pictures show so: a machine that
   * was busy and looked at none for a while has missed nothing. `nowMs`: of any steady clock.
   */
  look(codes: readonly SeenCode[], nowMs: number): SeenCode | null {
    const present = new Set(codes.map(nameOf));
    for (const [code, sinceMs] of this.#absentSinceMs) {
      if (present.has(code)) this.#absentSinceMs.set(code, null);
      else if (sinceMs === null) this.#absentSinceMs.set(code, nowMs);
      else if (nowMs - sinceMs >= OUT_OF_SIGHT_MS) this.#absentSinceMs.delete(code);
    }
    const aimed = aimedAt(codes);
    if (aimed === null || this.#absentSinceMs.has(nameOf(aimed))) return null;
    this.#absentSinceMs.set(nameOf(aimed), null);
    return aimed;
  }
}

function nameOf({ symbology, text }: SeenCode): string {
  return symbology + text;
}
