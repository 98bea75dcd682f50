import type { BasketId, FulfilmentId } from "#domain/ids.ts";
import { isBeingPaid } from "#domain/payments/card-request.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { Changes } from "../shop/changes.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

/** How long a hand-out counts as under way whose colleague is not at the till any more, milliseconds. */
export const LEFT_AFTER_MS = 2 * 60_000;

/** Hand-outs that wait for their payment in a basket in front of a colleague; after a while without them a hand-out is left. */
export class HandOutsInFront {
  readonly #ports: Pick<ShopPorts, "timers">;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #changes = new Changes();
  readonly #unwatch: Unwatch[];
  /** Baskets whose colleague went, with the timer of each; null once it has run out. */
  readonly #alone = new Map<BasketId, { timer: unknown } | null>();

  constructor(
    ports: Pick<ShopPorts, "timers">,
    parts: { readonly session: Session; readonly shelf: BasketShelf },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    const look = (): void => this.#look();
    this.#unwatch = [parts.session.watch(look), parts.shelf.watch(look)];
    this.#look();
  }

  /** Whether the order is in a basket in front, and its colleague is there or was there just now. A parked basket holds no order back. */
  isAttended(fulfilment: FulfilmentId): boolean {
    return this.#shelf
      .open()
      .some(
        ({ basket }) => basket.collecting?.fulfilment === fulfilment && this.#alone.get(basket.id) !== null,
      );
  }

  /** Every order that some basket of this till collects, in front or parked. */
  begun(): readonly FulfilmentId[] {
    return [...this.#shelf.open(), ...this.#shelf.parked()].flatMap(
      ({ basket }) => basket.collecting?.fulfilment ?? [],
    );
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
    for (const id of [...this.#alone.keys()]) this.#attend(id);
  }

  #look(): void {
    const onDuty = this.#session.onDuty()?.staff.id;
    const left = new Set<BasketId>();
    for (const { basket } of this.#shelf.open()) {
      // Once money was taken the hand-out is no longer this till's to leave: it must be able to end it, also offline.
      const isHeld = basket.staff === onDuty || isBeingPaid(basket);
      if (basket.collecting === undefined || isHeld) continue;
      left.add(basket.id);
      if (!this.#alone.has(basket.id)) this.#leave(basket.id);
    }
    for (const id of [...this.#alone.keys()]) if (!left.has(id)) this.#attend(id);
    this.#changes.tell();
  }

  #leave(id: BasketId): void {
    const ranOut = (): void => {
      this.#alone.set(id, null);
      this.#changes.tell();
    };
    this.#alone.set(id, { timer: this.#ports.timers.set(ranOut, LEFT_AFTER_MS) });
  }

  #attend(id: BasketId): void {
    const alone = this.#alone.get(id);
    if (alone != null) this.#ports.timers.clear(alone.timer);
    this.#alone.delete(id);
  }
}
