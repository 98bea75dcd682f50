/** What of a key stroke says which key it is; a `KeyboardEvent` has it all. */
export interface StruckKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** A key with what is held down beside it, as it is kept: `Ctrl+Shift+F9`. */
export type Chord = string;

/** Why a key cannot run a command, for whoever chooses keys. */
export type KeyRefusal = "typed" | "moves" | "browser" | "editing" | "scanner";

const HELD: ReadonlySet<string> = new Set(["Control", "Alt", "AltGraph", "Shift", "Meta", "CapsLock"]);
/** Keys that write nothing and move nothing, so that they may stand alone. */
const ALONE = /^(F([1-9]|1\d|2[0-4])|Numpad(Add|Subtract|Multiply|Divide)|Insert|Pause|ScrollLock)$/;
const MOVES = new Set(
  "Enter NumpadEnter Tab Escape Space Backspace Delete ArrowUp ArrowDown ArrowLeft ArrowRight Home End PageUp PageDown".split(
    " ",
  ),
);
/** What a page is never asked about, or what somebody needs who reads it: windows, addresses, printing, its size. */
const BROWSERS = new Set(
  "Ctrl+W Ctrl+T Ctrl+N Ctrl+Q Ctrl+R Ctrl+L Ctrl+P Ctrl+F Ctrl+H Ctrl+O Ctrl+S Ctrl+U Ctrl+K Ctrl+E Ctrl+F4 Alt+F4 Alt+D Alt+E Alt+F Ctrl+Equal Ctrl+Minus Ctrl+NumpadAdd Ctrl+NumpadSubtract".split(
    " ",
  ),
);
const EDITING = new Set("Ctrl+A Ctrl+C Ctrl+V Ctrl+X Ctrl+Z Ctrl+Y".split(" "));
/** Scanners send the signs that begin, part and end a code as these. */
const SCANNERS = new Set(
  "Ctrl+B Ctrl+D Ctrl+I Ctrl+J Ctrl+M Ctrl+BracketRight Ctrl+Backslash Ctrl+Digit6".split(" "),
);

/** The key that was struck; null while only keys are held down that go with another. */
export function chordOf(struck: StruckKey): Chord | null {
  if (HELD.has(struck.key) || struck.code === "") return null;
  return [
    ...(struck.ctrlKey ? ["Ctrl"] : []),
    ...(struck.altKey ? ["Alt"] : []),
    ...(struck.metaKey ? ["Meta"] : []),
    ...(struck.shiftKey ? ["Shift"] : []),
    keyName(struck),
  ].join("+");
}

/** A letter is the one written on the key, wherever a layout has it; all else goes by its place. */
function keyName({ key, code }: StruckKey): string {
  return /^[a-z]$/i.test(key) ? key.toUpperCase() : code.replace(/^Key(?=[A-Z]$)/, "");
}

/** Why this key cannot run a command; null: it can. */
export function whyNoCommand(chord: Chord): KeyRefusal | null {
  const parts = chord.split("+");
  const key = parts.at(-1) ?? "";
  const holds = (held: string): boolean => parts.slice(0, -1).includes(held);
  if (MOVES.has(key)) return "moves";
  if (EDITING.has(chord)) return "editing";
  if (BROWSERS.has(chord) || holds("Meta")) return "browser";
  if (SCANNERS.has(chord) || (holds("Alt") && /^Numpad\d$/.test(key))) return "scanner";
  const writes = !ALONE.test(key);
  if (writes && holds("Ctrl") && (holds("Shift") || /^(Digit|Numpad)\d$/.test(key))) return "browser";
  // Ctrl and Alt together are the key for a third character on many layouts.
  if (writes && holds("Ctrl") === holds("Alt")) return "typed";
  return null;
}

/** The parts of a key as ARIA writes them. */
export function ariaOf(chord: Chord): string {
  return chord
    .replace("Ctrl+", "Control+")
    .replace("NumpadAdd", "+")
    .replace(/Digit(\d)$/, "$1");
}
