import { isKey, t } from "../i18n/translate.ts";
import { ariaOf, type Chord } from "./key-chord.ts";
import { useKeyMap } from "./key-map.ts";
import type { Command } from "./keys.ts";

/** A key as people of this language read it: `Ctrl + F9`, `Num +`. */
export function keyText(chord: Chord): string {
  const parts = chord.split("+");
  return parts.map((part) => partText(part)).join(parts.length > 1 ? " + " : "");
}

function partText(part: string): string {
  const key = `keys.name.${part}`;
  if (isKey(key)) return t(key);
  return part.replace(/^(Digit|Numpad)(?=\d$)/, (kind) => (kind === "Digit" ? "" : "Num "));
}

/** For a button that does what a key does: `aria-keyshortcuts` tells it to whoever cannot see the hint. */
export function useShortcut(command: Command): string | undefined {
  const chord = useKeyMap(({ map }) => map[command]);
  return chord === null ? undefined : ariaOf(chord);
}

/** The key beside a button's words, where there is room and a keyboard. A screen reader hears of it by the button's shortcut. */
export function KeyHint({ command }: { readonly command: Command }) {
  const chord = useKeyMap(({ map }) => map[command]);
  if (chord === null) return null;
  return (
    <kbd
      aria-hidden
      dir="ltr"
      className="key-hint hidden shrink-0 whitespace-nowrap rounded-md border border-current px-1.5 font-sans font-semibold text-xs leading-5 xl:inline"
    >
      {keyText(chord)}
    </kbd>
  );
}
