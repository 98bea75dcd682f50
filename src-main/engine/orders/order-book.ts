import { type FulfilmentId, idOf } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import { foldOrders } from "#domain/journal/fold.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { DEFAULT_ORDER_POLICY, orderPolicyOf } from "#domain/orders/policy.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { Unwatch } from "../ports.ts";
import { Overlaid } from "../replica/overlaid.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

type BookPorts = Pick<ShopPorts, "replica" | "journal" | "onTrouble">;

/** The store's orders as they are now. */
export class OrderBook {
  readonly #ports: BookPorts;
  readonly #orders: Overlaid<"orders", FulfilmentId>;
  readonly #unwatchSettings: Unwatch;
  #acted: ReadonlySet<FulfilmentId> = new Set();
  #arrived = 0;

  constructor(ports: BookPorts) {
    this.#ports = ports;
    this.#orders = new Overlaid(ports, "orders", {
      idOf: idOf<"Fulfilment">,
      isAct: ({ type }) => type.startsWith("order."),
      fold: (orders, pending) => foldOrders({ orders, pending, keepReadyMs: this.#keepReadyMs() }),
      taking: (data, { isNew, isTold }) => {
        if (isTold && isNew && isToDo(data)) this.#arrived += 1;
      },
      acted: (acts) => {
        this.#acted = new Set(acts.flatMap((entry) => effectsOf(entry).act?.fulfilment ?? []));
      },
    });
    this.#unwatchSettings = ports.replica.watch("settings", () => this.#orders.changed());
  }

  /** Reads what is on disk. */
  load(): Promise<void> {
    return this.#orders.load();
  }

  /** Grows with each open order that is new here. */
  get arrived(): number {
    return this.#arrived;
  }

  get(fulfilment: FulfilmentId): StoreOrder | null {
    return this.#orders.current().get(fulfilment) ?? null;
  }

  all(): readonly StoreOrder[] {
    return [...this.#orders.current().values()];
  }

  /** Whether the replica lacks something that this till did to the order. */
  isUnsent(fulfilment: FulfilmentId): boolean {
    this.#orders.refresh();
    return this.#acted.has(fulfilment);
  }

  watch(onChange: () => void): Unwatch {
    return this.#orders.watch(onChange);
  }

  close(): void {
    this.#orders.close();
    this.#unwatchSettings();
  }

  #keepReadyMs(): number {
    const settings = this.#ports.replica.settings();
    return (settings === null ? DEFAULT_ORDER_POLICY : orderPolicyOf(settings)).keepReadyMs;
  }
}

function isToDo({ fulfilment: { state } }: StoreOrder): boolean {
  return isOpen(state) && state !== "ready";
}
