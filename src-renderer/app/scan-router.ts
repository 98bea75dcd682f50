import { useEffect, useRef } from "react";
import { WedgeReader } from "./wedge.ts";

interface TypedInto {
  readonly field: HTMLInputElement;
  readonly before: string;
}

/** Puts a field back to what it held before a scanner typed into it; React hears of it as of any input. */
function takeBack({ field, before }: TypedInto): void {
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  setter?.call(field, before);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** While mounted, a scan anywhere on the screen means this, whatever has the focus. */
export function useScans(onScan: (code: string) => void): void {
  const latest = useRef(onScan);
  latest.current = onScan;
  useEffect(() => {
    const reader = new WedgeReader();
    let typed: TypedInto | null = null;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const reading = reader.read({ key: event.key, atMs: event.timeStamp });
      if (reading.kind === "burst" && reading.begun) {
        typed =
          event.target instanceof HTMLInputElement
            ? { field: event.target, before: event.target.value }
            : null;
      }
      if (reading.kind !== "scan") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (typed !== null) takeBack(typed);
      typed = null;
      latest.current(reading.code);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
