import { useEffect, useState } from "react";
import { waitText } from "../../app/wait-text.ts";
import { t } from "../../i18n/translate.ts";
import { useLock } from "./lock-store.ts";

const TICK_MS = 1_000;

/** Why signing in did not work; where tries are held up, how long still, second by second. */
export function Problem() {
  const { problem, waitUntil } = useLock();
  const leftMs = useLeft(waitUntil);
  return (
    <div className="flex min-h-12 flex-col items-center justify-center text-balance text-center font-semibold text-danger">
      <p role="alert">{problem}</p>
      {leftMs > 0 ? (
        <p className="figures text-ink-soft">{t("lock.waitLeft", { wait: waitText(leftMs) })}</p>
      ) : null}
    </div>
  );
}

/** Milliseconds until a moment by `performance.now()`, zero once it is over. */
function useLeft(until: number | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === null) return setLeft(0);
    const look = (): void => setLeft(Math.max(0, until - performance.now()));
    look();
    const timer = setInterval(look, TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
