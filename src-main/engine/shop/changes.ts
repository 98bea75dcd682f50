import type { Unwatch } from "../ports.ts";

/** Ends two watches at once. */
export function both(first: Unwatch, second: Unwatch): Unwatch {
  return () => {
    first();
    second();
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
