import type { ServerLine } from "../ports.ts";
import type { Timers } from "../sync/alarm.ts";

/** How long a customer waits at the counter for what the server knows, milliseconds. */
export const SERVER_WAIT_MS = 4_000;

/** An answer that somebody waits for; null when it does not come in time, or not at all. */
export function inTime<T>(timers: Timers, ask: () => Promise<T>, waitMs = SERVER_WAIT_MS): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = timers.set(() => resolve(null), waitMs);
    const end = (answer: T | null): void => {
      timers.clear(timer);
      resolve(answer);
    };
    ask().then(end, () => end(null));
  });
}

/** The server's word while the customer waits; null where there is no connection, or no answer in time. */
export async function askInTime<T>(
  { server, timers }: { readonly server: ServerLine; readonly timers: Timers },
  ask: (server: ServerLine) => Promise<T>,
): Promise<T | null> {
  return server.online() ? inTime(timers, () => ask(server)) : null;
}
