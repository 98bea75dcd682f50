import type { ReplicaCollection, ReplicaDocument } from "#protocol/documents/collections.ts";
import type { Replica, Unwatch } from "../ports.ts";

/** Gets each document, null where it is deleted; `isTold`: just now, rather than read from the disk. */
type Take<C extends ReplicaCollection> = (
  id: string,
  data: ReplicaDocument<C> | null,
  isTold: boolean,
) => void;

type Chunks<C extends ReplicaCollection> =
  | AsyncIterable<readonly ReplicaDocument<C>[]>
  | Iterable<readonly ReplicaDocument<C>[]>;

/**
 * A collection of the replica as somebody keeps it in memory: what is on disk, and whatever changes from now on. What changes while the disk is still being read is newer
 * than what is read, and stands.
 */
export class Followed<C extends ReplicaCollection> {
  readonly #ports: { readonly replica: Replica; readonly onTrouble: (error: unknown) => void };
  readonly #collection: C;
  readonly #take: Take<C>;
  readonly #unwatch: Unwatch;
  /** Told of while the first reading was under way; null once it is over. */
  #changedMeanwhile: Set<string> | null = new Set();
  #ended = false;

  /** `changed` is told once for all that changed together, never of what is read from the disk. */
  constructor(
    ports: { readonly replica: Replica; readonly onTrouble: (error: unknown) => void },
    collection: C,
    {
      take,
      changed = () => undefined,
    }: {
      readonly take: Take<C>;
      readonly changed?: (ids: readonly string[]) => void;
    },
  ) {
    this.#ports = ports;
    this.#collection = collection;
    this.#take = take;
    this.#unwatch = ports.replica.watch(collection, (changes) => {
      for (const { id, data } of changes) {
        this.#changedMeanwhile?.add(id);
        take(id, data, true);
      }
      changed(changes.map(({ id }) => id));
    });
  }

  /** Whether the disk has been read. */
  get isLoaded(): boolean {
    return this.#changedMeanwhile === null;
  }

  /** Reads the disk, or that part of it that `read` answers. A replica that cannot be read is told as trouble: what was read until then is kept. */
  async load(
    read: () => Chunks<C> | Promise<Chunks<C>> = () => this.#ports.replica.scan(this.#collection),
  ): Promise<void> {
    try {
      for await (const chunk of await read()) {
        if (this.#ended) return;
        for (const document of chunk)
          if (this.#changedMeanwhile?.has(document.id) !== true) this.#take(document.id, document, false);
      }
    } catch (error) {
      if (!this.#ended) this.#ports.onTrouble(error);
    }
    this.#changedMeanwhile = null;
  }

  /** Nothing is taken any more, and a reading under way stops. */
  end(): void {
    this.#ended = true;
    this.#unwatch();
  }
}
