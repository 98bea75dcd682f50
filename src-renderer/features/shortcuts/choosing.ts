import { create } from "zustand";
import { captureKeys } from "../../app/key-capture.ts";
import { type Chord, type KeyRefusal, whyNoCommand } from "../../app/key-chord.ts";
import { commandOn, DEFAULT_KEYS, keepKeys, keyMapNow, withKey } from "../../app/key-map.ts";
import type { Command } from "../../app/keys.ts";

/** What was said last: a key that may not be chosen or is taken is chosen again, all else is news. */
export type Said =
  | { readonly kind: "refused"; readonly chord: Chord; readonly why: KeyRefusal }
  | { readonly kind: "taken"; readonly chord: Chord; readonly by: Command }
  | { readonly kind: "set"; readonly chord: Chord; readonly command: Command }
  | { readonly kind: "removed"; readonly command: Command }
  | { readonly kind: "reset" };

interface Choosing {
  /** The command that waits for its key; null: none does. */
  readonly command: Command | null;
  readonly said: Said | null;
}

const NOTHING: Choosing = { command: null, said: null };
let release: () => void = () => undefined;

export const useChoosing = create<Choosing>(() => NOTHING);

/** The next key that is struck becomes this command's, if it may. Escape leaves everything as it is. */
export function beginChoosing(command: Command): void {
  release();
  release = captureKeys((chord) => take(command, chord));
  useChoosing.setState({ command, said: null });
}

/** Nothing waits for a key any more. */
export function endChoosing(said: Said | null = null): void {
  release();
  useChoosing.setState({ command: null, said });
}

/** A key that another command has moves to the one that waits. */
export function takeAway(command: Command, chord: Chord): void {
  keepKeys(withKey(keyMapNow(), command, chord));
  endChoosing({ kind: "set", chord, command });
}

export function removeKey(command: Command): void {
  keepKeys({ ...keyMapNow(), [command]: null });
  endChoosing({ kind: "removed", command });
}

export function resetKeys(): void {
  keepKeys(DEFAULT_KEYS);
  endChoosing({ kind: "reset" });
}

function take(command: Command, chord: Chord): void {
  const why = whyNoCommand(chord);
  const by = commandOn(chord, keyMapNow());
  if (chord === "Escape") endChoosing();
  else if (why !== null) useChoosing.setState({ said: { kind: "refused", chord, why } });
  else if (by === undefined || by === command) takeAway(command, chord);
  else {
    // While somebody answers, keys press buttons again.
    release();
    useChoosing.setState({ said: { kind: "taken", chord, by } });
  }
}
