import { type DeliveryId, idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Delivery } from "#domain/stock/delivery.ts";
import { foldDeliveries } from "#domain/stock/fold-deliveries.ts";
import type { Unwatch } from "../ports.ts";
import { Followed } from "../replica/followed.ts";
import { Changes } from "../shop/changes.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

type BookPorts = Pick<ShopPorts, "replica" | "journal" | "server" | "onTrouble">;

/** The store's deliveries as they are now: what the server says, with this till's own acts on top that the replica does not contain yet. */
export class DeliveryBook {
  readonly #ports: BookPorts;
  readonly #changes = new Changes();
  readonly #deliveries = new Map<DeliveryId, Delivery>();
  readonly #unwatch: Unwatch[];
  readonly #followed: Followed<"deliveries">;
  #pending: readonly JournalEntry[] = [];
  #acts: readonly JournalEntry[] = [];
  #folded: ReadonlyMap<DeliveryId, Delivery> | null = null;
  #isUntold = false;

  constructor(ports: BookPorts) {
    this.#ports = ports;
    const { journal } = ports;
    this.#followed = new Followed(ports, "deliveries", {
      take: (id, data) => this.#take(id, data),
      changed: () => this.#changed(),
    });
    this.#unwatch = [
      () => this.#followed.end(),
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

  get(id: DeliveryId): Delivery | null {
    return this.#current().get(id) ?? null;
  }

  all(): readonly Delivery[] {
    return [...this.#current().values()];
  }

  /** Whether the replica lacks something that this till did to it. */
  isUnsent(id: DeliveryId): boolean {
    this.#refresh();
    return this.#acts.some(({ fact }) => "delivery" in fact && fact.delivery === id);
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  #take(id: string, data: Delivery | null): void {
    if (data === null) this.#deliveries.delete(idOf<"Delivery">(id));
    else this.#deliveries.set(data.id, data);
  }

  #current(): ReadonlyMap<DeliveryId, Delivery> {
    this.#refresh();
    this.#folded ??= foldDeliveries({
      deliveries: this.#deliveries,
      pending: this.#acts,
      clockOffsetMs: this.#ports.server.clockOffsetMs(),
    });
    return this.#folded;
  }

  /** Looks whether other acts are pending than were folded. Days of sales without the server cost one glance at each entry's type. */
  #refresh(): void {
    const pending = this.#ports.journal.pendingFor("deliveries");
    if (pending === this.#pending) return;
    this.#pending = pending;
    const acts = pending.filter(
      ({ fact }) => fact.type === "delivery.sent" || fact.type === "delivery.received",
    );
    const same = acts.length === this.#acts.length && acts.every((act, at) => act === this.#acts[at]);
    if (same) return;
    this.#acts = acts;
    this.#folded = null;
    this.#isUntold = true;
  }

  #changed(): void {
    this.#folded = null;
    this.#changes.tell();
  }
}
