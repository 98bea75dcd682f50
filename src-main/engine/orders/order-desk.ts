import type { FulfilmentId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { fits, TRANSITIONS } from "#domain/orders/transitions.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ORDER_REFUSALS, OrderCard } from "#protocol/till/orders.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { writeDecided } from "../shop/write-decided.ts";
import type { Leases } from "./leases.ts";
import type { OrderBook } from "./order-book.ts";
import { orderCard } from "./order-card.ts";
import type { PickCounts } from "./pick-counts.ts";
import { withTypedTexts } from "./typed-texts.ts";

export type OrderRefusal = (typeof ORDER_REFUSALS)[number];
export type Acted = Result<OrderCard, OrderRefusal>;

/** An act of staff on an order: what a till may journal. */
type StaffAct =
  | "accepted"
  | "declined"
  | "pickingStarted"
  | "pickingStopped"
  | "picked"
  | "handedOver"
  | "shipped"
  | "restocked";

export interface DeskParts {
  readonly ports: ShopPorts;
  readonly session: Session;
  readonly book: OrderBook;
  readonly leases: Leases;
  readonly counts: PickCounts;
  readonly catalog: Catalog;
}

/** What every act on an order has in common: who may, on which order, in which state, and that it is one entry in the journal. */
export class OrderDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** The order and who is on duty, if the table of transitions allows the act. */
  open(
    act: StaffAct,
    fulfilment: FulfilmentId,
  ): Result<{ readonly duty: OnDuty; readonly order: StoreOrder }, OrderRefusal> {
    const { permission } = TRANSITIONS[act];
    if (permission === null) return refused("notPermitted");
    const duty = this.#parts.session.permitted(permission);
    if (!duty.ok) return duty;
    const order = this.find(fulfilment);
    return order === null ? refused("noSuchOrder") : ok({ duty: duty.value, order });
  }

  /** The order as it is now, its lease as this till knows it. */
  find(fulfilment: FulfilmentId): StoreOrder | null {
    const { book, leases } = this.#parts;
    const order = book.get(fulfilment);
    return order === null ? null : leases.seen(order);
  }

  /** An act whose state is all that must fit. */
  async act(
    act: StaffAct,
    fulfilment: FulfilmentId,
    factOf: (order: StoreOrder) => Fact | OrderRefusal,
  ): Promise<Acted> {
    const opened = this.open(act, fulfilment);
    if (!opened.ok) return opened;
    return this.write(opened.value.duty, fulfilment, (order) =>
      fits(act, order.fulfilment.state) ? factOf(order) : "notNow",
    );
  }

  /** Writes one entry. `factOf` sees the order as it is in the journal's turn; a refusal writes nothing. */
  async write(
    duty: OnDuty,
    fulfilment: FulfilmentId,
    factOf: (order: StoreOrder) => Fact | OrderRefusal,
  ): Promise<Acted> {
    const factNow = (): Fact | OrderRefusal => {
      const order = this.find(fulfilment);
      const fact = order === null ? "noSuchOrder" : factOf(order);
      return typeof fact === "string" ? fact : withTypedTexts(fact);
    };
    const written = await writeDecided(this.#parts.ports, { staff: duty.staff.id, factOf: factNow });
    return written.ok ? this.answer(fulfilment) : written;
  }

  /** The order as it is after an act. */
  answer(fulfilment: FulfilmentId): Acted {
    const order = this.#parts.book.get(fulfilment);
    return order === null ? refused("noSuchOrder") : ok(this.card(order));
  }

  card(order: StoreOrder): OrderCard {
    const { ports, session, book, leases, counts, catalog } = this.#parts;
    return orderCard(leases.seen(order), {
      device: ports.enrolment.identity()?.device ?? null,
      staff: session.onDuty()?.staff.id ?? null,
      now: leases.now(),
      nameOf: (staff) => session.nameOf(staff),
      itemOf: (variant) => catalog.peek(variant),
      counts: counts.of(order.id),
      unsent: book.isUnsent(order.id),
    });
  }
}
