import type { Instant } from "#domain/ids.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { MAX_ORDERS_SHOWN, type OrdersView } from "#protocol/till/orders.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Leases } from "./leases.ts";
import type { OrderBook } from "./order-book.ts";
import { isToRestock } from "./order-card.ts";
import type { OrderDesk } from "./order-desk.ts";
import type { PickCounts } from "./pick-counts.ts";

/** Longest rest until the queue is looked at again, milliseconds: what timers take at most is far more. */
const MAX_REST_MS = 24 * 3_600_000;

/** The collect queue as the screen shows it. Names and telephone numbers are for whoever is signed in; the locked screen gets none. */
export class LiveOrders {
  readonly #ports: Pick<ShopPorts, "timers">;
  readonly #session: Session;
  readonly #book: OrderBook;
  readonly #leases: Leases;
  readonly #desk: OrderDesk;
  readonly #changes = new Changes();
  readonly #unwatch: Unwatch[];
  #view: OrdersView | null = null;
  #timer: unknown = null;

  constructor(
    ports: Pick<ShopPorts, "timers">,
    parts: {
      readonly session: Session;
      readonly book: OrderBook;
      readonly leases: Leases;
      readonly desk: OrderDesk;
      readonly counts: PickCounts;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#book = parts.book;
    this.#leases = parts.leases;
    this.#desk = parts.desk;
    const changed = (): void => this.#changed();
    this.#unwatch = [parts.book, parts.counts, parts.session, parts.leases].map((part) =>
      part.watch(changed),
    );
  }

  current(): OrdersView {
    this.#view ??= this.#make();
    return this.#view;
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    this.#stopTimer();
    for (const end of this.#unwatch) end();
  }

  #make(): OrdersView {
    const { arrived } = this.#book;
    if (this.#session.onDuty() === null) return { arrived, orders: [] };
    const shown = inOrder(this.#book.all()).slice(0, MAX_ORDERS_SHOWN);
    this.#wakeWhenItChangesByItself(shown);
    return { arrived, orders: shown.map((order) => this.#desk.card(order)) };
  }

  #changed(): void {
    this.#view = null;
    this.#stopTimer();
    this.#changes.tell();
  }

  /** An order becomes late, and a lease ends, without anybody saying so. */
  #wakeWhenItChangesByItself(orders: readonly StoreOrder[]): void {
    const now = this.#leases.now();
    const moments = orders.flatMap((order) => {
      const { state, promisedAt } = order.fulfilment;
      const expiresAt = this.#leases.seen(order).lease?.expiresAt;
      const late = isOpen(state) && state !== "ready" ? [promisedAt + 1] : [];
      return expiresAt === undefined ? late : [...late, expiresAt];
    });
    const next = Math.min(...moments.filter((moment) => moment > now), now + MAX_REST_MS);
    this.#stopTimer();
    if (next < now + MAX_REST_MS) this.#timer = this.#ports.timers.set(() => this.#changed(), next - now);
  }

  #stopTimer(): void {
    if (this.#timer !== null) this.#ports.timers.clear(this.#timer);
    this.#timer = null;
  }
}

/** What is to do by its promised time; then what is over, the newest first. */
export function inOrder(orders: readonly StoreOrder[]): readonly StoreOrder[] {
  const isToDo = (order: StoreOrder): boolean => isOpen(order.fulfilment.state) || isToRestock(order);
  const toDo = orders.filter(isToDo).toSorted((a, b) => a.fulfilment.promisedAt - b.fulfilment.promisedAt);
  const over = orders.filter((order) => !isToDo(order)).toSorted((a, b) => overAt(b) - overAt(a));
  return [...toDo, ...over];
}

function overAt({ fulfilment: { trace }, placedAt }: StoreOrder): Instant {
  return trace.at(-1)?.at ?? placedAt;
}
