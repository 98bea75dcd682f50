import type { ViewValue } from "#protocol/till/contract.ts";
import type { TillInMemory } from "./till-in-memory.ts";

const LONG_MS = 10 * 60_000;

/** Resolves once the terminal's view, or whatever is looked at with it, is so. What waits for its time meanwhile is hurried on. */
export async function untilTerminal(
  till: TillInMemory,
  holds: (view: ViewValue<"terminal">) => boolean,
): Promise<void> {
  const view = till.shop.views.terminal;
  let done = false;
  const hurrying = till.timers.until(() => {
    if (!done) setImmediate(() => till.timers.hurry(LONG_MS));
    return done;
  });
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!holds(view.current())) return;
      done = true;
      for (const end of unwatch) end();
      resolve();
    };
    const unwatch = [view.watch(look), till.journal.watch(look)];
    look();
  });
  // Wakes the listener, which ends itself.
  till.timers.clear(till.timers.set(() => undefined, 0));
  await hurrying;
}
