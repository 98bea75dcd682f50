import { type FulfilmentId, idOf } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { foldOrders } from "#domain/journal/fold.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { DEFAULT_ORDER_POLICY, orderPolicyOf } from "#domain/orders/policy.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { Unwatch } from "../ports.ts";
import { Followed } from "../replica/followed.ts";
import { Changes } from "../shop/changes.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

type BookPorts = Pick<ShopPorts, "replica" | "journal" | "onTrouble">;

/** The store's orders as they are now: what the server says, with this till's own acts on top that the replica does not contain yet. */
export class OrderBook {
  readonly #ports: BookPorts;
  readonly #changes = new Changes();
  readonly #orders = new Map<FulfilmentId, StoreOrder>();
  readonly #unwatch: Unwatch[];
  readonly #followed: Followed<"orders">;
  #pending: readonly JournalEntry[] = [];
  #acts: readonly JournalEntry[] = [];
  #acted: ReadonlySet<FulfilmentId> = new Set();
  #folded: ReadonlyMap<FulfilmentId, StoreOrder> | null = null;
  /** Acts are folded that nobody was told of: whoever looks first may do so before the journal's word comes here. */
  #isUntold = false;
  #arrived = 0;

  constructor(ports: BookPorts) {
    this.#ports = ports;
    const { replica, journal } = ports;
    this.#followed = new Followed(ports, "orders", {
      take: (id, data, isTold) => this.#take(id, data, isTold),
      changed: () => this.#changed(),
    });
    this.#unwatch = [
      () => this.#followed.end(),
      replica.watch("settings", () => this.#changed()),
      journal.watch(() => {
        this.#refresh();
        if (!this.#isUntold) return;
        this.#isUntold = false;
        this.#changes.tell();
      }),
    ];
  }

  /** Reads what is on disk. A replica that cannot be read is told as trouble: the book holds what it got. */
  async load(): Promise<void> {
    await this.#followed.load();
    this.#changed();
  }

  /** Grows with each open order that is new here. */
  get arrived(): number {
    return this.#arrived;
  }

  get(fulfilment: FulfilmentId): StoreOrder | null {
    return this.#current().get(fulfilment) ?? null;
  }

  all(): readonly StoreOrder[] {
    return [...this.#current().values()];
  }

  /** Whether the replica lacks something that this till did to the order. */
  isUnsent(fulfilment: FulfilmentId): boolean {
    this.#refresh();
    return this.#acted.has(fulfilment);
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  #take(id: string, data: StoreOrder | null, isTold: boolean): void {
    if (data === null) this.#orders.delete(idOf<"Fulfilment">(id));
    else {
      if (isTold && !this.#orders.has(data.id) && isToDo(data)) this.#arrived += 1;
      this.#orders.set(data.id, data);
    }
  }

  #current(): ReadonlyMap<FulfilmentId, StoreOrder> {
    this.#refresh();
    this.#folded ??= foldOrders({
      orders: this.#orders,
      pending: this.#acts,
      keepReadyMs: this.#keepReadyMs(),
    });
    return this.#folded;
  }

  /** Looks whether other acts are pending than were folded. Days of sales without the server cost one glance at each entry's type. */
  #refresh(): void {
    const pending = this.#ports.journal.pendingFor("orders");
    if (pending === this.#pending) return;
    this.#pending = pending;
    const acts = pending.filter(({ fact }) => fact.type.startsWith("order."));
    const same = acts.length === this.#acts.length && acts.every((act, at) => act === this.#acts[at]);
    if (same) return;
    this.#acts = acts;
    this.#acted = new Set(acts.flatMap((entry) => effectsOf(entry).act?.fulfilment ?? []));
    this.#folded = null;
    this.#isUntold = true;
  }

  #changed(): void {
    this.#folded = null;
    this.#changes.tell();
  }

  #keepReadyMs(): number {
    const settings = this.#ports.replica.settings();
    return (settings === null ? DEFAULT_ORDER_POLICY : orderPolicyOf(settings)).keepReadyMs;
  }
}

function isToDo({ fulfilment: { state } }: StoreOrder): boolean {
  return isOpen(state) && state !== "ready";
}
