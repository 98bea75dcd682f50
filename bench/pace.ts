import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";

/** Resolves after so many milliseconds. */
export function afterPause(ms: number): Promise<void> {
  return pause(ms);
}

/** What a schedule goes by; milliseconds. */
export interface PaceClock {
  now(): number;
  /** Resolves once it is so late; where it is already, after whatever else waits has had its turn. */
  until(at: number): Promise<void>;
}

const MACHINE_CLOCK: PaceClock = {
  now: () => performance.now(),
  until: (at) => {
    const waits = at - performance.now();
    return waits > 0 ? pause(waits) : turn();
  },
};

/**
 * Does an act every `everyMs` milliseconds, whether the one before is over or not, until `isOver` says so; a program that stands still
 * cannot make the acts wait that would have shown it. An act is told when it was due: whoever times it counts from there, however late it
 * began. Resolves with what the acts came to.
 */
export async function onSchedule<T>({
  everyMs,
  isOver,
  act,
  clock = MACHINE_CLOCK,
}: {
  readonly everyMs: number;
  readonly isOver: (done: number) => boolean;
  readonly act: (index: number, due: number) => T | Promise<T>;
  readonly clock?: PaceClock;
}): Promise<T[]> {
  const acts: (T | Promise<T>)[] = [];
  const start = clock.now();
  while (!isOver(acts.length)) {
    const due = start + acts.length * everyMs;
    await clock.until(due);
    const begun = act(acts.length, due);
    // Whoever failed is told of at the end; until then it must not count as unheard.
    if (begun instanceof Promise) begun.catch(() => undefined);
    acts.push(begun);
  }
  return Promise.all(acts);
}
