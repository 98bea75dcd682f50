import { useLayoutEffect, useRef } from "react";

/** While mounted, Enter means this wherever no field or button has it for itself; held down, it means it once. */
export function useEnter(onEnter: () => void): void {
  const latest = useRef(onEnter);
  latest.current = onEnter;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const taken = event.target instanceof Element && event.target.closest("button, input, dialog") !== null;
      if (event.key === "Enter" && !event.repeat && !taken) latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
