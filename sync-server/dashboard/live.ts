import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { LIVE_KINDS, type LiveKind } from "#protocol/hq/dashboard.ts";
import type { ChangedFeed } from "../sync/wakeups.ts";

/** Consoles are told at most this often, milliseconds. */
const EVERY_MS = 1_000;

/** What changes for people at HQ where a collection of the tills does. */
const KINDS: Readonly<Record<ReplicaCollection, LiveKind>> = {
  settings: "stores",
  staff: "staff",
  products: "catalogue",
  prices: "prices",
  promotions: "promotions",
  stock: "stock",
  counts: "stock",
  deliveries: "stock",
  customers: "customers",
  orders: "orders",
  receipts: "sales",
  balances: "sales",
  notices: "records",
  cases: "cases",
};

export interface LiveListener {
  readonly changed: (kinds: readonly LiveKind[]) => void;
  /** The server is going down. */
  readonly end: () => void;
}

/** Tells consoles of what kind something has changed, never what: they ask for what they may see. It may be missed: consoles ask now and then as well. */
export class Live {
  readonly #listeners = new Set<LiveListener>();
  readonly #waiting = new Set<LiveKind>();
  readonly #after: (work: () => void, ms: number) => unknown;
  #isResting = false;
  #changes = 0;

  constructor(after: (work: () => void, ms: number) => unknown = (work, ms) => setTimeout(work, ms).unref()) {
    this.#after = after;
  }

  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    for (const listener of this.#listeners) listener.end();
  }

  /** Something was written: what of it stands in feeds, and perhaps more. */
  published(feeds: Iterable<ChangedFeed>): void {
    this.changed([...[...feeds].map(({ collection }) => KINDS[collection]), "records"]);
  }

  /** How often anything has changed since the server started: what was worked out at the same count is still so. */
  get changes(): number {
    return this.#changes;
  }

  /** The first word goes out at once; what comes within a second of it goes together. */
  changed(kinds: Iterable<LiveKind>): void {
    this.#changes += 1;
    if (this.#listeners.size === 0) return;
    for (const kind of kinds) this.#waiting.add(kind);
    if (!this.#isResting) this.#tell();
  }

  #tell(): void {
    this.#isResting = this.#waiting.size > 0;
    if (!this.#isResting) return;
    const kinds = LIVE_KINDS.filter((kind) => this.#waiting.has(kind));
    this.#waiting.clear();
    for (const listener of [...this.#listeners]) listener.changed(kinds);
    this.#after(() => this.#tell(), EVERY_MS);
  }
}
