import type { StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection, ReplicaDocument } from "#protocol/documents/collections.ts";
import type { Replica, Unwatch } from "../ports.ts";

type Documents = { [C in ReplicaCollection]: Map<string, ReplicaDocument<C>> };
type Change<C extends ReplicaCollection> = { readonly id: string; readonly data: ReplicaDocument<C> | null };
type Listeners = { [C in ReplicaCollection]: Set<(changes: readonly Change<C>[]) => void> };

const CHUNK = 500;

/** A replica in memory: what `put` and `remove` are told is what the server sent. */
export class FakeReplica implements Replica {
  readonly #documents: Documents = {
    settings: new Map(),
    staff: new Map(),
    products: new Map(),
    prices: new Map(),
    promotions: new Map(),
    stock: new Map(),
    customers: new Map(),
    orders: new Map(),
    receipts: new Map(),
    balances: new Map(),
    notices: new Map(),
    counts: new Map(),
    cases: new Map(),
    deliveries: new Map(),
  };
  readonly #listeners: Listeners = {
    settings: new Set(),
    staff: new Set(),
    products: new Set(),
    prices: new Set(),
    promotions: new Set(),
    stock: new Set(),
    customers: new Set(),
    orders: new Set(),
    receipts: new Set(),
    balances: new Set(),
    notices: new Set(),
    counts: new Set(),
    cases: new Set(),
    deliveries: new Set(),
  };

  needsConnection = false;
  isStaffRead = true;

  settings(): StoreSettings | null {
    return this.#documents.settings.values().next().value ?? null;
  }

  staff(): readonly StaffMember[] {
    return [...this.#documents.staff.values()];
  }

  async get<C extends ReplicaCollection>(collection: C, id: string): Promise<ReplicaDocument<C> | null> {
    const documents: Documents[C] = this.#documents[collection];
    return documents.get(id) ?? null;
  }

  async *scan<C extends ReplicaCollection>(collection: C): AsyncIterable<readonly ReplicaDocument<C>[]> {
    const documents: Documents[C] = this.#documents[collection];
    const all = inOrder(documents);
    for (let start = 0; start < all.length; start += CHUNK) {
      await new Promise((resolve) => setImmediate(resolve));
      yield all.slice(start, start + CHUNK);
    }
  }

  async mentioning<C extends ReplicaCollection>(
    collection: C,
    json: string,
    { after = "" }: { readonly after?: string } = {},
  ): Promise<readonly ReplicaDocument<C>[] | null> {
    const documents: Documents[C] = this.#documents[collection];
    return [...documents.values()].filter((each) => each.id > after && JSON.stringify(each).includes(json));
  }

  async beginning<C extends ReplicaCollection>(
    collection: C,
    text: string,
  ): Promise<readonly ReplicaDocument<C>[]> {
    const documents: Documents[C] = this.#documents[collection];
    return inOrder(documents).filter(({ id }) => id.startsWith(text));
  }

  watch<C extends ReplicaCollection>(
    collection: C,
    onChange: (changes: readonly Change<C>[]) => void,
  ): Unwatch {
    const listeners: Listeners[C] = this.#listeners[collection];
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  }

  put<C extends ReplicaCollection>(collection: C, ...documents: readonly ReplicaDocument<C>[]): void {
    const held: Documents[C] = this.#documents[collection];
    for (const document of documents) {
      held.delete(document.id);
      held.set(document.id, document);
    }
    this.#tell(
      collection,
      documents.map((data) => ({ id: data.id, data })),
    );
  }

  remove<C extends ReplicaCollection>(collection: C, ...ids: readonly string[]): void {
    const held: Documents[C] = this.#documents[collection];
    for (const id of ids) held.delete(id);
    this.#tell(
      collection,
      ids.map((id) => ({ id, data: null })),
    );
  }

  #tell<C extends ReplicaCollection>(collection: C, changes: readonly Change<C>[]): void {
    const listeners: Listeners[C] = this.#listeners[collection];
    for (const listener of [...listeners]) listener(changes);
  }
}

function inOrder<D extends { readonly id: string }>(documents: ReadonlyMap<string, D>): D[] {
  return [...documents.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
