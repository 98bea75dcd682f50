import type { DeviceId } from "#domain/ids.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";

export interface ChangedFeed {
  readonly feed: string;
  readonly collection: ReplicaCollection;
}

export interface Listener {
  readonly device: DeviceId;
  /** Whether a changed feed concerns this listener's store. */
  readonly concerns: (change: ChangedFeed) => boolean;
  readonly wake: (collections: readonly ReplicaCollection[]) => void;
  /** HQ wants to know how this till is, with its log. */
  readonly askHealth: () => void;
  /** The server is going down, or the till was revoked. */
  readonly end: () => void;
}

/** Tells connected tills that something newer is there to pull. It carries no data and may be missed: tills poll as well. */
export class Wakeups {
  readonly #listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tills that listen. */
  get count(): number {
    return this.#listeners.size;
  }

  /** Ends every stream, so that a server that is asked to stop is not held up by tills that listen. */
  close(): void {
    for (const listener of this.#listeners) listener.end();
  }

  /** Ends the streams of one till, which HQ has revoked. */
  dismiss(device: DeviceId): void {
    for (const listener of this.#listeners) if (listener.device === device) listener.end();
  }

  /** Asks a till that is connected how it is; one that is not is asked as it connects. */
  askHealth(device: DeviceId): void {
    for (const listener of this.#listeners) if (listener.device === device) listener.askHealth();
  }

  announce(changes: Iterable<ChangedFeed>): void {
    const all = [...changes];
    if (all.length === 0) return;
    for (const listener of this.#listeners) {
      const collections = [...new Set(all.filter(listener.concerns).map((change) => change.collection))];
      if (collections.length > 0) listener.wake(collections);
    }
  }
}
