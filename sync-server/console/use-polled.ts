import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer, ApiProblem } from "./ask.ts";
import { useSignOut } from "./signed-in.ts";

export interface Polled<T> {
  /** The last good answer; it stays on the screen while the server is away. */
  readonly data: T | null;
  readonly problem: ApiProblem | null;
  reload(): void;
}

/** Asks again every so often while the page can be seen. `load` must be stable; a new one is asked at once. */
export function usePolled<T>(load: () => Promise<Answer<T>>, everyMs: number): Polled<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
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
    void ask();
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") void ask();
    }, everyMs);
    return () => {
      round.current += 1;
      window.clearInterval(timer);
    };
  }, [ask, everyMs]);

  return { data, problem, reload: () => void ask() };
}
