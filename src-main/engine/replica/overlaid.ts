import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import type { ReplicaCollection, ReplicaDocument } from "#protocol/documents/collections.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Followed } from "./followed.ts";
import { joinedSince } from "./joined-since.ts";

/** How this till's own acts lie over a collection of the replica. */
interface Overlay<C extends ReplicaCollection, Id extends string> {
  readonly idOf: (id: string) => Id;
  /** Whether an entry says something of this collection: one glance at its type. */
  readonly isAct: (fact: Fact) => boolean;
  readonly fold: (
    documents: ReadonlyMap<Id, ReplicaDocument<C>>,
    acts: readonly JournalEntry[],
  ) => ReadonlyMap<Id, ReplicaDocument<C>>;
  /** Told of each document before it is taken; `isTold`: just now, rather than read from the disk. */
  readonly taking?: (
    data: ReplicaDocument<C>,
    about: { readonly isNew: boolean; readonly isTold: boolean },
  ) => void;
  /** Told as other acts are pending than before. */
  readonly acted?: (acts: readonly JournalEntry[]) => void;
}

/** A collection as it is now: what the server says, with this till's own acts on top that the replica does not contain yet. */
export class Overlaid<C extends ReplicaCollection, Id extends string> {
  readonly #ports: Pick<ShopPorts, "journal">;
  readonly #collection: C;
  readonly #overlay: Overlay<C, Id>;
  readonly #changes = new Changes();
  readonly #documents = new Map<Id, ReplicaDocument<C>>();
  readonly #followed: Followed<C>;
  readonly #unwatch: Unwatch;
  #pending: readonly JournalEntry[] = [];
  #acts: readonly JournalEntry[] = [];
  #folded: ReadonlyMap<Id, ReplicaDocument<C>> | null = null;
  /** Acts are folded that nobody was told of: whoever looks first may do so before the journal's word comes here. */
  #isUntold = false;

  constructor(
    ports: Pick<ShopPorts, "replica" | "journal" | "onTrouble">,
    collection: C,
    overlay: Overlay<C, Id>,
  ) {
    this.#ports = ports;
    this.#collection = collection;
    this.#overlay = overlay;
    this.#followed = new Followed(ports, collection, {
      take: (id, data, isTold) => this.#take(id, data, isTold),
      changed: () => this.changed(),
    });
    this.#unwatch = ports.journal.watch(() => {
      this.refresh();
      if (!this.#isUntold) return;
      this.#isUntold = false;
      this.#changes.tell();
    });
  }

  /** Reads what is on disk. A replica that cannot be read is told as trouble: what was got is held. */
  async load(): Promise<void> {
    await this.#followed.load();
    this.changed();
  }

  /** What the replica itself has. */
  get documents(): ReadonlyMap<Id, ReplicaDocument<C>> {
    return this.#documents;
  }

  /** With this till's acts on top. */
  current(): ReadonlyMap<Id, ReplicaDocument<C>> {
    this.refresh();
    this.#folded ??= this.#overlay.fold(this.#documents, this.#acts);
    return this.#folded;
  }

  /** Looks whether other acts are pending than were folded. */
  refresh(): void {
    const pending = this.#ports.journal.pendingFor(this.#collection);
    if (pending === this.#pending) return;
    const joined = joinedSince(this.#pending, pending)?.filter(({ fact }) => this.#overlay.isAct(fact));
    this.#pending = pending;
    if (joined?.length === 0) return;
    const acts =
      joined === undefined
        ? pending.filter(({ fact }) => this.#overlay.isAct(fact))
        : [...this.#acts, ...joined];
    const same = acts.length === this.#acts.length && acts.every((act, at) => act === this.#acts[at]);
    if (same) return;
    this.#acts = acts;
    this.#overlay.acted?.(acts);
    this.foldAnew();
    this.#isUntold = true;
  }

  /** Something else that `fold` goes by has changed. */
  foldAnew(): void {
    this.#folded = null;
  }

  /** As `foldAnew`, and whoever watches is told. */
  changed(): void {
    this.foldAnew();
    this.#changes.tell();
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    this.#followed.end();
    this.#unwatch();
  }

  #take(id: string, data: ReplicaDocument<C> | null, isTold: boolean): void {
    const named = this.#overlay.idOf(id);
    if (data === null) this.#documents.delete(named);
    else {
      this.#overlay.taking?.(data, { isNew: !this.#documents.has(named), isTold });
      this.#documents.set(named, data);
    }
  }
}
