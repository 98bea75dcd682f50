import { type DeliveryId, idOf } from "#domain/ids.ts";
import type { Delivery } from "#domain/stock/delivery.ts";
import { foldDeliveries } from "#domain/stock/fold-deliveries.ts";
import type { Unwatch } from "../ports.ts";
import { Overlaid } from "../replica/overlaid.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

type BookPorts = Pick<ShopPorts, "replica" | "journal" | "server" | "onTrouble">;

/** The store's deliveries as they are now. */
export class DeliveryBook {
  readonly #deliveries: Overlaid<"deliveries", DeliveryId>;
  #acted: ReadonlySet<DeliveryId> = new Set();

  constructor(ports: BookPorts) {
    this.#deliveries = new Overlaid(ports, "deliveries", {
      idOf: idOf<"Delivery">,
      isAct: ({ type }) => type === "delivery.sent" || type === "delivery.received",
      fold: (deliveries, pending) =>
        foldDeliveries({ deliveries, pending, clockOffsetMs: ports.server.clockOffsetMs() }),
      acted: (acts) => {
        this.#acted = new Set(acts.flatMap(({ fact }) => ("delivery" in fact ? fact.delivery : [])));
      },
    });
  }

  /** Reads what is on disk. */
  load(): Promise<void> {
    return this.#deliveries.load();
  }

  get(id: DeliveryId): Delivery | null {
    return this.#deliveries.current().get(id) ?? null;
  }

  all(): readonly Delivery[] {
    return [...this.#deliveries.current().values()];
  }

  /** Whether the replica lacks something that this till did to it. */
  isUnsent(id: DeliveryId): boolean {
    this.#deliveries.refresh();
    return this.#acted.has(id);
  }

  watch(onChange: () => void): Unwatch {
    return this.#deliveries.watch(onChange);
  }

  close(): void {
    this.#deliveries.close();
  }
}
