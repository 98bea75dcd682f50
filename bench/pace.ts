import { setTimeout as pause } from "node:timers/promises";

/** Resolves after so many milliseconds. */
export function afterPause(ms: number): Promise<void> {
  return pause(ms);
}

/**
 * Does an act every `everyMs` milliseconds, whether the one before is over or not, until `isOver` says so; a program that stands still
 * cannot make the acts wait that would have shown it. Resolves with what the acts came to.
 */
export async function onSchedule<T>({
  everyMs,
  isOver,
  act,
}: {
  readonly everyMs: number;
  readonly isOver: (done: number) => boolean;
  readonly act: (index: number) => Promise<T>;
}): Promise<T[]> {
  const acts: Promise<T>[] = [];
  const start = performance.now();
  while (!isOver(acts.length)) {
    const due = start + acts.length * everyMs;
    await pause(Math.max(0, due - performance.now()));
    const begun = act(acts.length);
    // Whoever failed is told of at the end; until then it must not count as unheard.
    begun.catch(() => undefined);
    acts.push(begun);
  }
  return Promise.all(acts);
}
