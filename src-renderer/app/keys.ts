import { useEffect, useRef } from "react";

export type Command = "search" | "park" | "recall" | "quantity" | "discount" | "pay" | "exactCash" | "help";

/** Keys by `KeyboardEvent.code`; one place to remap them. */
export const KEY_MAP: Readonly<Record<string, Command>> = {
  F2: "search",
  F4: "park",
  F5: "recall",
  F6: "quantity",
  F8: "discount",
  F9: "pay",
  NumpadAdd: "exactCash",
};

/** How each command's key is written on the overview. */
export const KEY_LABELS: readonly { readonly key: string; readonly command: Command | "back" }[] = [
  { key: "F2", command: "search" },
  { key: "F4", command: "park" },
  { key: "F5", command: "recall" },
  { key: "F6", command: "quantity" },
  { key: "F8", command: "discount" },
  { key: "F9", command: "pay" },
  { key: "Num +", command: "exactCash" },
  { key: "?", command: "help" },
  { key: "Esc", command: "back" },
];

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** While mounted, the map's keys run these commands. `?` counts only where nobody is typing. */
export function useCommands(run: (command: Command) => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = event.key === "?" && !isTyping(event.target) ? "help" : KEY_MAP[event.code];
      if (command === undefined) return;
      event.preventDefault();
      latest.current(command);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
