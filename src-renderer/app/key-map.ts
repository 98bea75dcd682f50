import { create } from "zustand";
import { type Chord, whyNoCommand } from "./key-chord.ts";
import type { Command } from "./keys.ts";

/** Which key runs a command; null: none does. */
export type KeyMap = Readonly<Record<Command, Chord | null>>;

/** The keys of a till where nobody chose others, in the order of the overview. `?` is typed, so it is the screen's business. */
export const DEFAULT_KEYS: KeyMap = {
  search: "F2",
  customer: "F3",
  park: "F4",
  recall: "F5",
  quantity: "F6",
  orders: "F7",
  discount: "F8",
  pay: "F9",
  cash: "Shift+F9",
  basketMenu: "F10",
  cases: "F11",
  return: "F12",
  exactCash: "NumpadAdd",
  help: "F1",
  back: "Escape",
};

/** Every command, in the order of the overview. */
export const COMMANDS = Object.keys(DEFAULT_KEYS).filter(isCommand);

/** Escape closes whatever lies on top in every program: it is the one key that stays. */
const FIXED: Command = "back";
const KEPT_UNDER = "onetill.keys";

export const useKeyMap = create<{ readonly map: KeyMap }>(() => ({ map: keptMap() }));

export function keyMapNow(): KeyMap {
  return useKeyMap.getState().map;
}

export function isRemappable(command: Command): boolean {
  return command !== FIXED;
}

/** The command that a key runs. */
export function commandOn(chord: Chord, map: KeyMap): Command | undefined {
  return COMMANDS.find((command) => map[command] === chord);
}

/** The map with this key for the command. Another command that had the key has none then. */
export function withKey(map: KeyMap, command: Command, chord: Chord): KeyMap {
  const had = commandOn(chord, map);
  const freed = had === undefined || had === command ? map : { ...map, [had]: null };
  return { ...freed, [command]: chord };
}

/** From now on this till goes by this map. */
export function keepKeys(map: KeyMap): void {
  const chosen = Object.fromEntries(
    COMMANDS.filter((command) => map[command] !== DEFAULT_KEYS[command]).map((command) => [
      command,
      map[command],
    ]),
  );
  localStorage.setItem(KEPT_UNDER, JSON.stringify(chosen));
  useKeyMap.setState({ map });
}

/** What was kept, read with care: what is no key for a command any more, or a key that is taken twice, is left out. */
export function readKeys(kept: string | null): KeyMap {
  let said: unknown = null;
  try {
    said = JSON.parse(kept ?? "null");
  } catch {
    return DEFAULT_KEYS;
  }
  if (typeof said !== "object" || said === null) return DEFAULT_KEYS;
  let map = DEFAULT_KEYS;
  for (const [command, chord] of Object.entries(said)) {
    if (!isCommand(command) || !isRemappable(command)) continue;
    if (chord === null) map = { ...map, [command]: null };
    if (typeof chord === "string" && whyNoCommand(chord) === null) map = withKey(map, command, chord);
  }
  return map;
}

function keptMap(): KeyMap {
  return typeof localStorage === "undefined" ? DEFAULT_KEYS : readKeys(localStorage.getItem(KEPT_UNDER));
}

function isCommand(text: string): text is Command {
  return Object.hasOwn(DEFAULT_KEYS, text);
}
