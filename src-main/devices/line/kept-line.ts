import type { CounterLink } from "#protocol/till/counter.ts";
import { type OpenLine, openLine } from "./open-line.ts";
import type { KeepLine, KeptLine } from "./port.ts";

/** How long to wait before a lost line is opened again, milliseconds; doubles up to the longest. */
interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}
const PAUSES: Pauses = { firstMs: 500, longestMs: 5_000 };

/** Opens a line and keeps it open. */
export const keepLine: KeepLine = (link, on) => keepLineWith(link, on, PAUSES);

/** The same with other pauses, for tests. */
export function keepLineWith(
  link: CounterLink,
  on: { readonly bytes: (bytes: Uint8Array) => void; readonly state: () => void },
  { firstMs, longestMs }: Pauses,
): KeptLine {
  let state: ReturnType<KeptLine["state"]> = "opening";
  let line: OpenLine | null = null;
  let wake: () => void = () => undefined;
  let closing = false;
  const become = (next: typeof state): void => {
    if (next === state || closing) return;
    state = next;
    on.state();
  };
  const ended = (async () => {
    let pauseMs = firstMs;
    while (!closing) {
      const opened = await openLine(link, on.bytes);
      if (opened.ok) {
        line = opened.value;
        if (closing) await line.close();
        become("open");
        pauseMs = firstMs;
        await line.ended;
        line = null;
        become("unreachable");
      } else become(opened.reason);
      if (closing) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      pauseMs = Math.min(pauseMs * 2, longestMs);
    }
  })();
  return {
    state: () => state,
    write: async (bytes) => (await line?.write(bytes)) ?? false,
    async close() {
      closing = true;
      wake();
      await line?.close();
      await ended;
    },
  };
}
