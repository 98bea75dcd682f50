import { useLayoutEffect, useRef } from "react";

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

/** Keys by `KeyboardEvent.code`; one place to remap them. `?` is typed, so it is the screen's business. */
export const KEY_MAP: Readonly<Record<string, Command>> = {
  F1: "help",
  F2: "search",
  F3: "customer",
  F4: "park",
  F5: "recall",
  F6: "quantity",
  F7: "orders",
  F8: "discount",
  F9: "pay",
  F10: "basketMenu",
  F11: "cases",
  F12: "return",
  NumpadAdd: "exactCash",
  Escape: "back",
};

/** Keys that mean something else with the shift key. */
const SHIFTED_KEYS: Readonly<Record<string, Command>> = { F9: "cash" };

export const HELP_CHARACTER = "?";

/** How each command's key is written on the overview. */
export const KEY_LABELS: readonly { readonly key: string; readonly command: Command }[] = [
  { key: "F2", command: "search" },
  { key: "F3", command: "customer" },
  { key: "F4", command: "park" },
  { key: "F5", command: "recall" },
  { key: "F6", command: "quantity" },
  { key: "F7", command: "orders" },
  { key: "F8", command: "discount" },
  { key: "F9", command: "pay" },
  { key: "⇧ F9", command: "cash" },
  { key: "F10", command: "basketMenu" },
  { key: "F11", command: "cases" },
  { key: "F12", command: "return" },
  { key: "Num +", command: "exactCash" },
  { key: "?", command: "help" },
  { key: "Esc", command: "back" },
];

/**
 * While mounted, the map's keys run these commands, also from within a field. A modifier makes it another key, and Escape belongs to an
 * open sheet first.
 */
export function useCommands(run: (command: Command) => void): void {
  const latest = useRef(run);
  latest.current = run;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = (event.shiftKey ? SHIFTED_KEYS[event.code] : undefined) ?? KEY_MAP[event.code];
      if (command === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      if (command === "back" && document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(command);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
