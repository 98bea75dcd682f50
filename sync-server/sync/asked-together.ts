import { AsyncLocalStorage } from "node:async_hooks";

interface Asking<K, V> {
  readonly keys: Set<K>;
  readonly found: Promise<ReadonlyMap<K, V>>;
}

/** A question that all tills of a chain may bring at one go, as when they come back: what is asked in the same moment is looked up together. */
export class AskedTogether<K, V> {
  readonly #lookUp: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>;
  #asking: Asking<K, V> | null = null;
  /** What is looked up for all belongs to no one's request: a trace would count it as whoever asked first. */
  readonly #apart = AsyncLocalStorage.snapshot();

  constructor(lookUp: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>) {
    this.#lookUp = lookUp;
  }

  /** No older than the asking; null where nothing was found. Rejects as looking it up does. */
  async of(key: K): Promise<V | null> {
    const asking = this.#asking ?? this.#begin();
    asking.keys.add(key);
    return (await asking.found).get(key) ?? null;
  }

  #begin(): Asking<K, V> {
    const keys = new Set<K>();
    const found = this.#apart(() =>
      Promise.resolve().then(() => {
        this.#asking = null;
        return this.#lookUp([...keys]);
      }),
    );
    this.#asking = { keys, found };
    return this.#asking;
  }
}
