import type { Unwatch } from "../ports.ts";

/** Ends two watches at once. */
export function both(first: Unwatch, second: Unwatch): Unwatch {
  return () => {
    first();
    second();
  };
}

/**
 * Watches the journal (or whatever else changes within an act) for those who need not know before the act is answered: a cashier waits for no screen. Of several
 * changes until then they hear once. What they throw `onTrouble` is told: nobody else would hear of it.
 */
export function watchBehindTheAnswer(
  source: { watch(onChange: () => void): Unwatch },
  onChange: () => void,
  onTrouble: (error: unknown) => void,
): Unwatch {
  let isDue = false;
  let isOver = false;
  const unwatch = source.watch(() => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      if (isOver) return;
      try {
        onChange();
      } catch (error) {
        onTrouble(error);
      }
    });
  });
  return () => {
    isOver = true;
    unwatch();
  };
}

/** Tells whoever listens that something is no longer as it was; what it is now, the listener asks. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  watch(onChange: () => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
