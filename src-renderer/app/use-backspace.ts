import { useLayoutEffect, useRef } from "react";

/** While mounted, Backspace means this wherever no field has it for itself. */
export function useBackspace(onBackspace: () => void): void {
  const latest = useRef(onBackspace);
  latest.current = onBackspace;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Backspace" && !(event.target instanceof HTMLInputElement)) latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
