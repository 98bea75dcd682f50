import { useEffect } from "react";
import { isBusyNow } from "./awake.ts";
import { IdleLock } from "./idle.ts";
import { ask } from "./till.ts";

const MINUTE_MS = 60_000;
/** What shows that somebody is there. A scanner's keys are keys. */
const SIGNS = ["pointerdown", "keydown", "wheel"] as const;

/** Locks the till after so many minutes without a touch or a key; null: never. */
export function useIdleLock(minutes: number | null): void {
  useEffect(() => {
    if (minutes === null) return;
    const idle = new IdleLock({
      afterMs: minutes * MINUTE_MS,
      isBusy: isBusyNow,
      lock: () => void ask("signOut", {}),
    });
    const touched = (): void => idle.touched();
    for (const sign of SIGNS) window.addEventListener(sign, touched, { capture: true, passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, touched, { capture: true });
      idle.close();
    };
  }, [minutes]);
}
