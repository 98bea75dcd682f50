import type { FulfilmentId } from "#domain/ids.ts";
import { isDeskOf } from "#domain/orders/desk.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import type { Unwatch } from "../ports.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Leases } from "./leases.ts";
import type { OrderBook } from "./order-book.ts";

type KeeperPorts = Pick<ShopPorts, "server" | "enrolment" | "replica">;

/**
 * Gives an order's lease up when nobody here is handing the order out: at once when another till wants it; and when a hand-out was begun here and left,
 * so that another till need not ask for it twice. The desk that is to hand it out offline keeps it until it is wanted. Without a connection it waits for one.
 */
export class LeaseKeeper {
  readonly #ports: KeeperPorts;
  readonly #book: OrderBook;
  readonly #leases: Leases;
  readonly #isHandingOut: (fulfilment: FulfilmentId) => boolean;
  readonly #unwatch: Unwatch[];
  /** Orders whose lease is on its way back. */
  readonly #goingBack = new Set<FulfilmentId>();
  /** Orders that were in use here and of which nobody has looked yet whether they were left. */
  readonly #begun: Set<FulfilmentId>;

  constructor({
    ports,
    book,
    leases,
    begun,
    isHandingOut,
    watchHandingOut,
  }: {
    readonly ports: KeeperPorts;
    readonly book: OrderBook;
    readonly leases: Leases;
    /** Hand-outs of before the restart. */
    readonly begun: readonly FulfilmentId[];
    readonly isHandingOut: (fulfilment: FulfilmentId) => boolean;
    readonly watchHandingOut: (onChange: () => void) => Unwatch;
  }) {
    this.#ports = ports;
    this.#book = book;
    this.#leases = leases;
    this.#begun = new Set(begun);
    this.#isHandingOut = isHandingOut;
    const look = (): void => this.look();
    this.#unwatch = [book.watch(look), leases.watch(look), ports.server.watch(look), watchHandingOut(look)];
  }

  /** Looks for leases that are wanted elsewhere, and for those of hand-outs that were left. */
  look(): void {
    void this.#leases.tidy();
    const orders = this.#book.all();
    for (const { id } of orders) if (this.#isInUse(id)) this.#begun.add(id);
    if (!this.#ports.server.online()) return;
    for (const order of orders) if (this.#isWanted(order)) void this.#giveUp(order.id);
    for (const id of [...this.#begun]) this.#leave(id);
    for (const id of this.#leases.unreleased()) this.#giveUpAgain(id);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  #isWanted(order: StoreOrder): boolean {
    const device = this.#ports.enrolment.identity()?.device;
    const { id, lease } = order;
    if (lease === null || lease.holder !== device || this.#leases.isGivenUp(order)) return false;
    return lease.wantedBy !== null && lease.wantedBy !== device && !this.#isInUse(id);
  }

  /**
   * Being handed out here, or handed out in a way that the server may not know of yet: whoever got the lease before that arrived would hand the same
   * pieces out again.
   */
  #isInUse(id: FulfilmentId): boolean {
    return this.#isHandingOut(id) || this.#book.isUnsent(id);
  }

  /** A hand-out that is over or left: what this till holds for it alone goes back. */
  #leave(id: FulfilmentId): void {
    if (this.#isInUse(id)) return;
    this.#begun.delete(id);
    const order = this.#book.get(id);
    if (order === null || order.fulfilment.state !== "ready" || !this.#leases.holds(order)) return;
    if (!this.#isDesk(order)) void this.#giveUp(id);
  }

  /** What the server was not told. What this till has got since is another lease, and stays. */
  #giveUpAgain(id: FulfilmentId): void {
    const order = this.#book.get(id);
    if (order !== null && !this.#leases.holds(order) && !this.#isInUse(id)) void this.#giveUp(id);
  }

  #isDesk({ fulfilment }: StoreOrder): boolean {
    const till = this.#ports.enrolment.identity();
    const settings = this.#ports.replica.settings();
    return till !== null && isDeskOf({ fulfilment, policy: orderPolicyOf(settings ?? {}), till });
  }

  async #giveUp(id: FulfilmentId): Promise<void> {
    if (this.#goingBack.has(id)) return;
    this.#goingBack.add(id);
    const isGivenUp = await this.#leases.giveUp(id, () => this.#isInUse(id));
    this.#goingBack.delete(id);
    if (!isGivenUp) this.#begun.add(id);
  }
}
