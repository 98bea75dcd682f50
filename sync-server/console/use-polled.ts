import { useCallback, useEffect, useRef, useState } from "react";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { Answer, ApiProblem } from "./ask.ts";
import { useApi, useSignOut } from "./signed-in.ts";

export interface Polled<T> {
  /** The last good answer; it stays on the screen while the server is away. */
  readonly data: T | null;
  readonly problem: ApiProblem | null;
  reload(): void;
}

/** While the server says by itself what has changed, it is asked by the clock this rarely: some things change by time alone. */
const LIVE_EVERY_MS = 30_000;
const NO_KINDS: readonly LiveKind[] = [];

/**
 * Asks again every so often while the page can be seen. `load` must be stable; a new one is asked at once. `kinds` (stable as well): asks as soon as
 * something of these has changed, and by the clock only where the server's word does not come through.
 */
export function usePolled<T>(
  load: () => Promise<Answer<T>>,
  everyMs: number,
  kinds: readonly LiveKind[] = NO_KINDS,
): Polled<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { live } = useApi();
  const signOut = useSignOut();
  const round = useRef(0);

  const ask = useCallback(async () => {
    round.current += 1;
    const asked = round.current;
    const answer = await load();
    // An answer that was overtaken by a newer question is of no use.
    if (asked !== round.current) return;
    if (answer.ok) setData(answer.value);
    else if (answer.reason.kind === "unauthorised") signOut();
    setProblem(answer.ok ? null : answer.reason);
  }, [load, signOut]);

  useEffect(() => {
    let askedAt = Date.now();
    const again = () => {
      if (document.visibilityState !== "visible") return;
      askedAt = Date.now();
      void ask();
    };
    void ask();
    const stop = kinds.length === 0 ? null : live.listen(kinds, again);
    const timer = window.setInterval(() => {
      if (stop !== null && live.isOn && Date.now() - askedAt < LIVE_EVERY_MS) return;
      again();
    }, everyMs);
    return () => {
      round.current += 1;
      stop?.();
      window.clearInterval(timer);
    };
  }, [ask, everyMs, kinds, live]);

  return { data, problem, reload: () => void ask() };
}
