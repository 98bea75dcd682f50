import type { DeviceId } from "#domain/ids.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";

export interface ChangedFeed {
  readonly feed: string;
  readonly collection: ReplicaCollection;
}

export interface Listener {
  readonly device: DeviceId;
  /** Those that its store reads; of others it is not even asked. */
  readonly feeds: Iterable<string>;
  /** Whether a changed feed concerns this listener's store. */
  concerns(change: ChangedFeed): boolean;
  wake(collections: readonly ReplicaCollection[]): void;
  /** HQ wants to know how this till is, with its log. */
  askHealth(): void;
  /** The server is going down, or the till was revoked. */
  end(): void;
}

/** So many tills are told before others have the thread: a millisecond or two of it. */
const MOST_AT_ONCE = 64;

/** Tells connected tills that something newer is there to pull. It carries no data and may be missed: tills poll as well. */
export class Wakeups {
  readonly #listeners = new Set<Listener>();
  readonly #othersTurn: (goOn: () => void) => unknown;
  /** Whoever is still to be told, longest first, and of what. */
  readonly #untold = new Map<Listener, Set<ReplicaCollection>>();
  /** Each sale of the chain is announced at every server: those of another store must cost nothing there. */
  readonly #byFeed = new Map<string, Set<Listener>>();

  /** `othersTurn` goes on once others had the thread. */
  constructor(othersTurn: (goOn: () => void) => unknown = setImmediate) {
    this.#othersTurn = othersTurn;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    for (const feed of listener.feeds) {
      const known = this.#byFeed.get(feed);
      if (known === undefined) this.#byFeed.set(feed, new Set([listener]));
      else known.add(listener);
    }
    return () => this.#leave(listener);
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

  /** What changes for all of a large chain is told to some after the others; what changes meanwhile is told together with it. */
  announce(changes: Iterable<ChangedFeed>): void {
    const isTelling = this.#untold.size > 0;
    for (const change of changes)
      for (const listener of this.#byFeed.get(change.feed) ?? []) {
        if (!listener.concerns(change)) continue;
        const known = this.#untold.get(listener);
        if (known === undefined) this.#untold.set(listener, new Set([change.collection]));
        else known.add(change.collection);
      }
    if (!isTelling) this.#tell();
  }

  #tell(): void {
    let told = 0;
    try {
      for (const [listener, collections] of this.#untold) {
        if (told === MOST_AT_ONCE) break;
        told += 1;
        this.#untold.delete(listener);
        // One that listens anew by now, for other feeds, is told as well: it may have left for that moment.
        if (this.#listeners.has(listener)) listener.wake([...collections]);
      }
    } finally {
      // Whatever happens to one: without a next turn nobody would ever be told of anything again.
      if (this.#untold.size > 0) this.#othersTurn(() => this.#tell());
    }
  }

  #leave(listener: Listener): void {
    this.#listeners.delete(listener);
    for (const feed of listener.feeds) {
      const known = this.#byFeed.get(feed);
      known?.delete(listener);
      if (known?.size === 0) this.#byFeed.delete(feed);
    }
  }
}
