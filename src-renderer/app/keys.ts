import { useLayoutEffect, useRef } from "react";
import { chordOf, type StruckKey } from "./key-chord.ts";
import { commandOn, type KeyMap, keyMapNow } from "./key-map.ts";

export type Command =
  | "search"
  | "customer"
  | "park"
  | "recall"
  | "quantity"
  | "discount"
  | "pay"
  | "exactCash"
  | "orders"
  | "cases"
  | "basketMenu"
  | "return"
  | "cash"
  | "help"
  | "back";

export const HELP_CHARACTER = "?";

/** What a key stroke asks for, by the map of this till; nothing while it is part of other strokes. */
export function commandOf(struck: StruckKey, map: KeyMap = keyMapNow()): Command | undefined {
  const chord = chordOf(struck);
  return chord === null ? undefined : commandOn(chord, map);
}

/**
 * While mounted, the map's keys run these commands, also from within a field. A modifier makes it another key, and Escape belongs to an
 * open sheet first.
 */
export function useCommands(run: (command: Command) => void): void {
  const latest = useRef(run);
  latest.current = run;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = commandOf(event);
      if (command === undefined) return;
      if (command === "back" && document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(command);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
