import type { Fact } from "#domain/journal/entry.ts";
import { mayHandOver } from "#domain/orders/hand-over.ts";
import { tillOrderOf } from "#domain/orders/till-order.ts";
import type { ReceiptOrder } from "#domain/receipt/order-rows.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { HAND_OUT_REFUSALS } from "#protocol/till/contract.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { areStillDue } from "./hand-out.ts";
import type { KnownStores } from "./known-stores.ts";
import type { Leases } from "./leases.ts";
import type { OrderBook } from "./order-book.ts";
import { withTypedTexts } from "./typed-texts.ts";

export type HandOutRefusal = (typeof HAND_OUT_REFUSALS)[number];

/** What a sale does to an order besides: which fact it becomes, and whether it still may. */
export class SaleFacts {
  readonly #ports: Pick<ShopPorts, "server">;
  readonly #session: Session;
  readonly #book: OrderBook;
  readonly #leases: Leases;
  readonly #stores: KnownStores;

  constructor(
    ports: Pick<ShopPorts, "server">,
    parts: {
      readonly session: Session;
      readonly book: OrderBook;
      readonly leases: Leases;
      readonly stores: KnownStores;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#book = parts.book;
    this.#leases = parts.leases;
    this.#stores = parts.stores;
  }

  /** A lease may lapse while the customer looks for coins: it is asked for again before the sale is written. */
  async prepare({ collecting }: Basket): Promise<void> {
    if (collecting !== undefined && collecting.handOver.override === null)
      await this.#leases.ensure(collecting.fulfilment);
  }

  /** What forbids the sale as it is now, looked at in the journal's own turn; null when nothing does. */
  refusalOf(
    { collecting, ordering }: Basket,
    { identity }: OnDuty,
  ): HandOutRefusal | "notSignedIn" | "notPermitted" | null {
    if (ordering !== undefined) return refusalIn(this.#session.permitted("orders.place"));
    if (collecting === undefined) return null;
    const permitted = refusalIn(this.#session.permitted("orders.handOver"));
    if (permitted !== null) return permitted;
    const { fulfilment, handOver } = collecting;
    const order = this.#book.get(fulfilment);
    // It is another store's now, or nobody's.
    if (order === null) return "cancelled";
    const { device } = identity;
    const { override, lines } = handOver;
    const may = mayHandOver({ order: this.#leases.seen(order), device, now: this.#leases.now(), override });
    if (!may.ok) return may.reason;
    return areStillDue(order, lines) ? null : "alreadyCollected";
  }

  factOf({ collecting, ordering }: Basket, ticket: Ticket): Fact {
    if (collecting !== undefined) {
      const { fulfilment, handOver } = collecting;
      return { type: "order.handedOver", fulfilment, ticket, ...withTypedTexts(handOver) };
    }
    if (ordering === undefined) return { type: "ticket.completed", ticket };
    const confirmed = this.#ports.server.online();
    const order = withTypedTexts(tillOrderOf({ ordering, ticket, confirmed }));
    return { type: "order.placed", order, ticket };
  }

  /** What a receipt says of the order in a fact; null where there is none, or none that this till still knows. */
  receiptOrderOf(fact: Fact): ReceiptOrder | null {
    if (fact.type === "order.handedOver") {
      const number = this.#book.get(fact.fulfilment)?.number;
      return number === undefined ? null : { kind: "handedOver", number };
    }
    if (fact.type !== "order.placed") return null;
    const { contact, delivery, confirmed } = fact.order;
    const storeName = delivery.kind === "pickup" ? this.#stores.nameOf(delivery.store) : null;
    const number = fact.ticket.number;
    return { kind: "placed", number, customerName: contact.name, delivery, storeName, confirmed };
  }
}

function refusalIn<R>(result: { readonly ok: true } | { readonly ok: false; readonly reason: R }): R | null {
  return result.ok ? null : result.reason;
}
