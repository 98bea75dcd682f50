import { idOf } from "#domain/ids.ts";
import type { HandOver } from "#domain/orders/act.ts";
import { collectInto, isBlank, withoutCollecting } from "#domain/orders/collecting.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { orderingRefusal } from "#domain/orders/till-order.ts";
import { isBeingPaid } from "#domain/payments/card-request.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { BasketReason, Baskets } from "../shop/baskets.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { Turns } from "../shop/turns.ts";
import type { KnownStores } from "./known-stores.ts";

/** What baskets have to do with orders: one collects an order that is paid as it is handed out, another becomes an order. */
export class OrderBaskets {
  readonly #ports: Pick<ShopPorts, "clock" | "newId">;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #turns: Turns;
  readonly #stores: KnownStores;

  constructor(
    ports: Pick<ShopPorts, "clock" | "newId">,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly turns: Turns;
      readonly stores: KnownStores;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#turns = parts.turns;
    this.#stores = parts.stores;
  }

  /** Why the basket in front cannot collect the order; null when it can. */
  collectRefusal({ staff, settings }: OnDuty, order: StoreOrder): "basketNotEmpty" | "notNow" | null {
    // An order in other money cannot be paid into this drawer.
    if (order.payment.total.currency !== settings.currency) return "notNow";
    return isBlank(this.#shelf.front(staff.id).basket) ? null : "basketNotEmpty";
  }

  /** The basket in front collects the order from now on: completing its sale hands the goods over. */
  collect(
    duty: OnDuty,
    order: StoreOrder,
    handOver: HandOver,
  ): Promise<Result<null, "basketNotEmpty" | "notNow" | "storage">> {
    return this.#turns.take(async () => {
      const refusal = this.collectRefusal(duty, order);
      if (refusal !== null) return refused(refusal);
      const draft = this.#shelf.front(duty.staff.id);
      const at = this.#ports.clock.now();
      const collecting = collectInto({
        basket: draft.basket,
        order,
        handOver,
        taxMode: duty.settings.tax.mode,
        at,
      });
      if (!collecting.ok) return collecting;
      const saved = await this.#shelf.save({ ...draft, basket: collecting.value, undo: null });
      return saved.ok ? ok(null) : saved;
    });
  }

  /** The hand-out is off and the order is as it was; what was bought on top stays in the basket in front. */
  stopCollecting(): Promise<VerbAnswer<"stopCollecting">> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("orders.handOver");
      if (!duty.ok) return duty;
      const draft = this.#shelf.front(duty.value.staff.id);
      if (draft.basket.collecting === undefined) return this.#shown();
      if (isBeingPaid(draft.basket)) return refused("paymentStarted");
      const basket = withoutCollecting(draft.basket, this.#ports.clock.now());
      const done =
        basket.lines.length === 0
          ? await this.#shelf.remove(basket.id)
          : await this.#shelf.save({ ...draft, basket });
      return done.ok ? this.#shown() : done;
    });
  }

  /** The basket in front becomes an order for a customer, or an ordinary sale again. */
  order(wish: VerbParsedArgs<"orderBasket">): Promise<VerbAnswer<"orderBasket">> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("orders.place");
      if (!duty.ok) return duty;
      const draft = this.#shelf.front(duty.value.staff.id);
      const { ordering, ...plain } = draft.basket;
      const refusal = this.#orderRefusal(draft.basket, wish);
      if (refusal !== null) return refused(refusal);
      if (wish === null && ordering === undefined) return this.#shown();
      const order = ordering?.order ?? idOf<"Order">(this.#ports.newId());
      const updatedAt = this.#ports.clock.now();
      const basket = wish === null ? plain : { ...plain, ordering: { ...wish, order } };
      const saved = await this.#shelf.save({ ...draft, basket: { ...basket, updatedAt } });
      return saved.ok ? this.#shown() : saved;
    });
  }

  #orderRefusal(basket: Basket, wish: VerbParsedArgs<"orderBasket">): BasketReason | "noSuchStore" | null {
    if (isBeingPaid(basket)) return "paymentStarted";
    if (wish === null) return null;
    // What an order pays for is on its way already, and what comes back is no order's.
    if (basket.collecting !== undefined || basket.returning !== undefined) return "orderLine";
    if (basket.lines.length === 0) return "emptyBasket";
    const { delivery } = wish;
    if (delivery.kind === "pickup" && this.#stores.offersPickup(delivery.store) === false)
      return "noSuchStore";
    return orderingRefusal(basket);
  }

  #shown(): Result<BasketView, "notSignedIn"> {
    const shown = this.#baskets.view();
    return shown === null ? refused("notSignedIn") : ok(shown);
  }
}
