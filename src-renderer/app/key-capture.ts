import { type Chord, chordOf } from "./key-chord.ts";

let taker: ((chord: Chord) => void) | null = null;

/** The next key that is struck goes to `take` and means nothing else, and so on until the answer of this is called. */
export function captureKeys(take: (chord: Chord) => void): () => void {
  taker = take;
  return () => {
    if (taker === take) taker = null;
  };
}

/** Whether somebody who chooses keys takes this stroke. */
export function isCaptured(event: KeyboardEvent): boolean {
  if (taker === null) return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  const chord = chordOf(event);
  if (chord !== null && !event.repeat) taker(chord);
  return true;
}
