import type { FulfilmentId } from "#domain/ids.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import type { Unwatch } from "../ports.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Leases } from "./leases.ts";
import type { OrderBook } from "./order-book.ts";

/** Gives an order's lease up when another till wants it and nobody here is handing the order out. Without a connection it waits for one. */
export class LeaseKeeper {
  readonly #ports: Pick<ShopPorts, "server" | "enrolment">;
  readonly #book: OrderBook;
  readonly #leases: Leases;
  readonly #isHandingOut: (fulfilment: FulfilmentId) => boolean;
  readonly #unwatch: Unwatch[];
  /** Under way, or done and only not in the replica yet: which lease of which order. */
  readonly #dealtWith = new Map<FulfilmentId, number>();

  constructor({
    ports,
    book,
    leases,
    isHandingOut,
    watchHandingOut,
  }: {
    readonly ports: Pick<ShopPorts, "server" | "enrolment">;
    readonly book: OrderBook;
    readonly leases: Leases;
    readonly isHandingOut: (fulfilment: FulfilmentId) => boolean;
    readonly watchHandingOut: (onChange: () => void) => Unwatch;
  }) {
    this.#ports = ports;
    this.#book = book;
    this.#leases = leases;
    this.#isHandingOut = isHandingOut;
    const look = (): void => this.look();
    this.#unwatch = [book.watch(look), ports.server.watch(look), watchHandingOut(look)];
  }

  /** Looks for leases that are wanted elsewhere. */
  look(): void {
    void this.#leases.tidy();
    if (!this.#ports.server.online()) return;
    for (const order of this.#book.all()) if (this.#isWanted(order)) void this.#giveUp(order);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  #isWanted({ id, lease }: StoreOrder): boolean {
    const device = this.#ports.enrolment.identity()?.device;
    if (lease === null || lease.holder !== device) return false;
    const { wantedBy, expiresAt } = lease;
    return (
      wantedBy !== null &&
      wantedBy !== device &&
      this.#dealtWith.get(id) !== expiresAt &&
      !this.#isHandingOut(id)
    );
  }

  async #giveUp({ id, lease }: StoreOrder): Promise<void> {
    if (lease === null) return;
    this.#dealtWith.set(id, lease.expiresAt);
    if (!(await this.#leases.giveUp(id, lease))) this.#dealtWith.delete(id);
  }
}
