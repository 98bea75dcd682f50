import { useCallback, useEffect, useState } from "react";
import type { Answer, ApiProblem } from "./ask.ts";

/** What a form begins from: asked once, so that what is being typed is never overtaken by an answer. `load` must be stable; another one is another form's. */
export function useAskedOnce<T>(load: () => Promise<Answer<T>>): {
  /** Null until it is answered. */
  readonly known: T | null;
  /** What is known from now on; a function is given what is known by then, where others may have been saved meanwhile. */
  readonly setKnown: (known: T | ((before: T) => T)) => void;
  readonly problem: ApiProblem | null;
} {
  const [answered, setAnswered] = useState<{ readonly of: typeof load; readonly answer: Answer<T> } | null>(
    null,
  );
  useEffect(() => {
    let isWanted = true;
    void load().then((answer) => {
      if (isWanted) setAnswered({ of: load, answer });
    });
    return () => {
      isWanted = false;
    };
  }, [load]);
  const setKnown = useCallback(
    (known: T | ((before: T) => T)) =>
      setAnswered((before) => {
        // What was saved of another form's is none of this one.
        if (before?.of !== load || !before.answer.ok) return before;
        const value = typeof known === "function" ? (known as (before: T) => T)(before.answer.value) : known;
        return { of: load, answer: { ok: true, value } };
      }),
    [load],
  );
  const answer = answered?.of === load ? answered.answer : null;
  return {
    known: answer?.ok === true ? answer.value : null,
    setKnown,
    problem: answer?.ok === false ? answer.reason : null,
  };
}
