import type { VariantId } from "#domain/ids.ts";
import { parseGtin } from "#domain/product/gtin.ts";
import type { ReplicaDocument } from "#protocol/documents/collections.ts";
import { doEach } from "../do-each.ts";
import type { Replica } from "../ports.ts";
import { pricesOf } from "../replica/prices-of.ts";
import type { CatalogIndex } from "./catalog-index.ts";

/** Collections the catalogue is made of, in the order they are loaded. */
export const CATALOG_COLLECTIONS = ["products", "prices", "stock"] as const;
export type CatalogCollection = (typeof CATALOG_COLLECTIONS)[number];

/** How long the index may keep the event loop before a waiting scan is let through, milliseconds. */
const SLICE_MS = 4;
/** What is taken in at once, however long this machine lets it wait. */
const DOCUMENTS_AT_ONCE = 20;

interface Change<C extends CatalogCollection> {
  readonly id: string;
  /** Null: it is gone. */
  readonly data: ReplicaDocument<C> | null;
}

type Intake = {
  readonly [C in CatalogCollection]: (index: CatalogIndex, change: Change<C>) => void;
};

const INTAKE: Intake = {
  products: (index, { id, data }) => (data === null ? index.removeProduct(id) : index.putProduct(data)),
  prices: (index, { id, data }) => (data === null ? index.removePrice(id) : index.putPrice(data)),
  stock: (index, { id, data }) => (data === null ? index.removeStock(id) : index.putStock(data)),
};

/**
 * Feeds one index from the replica: what is there already by reading it through, and what changes meanwhile. All in slices of a few
 * milliseconds; a handful of changes is taken in at once, so that a new price shows without delay.
 */
export class IndexLoader {
  readonly index: CatalogIndex;
  readonly #replica: Replica;
  readonly #onProgress: () => void;
  readonly #queue: { readonly apply: () => boolean; readonly done: () => void }[] = [];
  /** Documents that changed since loading began: the older version that is still to be read must not cover them. */
  readonly #changed = new Map<CatalogCollection, Set<string>>();
  /** How far the products have been read through: what is up to here is in the index. */
  #productsUpTo = "";
  #loaded = false;
  #closed = false;
  #pumping = false;

  constructor({
    index,
    replica,
    onProgress,
  }: {
    readonly index: CatalogIndex;
    readonly replica: Replica;
    readonly onProgress: () => void;
  }) {
    this.index = index;
    this.#replica = replica;
    this.#onProgress = onProgress;
    for (const collection of CATALOG_COLLECTIONS) this.#changed.set(collection, new Set());
  }

  /** Whether everything the replica held when loading began is in the index. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Reads the replica through. Resolves when all of it is in the index, or when closed. Throws what the disk threw, once all else is in the index: of a collection that cannot be read to its end the others are not less. */
  async load(): Promise<void> {
    await doEach(...CATALOG_COLLECTIONS.map((collection) => () => this.#loadCollection(collection)));
    this.#loaded = true;
    this.#changed.clear();
    if (!this.#closed) this.#onProgress();
  }

  /** Takes in, ahead of their turn, the products that may carry a code. */
  async hurryCode(code: string): Promise<void> {
    for (const text of writingsOf(code.trim())) {
      const products = await this.#productsAhead(text);
      for (const product of products) this.index.putProduct(product);
      if (products.length > 0) return;
    }
  }

  /** Takes in, ahead of its turn, the product of a variant. */
  async hurryProductOf(variant: VariantId): Promise<void> {
    for (const product of await this.#productsAhead(JSON.stringify(variant))) this.index.putProduct(product);
  }

  /** Takes in, ahead of their turn, a variant's prices and stock. */
  async hurryTerms(variant: VariantId): Promise<void> {
    for (const price of await pricesOf(this.#replica, variant))
      if (this.#isAsRead("prices", price.id)) this.index.putPrice(price);
    const stock = await this.#replica.get("stock", variant);
    if (stock !== null && this.#isAsRead("stock", variant)) this.index.putStock(stock);
  }

  async #productsAhead(json: string): Promise<readonly ReplicaDocument<"products">[]> {
    const found = await this.#replica.mentioning("products", json, { after: this.#productsUpTo });
    return found?.filter(({ id }) => this.#isAsRead("products", id)) ?? [];
  }

  /** What changed since loading began is in the index or on its way there: an older version must not cover it. */
  #isAsRead(collection: CatalogCollection, id: string): boolean {
    return !this.#closed && this.#changed.get(collection)?.has(id) !== true;
  }

  /** Takes in what changed in the replica. */
  take<C extends CatalogCollection>(collection: C, changes: readonly Change<C>[]): void {
    const changed = this.#changed.get(collection);
    if (changed !== undefined) for (const { id } of changes) changed.add(id);
    void this.#enqueue(collection, changes);
  }

  close(): void {
    this.#closed = true;
    for (const { done } of this.#queue.splice(0)) done();
  }

  async #loadCollection<C extends CatalogCollection>(collection: C): Promise<void> {
    for await (const documents of this.#replica.scan(collection)) {
      if (this.#closed) return;
      const changed = this.#changed.get(collection);
      const read = documents.map((data): Change<C> => ({ id: data.id, data }));
      await this.#enqueue(
        collection,
        read.filter(({ id }) => changed?.has(id) !== true),
      );
      const last = documents.at(-1);
      if (last !== undefined && collection === "products") this.#productsUpTo = last.id;
    }
  }

  /** Resolves when the change is in the index. */
  #enqueue<C extends CatalogCollection>(collection: C, changes: readonly Change<C>[]): Promise<void> {
    return new Promise((resolve) => {
      this.#queue.push({ apply: this.#stepper(collection, changes), done: resolve });
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#slice();
  }

  #slice(): void {
    const end = performance.now() + SLICE_MS;
    let first = this.#queue[0];
    for (
      let taken = 0;
      first !== undefined && !this.#closed && (taken < DOCUMENTS_AT_ONCE || performance.now() < end);
      taken += 1
    ) {
      if (first.apply()) {
        this.#queue.shift();
        first.done();
        this.#onProgress();
      }
      first = this.#queue[0];
    }
    this.#pumping = first !== undefined && !this.#closed;
    if (this.#pumping) setImmediate(() => this.#slice());
  }

  /** A function that takes in the next document of a change and says whether that was all. */
  #stepper<C extends CatalogCollection>(collection: C, changes: readonly Change<C>[]): () => boolean {
    const intake: Intake[C] = INTAKE[collection];
    let next = 0;
    return () => {
      const change = changes[next];
      if (change !== undefined) intake(this.index, change);
      next += 1;
      return next >= changes.length;
    };
  }
}

/** How a code may be written in a product's JSON: a UPC-A ends as its EAN-13 does, and most SKUs are in capitals. */
function writingsOf(code: string): ReadonlySet<string> {
  const gtin = parseGtin(code);
  const asSku = [code, code.toUpperCase(), code.toLowerCase()].map((each) => JSON.stringify(each));
  return new Set(gtin.ok ? [`${gtin.value.replace(/^0+/, "")}"`, ...asSku] : asSku);
}
