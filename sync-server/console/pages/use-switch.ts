import { useState } from "react";
import type { Answer, ApiProblem } from "../ask.ts";

/** Whether something is there at all. Switched on, it is there once its form is saved; switched off, what was saved is taken away at once. */
export function useSwitch(
  isSaved: boolean,
  takeAway: () => Promise<Answer<unknown>>,
): {
  readonly isOn: boolean;
  /** Why it could not be taken away. */
  readonly problem: ApiProblem | null;
  switchTo(wanted: boolean): void;
} {
  const [isOn, setOn] = useState(isSaved);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const switchTo = async (wanted: boolean): Promise<void> => {
    setOn(wanted);
    setProblem(null);
    if (wanted || !isSaved) return;
    const answer = await takeAway();
    if (answer.ok) return;
    setOn(true);
    setProblem(answer.reason);
  };
  return { isOn, problem, switchTo: (wanted) => void switchTo(wanted) };
}
