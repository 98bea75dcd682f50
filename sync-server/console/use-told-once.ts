import { useState } from "react";

/** What can be told this once alone, a secret that nobody can ask for again: one after the other, however many come at once. */
export interface ToldOnce<T> {
  /** Undefined: there is nothing to be told. */
  readonly now: T | undefined;
  tell(what: T): void;
  /** It was read: the next one is told. */
  done(): void;
}

export function useToldOnce<T>(): ToldOnce<T> {
  const [untold, setUntold] = useState<readonly T[]>([]);
  return {
    now: untold[0],
    tell: (what) => setUntold((before) => [...before, what]),
    done: () => setUntold((before) => before.slice(1)),
  };
}
