import { useCallback, useEffect, useRef, useState } from "react";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { Answer, ApiProblem } from "./ask.ts";
import { RepeatedQuestion } from "./repeated-question.ts";
import { useApi, useSignOut } from "./signed-in.ts";

export interface Polled<T> {
  /** The last good answer; it stays on the screen while the server is away, and while another question is not answered yet. */
  readonly data: T | null;
  /** `data` answers the question before this one: nothing is to be done by it. */
  readonly isStale: boolean;
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
  const [shown, setShown] = useState<{ readonly of: typeof load; readonly data: T } | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { live } = useApi();
  const signOut = useSignOut();
  const current = useRef<RepeatedQuestion<Answer<T>> | null>(null);

  useEffect(() => {
    const question = new RepeatedQuestion(load, (answer) => {
      if (answer.ok) setShown({ of: load, data: answer.value });
      else if (answer.reason.kind === "unauthorised") signOut();
      setProblem(answer.ok ? null : answer.reason);
    });
    current.current = question;
    let askedAt = Date.now();
    const isSeen = () => document.visibilityState === "visible";
    void question.now();
    const stop =
      kinds.length === 0
        ? null
        : live.listen(kinds, () => {
            if (!isSeen()) return;
            askedAt = Date.now();
            question.changed();
          });
    const timer = window.setInterval(() => {
      if (!isSeen() || (stop !== null && live.isOn && Date.now() - askedAt < LIVE_EVERY_MS)) return;
      askedAt = Date.now();
      question.passed();
    }, everyMs);
    // What changed while another tab was looked at was not heard here.
    const onSeen = () => {
      if (!isSeen()) return;
      askedAt = Date.now();
      question.passed();
    };
    document.addEventListener("visibilitychange", onSeen);
    return () => {
      question.end();
      stop?.();
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", onSeen);
    };
  }, [load, everyMs, kinds, live, signOut]);

  const reload = useCallback(() => void current.current?.now(), []);
  return {
    data: shown?.data ?? null,
    isStale: shown !== null && shown.of !== load,
    problem,
    reload,
  };
}
