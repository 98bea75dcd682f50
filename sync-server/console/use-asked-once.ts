import { useEffect, useState } from "react";
import type { Answer, ApiProblem } from "./ask.ts";

/** What a form begins from: asked once, so that what is being typed is never overtaken by an answer. `load` must be stable. */
export function useAskedOnce<T>(load: () => Promise<Answer<T>>): {
  /** Null until it is answered. */
  readonly known: T | null;
  readonly setKnown: (known: T) => void;
  readonly problem: ApiProblem | null;
} {
  const [known, setKnown] = useState<T | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    void load().then((answer) => {
      if (answer.ok) setKnown(answer.value);
      else setProblem(answer.reason);
    });
  }, [load]);
  return { known, setKnown, problem };
}
