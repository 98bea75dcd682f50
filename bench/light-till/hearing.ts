/** A sale that others are to hear of, and those that have not yet. */
export interface Told<Listener> {
  readonly due: number;
  readonly deaf: Set<Listener>;
  /** The server may know of it. */
  isSent: boolean;
}

/** How long the wake-ups of sales took, milliseconds each, and how many of them are those of listeners that never heard. */
export interface Heard {
  readonly woken: readonly number[];
  readonly unheard: number;
}

/**
 * Who has heard of which sale. Every sale is to be heard of by each of its listeners; the time counts from when it was due. A wake-up does
 * not say of which sale it tells: it tells of all that the server may know of by then, and of none that waits at its till still.
 */
export class Hearing<Listener> {
  readonly #open = new Map<string, Set<Told<Listener>>>();
  #woken: number[] = [];

  /** A sale of this store, and who is to hear of it. */
  sold(
    store: string,
    { due, listeners }: { readonly due: number; readonly listeners: Iterable<Listener> },
  ): Told<Listener> {
    const told: Told<Listener> = { due, deaf: new Set(listeners), isSent: false };
    if (told.deaf.size > 0) {
      const open = this.#open.get(store) ?? new Set();
      this.#open.set(store, open.add(told));
    }
    return told;
  }

  /** This listener of the store was woken, or has pulled everything since it listens anew. */
  heard(store: string, listener: Listener, at: number): void {
    const open = this.#open.get(store);
    for (const told of open ?? []) {
      if (!told.isSent || !told.deaf.delete(listener)) continue;
      this.#woken.push(at - told.due);
      if (told.deaf.size === 0) open?.delete(told);
    }
  }

  /** Not everybody has heard of every sale. */
  get isWaiting(): boolean {
    return [...this.#open.values()].some(({ size }) => size > 0);
  }

  /** Nobody is waited for any longer: whoever has not heard by `at` counts with the time until then. Begins anew. */
  end(at: number): Heard {
    const heard = this.#woken;
    const never = [...this.#open.values()]
      .flatMap((open) => [...open])
      .flatMap(({ due, deaf }) => Array.from(deaf, () => at - due));
    this.#open.clear();
    this.#woken = [];
    return { woken: [...heard, ...never], unheard: never.length };
  }
}
