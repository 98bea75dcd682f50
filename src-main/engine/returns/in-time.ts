import type { Timers } from "../sync/alarm.ts";

/** How long a customer waits at the counter for what the server knows, milliseconds. */
export const SERVER_WAIT_MS = 4_000;

/** An answer that somebody waits for; null when it does not come in time, or not at all. */
export function inTime<T>(timers: Timers, ask: () => Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = timers.set(() => resolve(null), SERVER_WAIT_MS);
    const end = (answer: T | null): void => {
      timers.clear(timer);
      resolve(answer);
    };
    ask().then(end, () => end(null));
  });
}
