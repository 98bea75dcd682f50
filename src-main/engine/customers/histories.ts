import {
  type HistoryEntry,
  historyOfParts,
  historyOfPlaced,
  historyOfTicket,
  mergeHistories,
} from "#domain/customer/history.ts";
import type { CustomerId, OrderId, TicketId } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { ok, refused } from "#domain/result.ts";
import { type CustomerHistory, MAX_HISTORY_ENTRIES } from "#protocol/documents/history.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { TillHistory } from "#protocol/till/customers.ts";
import type { KnownStores } from "../orders/known-stores.ts";
import type { OrderBook } from "../orders/order-book.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { CustomerBook } from "./customer-book.ts";

/** This till's newest sales, of which a customer's are picked: reading them all would keep somebody waiting. */
const OWN_TICKETS_READ = 300;

/** What this till knows of a customer's history by itself. */
interface Known {
  readonly entries: readonly HistoryEntry[];
  readonly tickets: ReadonlySet<TicketId>;
}

/** What customers bought and ordered in both channels. */
export class Histories {
  readonly #ports: Pick<ShopPorts, "journal" | "server" | "replica">;
  readonly #session: Session;
  readonly #customers: CustomerBook;
  readonly #orders: Pick<OrderBook, "all">;
  readonly #stores: KnownStores;

  constructor(
    ports: Pick<ShopPorts, "journal" | "server" | "replica">,
    parts: {
      readonly session: Session;
      readonly customers: CustomerBook;
      readonly orders: Pick<OrderBook, "all">;
      readonly stores: KnownStores;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#customers = parts.customers;
    this.#orders = parts.orders;
    this.#stores = parts.stores;
  }

  /** A profile with what this till knows by itself: at once, with and without a connection. */
  async profile({ customer: asked }: { readonly customer: CustomerId }): Promise<VerbAnswer<"customer">> {
    if (this.#session.onDuty() === null) return refused("notSignedIn");
    const customer = await this.#customers.get(asked);
    if (customer === null) return refused("noSuchCustomer");
    const { entries, tickets } = await this.#known(customer.id);
    const groups = (this.#ports.replica.settings()?.customerGroups ?? [])
      .filter(({ id }) => customer.groups?.includes(id))
      .map(({ name }) => name);
    return ok({ customer, groups, history: tillHistory(entries, tickets, false) });
  }

  /** The whole history by the server's word, and what this till did that the server has not heard of yet. */
  async history({
    customer: asked,
  }: {
    readonly customer: CustomerId;
  }): Promise<VerbAnswer<"customerHistory">> {
    if (this.#session.onDuty() === null) return refused("notSignedIn");
    const customer = await this.#customers.get(asked);
    if (customer === null) return refused("noSuchCustomer");
    const { id } = customer;
    const told = await this.#askServer(id);
    if (told === "offline") return refused("offline");
    const known = await this.#known(id);
    const entries = mergeHistories(told?.entries ?? [], known.entries);
    const tickets = new Set(known.tickets);
    for (const { kind, id: ticket } of entries)
      if (kind === "purchase" && !tickets.has(ticket) && (await this.#hasReceipt(ticket)))
        tickets.add(ticket);
    return ok(tillHistory(entries, tickets, told?.hasMore ?? false));
  }

  /** Null: the server knows no such customer (any more). */
  async #askServer(id: CustomerId): Promise<CustomerHistory | null | "offline"> {
    const { server } = this.#ports;
    if (!server.online()) return "offline";
    try {
      return await server.customerHistory(id);
    } catch {
      // Whatever kept it from answering: the colleague has what this till knows.
      return "offline";
    }
  }

  async #known(id: CustomerId): Promise<Known> {
    const recent = await this.#ports.journal.recentTickets(OWN_TICKETS_READ);
    const sold = recent.filter(({ ticket: { customer } }) => this.#isOf(customer, id));
    const bought = sold.flatMap(({ ticket, entry }) => {
      const { placed } = effectsOf(entry);
      const purchases = historyOfTicket(ticket, this.#stores.nameOf(ticket.store) ?? "");
      return placed === null ? purchases : [...purchases, historyOfPlaced(placed)];
    });
    return {
      // How an order that was placed here stands by now, its parts say.
      entries: mergeHistories(this.#ordered(id), bought),
      tickets: new Set(sold.map(({ ticket }) => ticket.id)),
    };
  }

  #ordered(id: CustomerId): readonly HistoryEntry[] {
    const parts = new Map<OrderId, StoreOrder[]>();
    for (const part of this.#orders.all())
      if (this.#isOf(part.contact.customer, id))
        parts.set(part.order, [...(parts.get(part.order) ?? []), part]);
    return [...parts.values()].map((each) => historyOfParts(each, this.#storeNameOf(each)));
  }

  /** Also under an id of before two profiles were found to be one person. */
  #isOf(customer: CustomerId | null, id: CustomerId): boolean {
    return customer !== null && this.#customers.currentOf(customer) === id;
  }

  #storeNameOf([part]: readonly StoreOrder[]): string {
    return part === undefined ? "" : (this.#stores.nameOf(part.fulfilment.store) ?? "");
  }

  async #hasReceipt(ticket: TicketId): Promise<boolean> {
    return (await this.#ports.journal.ticket(ticket)) !== null;
  }
}

function tillHistory(
  entries: readonly HistoryEntry[],
  tickets: ReadonlySet<TicketId>,
  hasMore: boolean,
): TillHistory {
  const shown = entries.slice(0, MAX_HISTORY_ENTRIES);
  return {
    entries: shown,
    hasMore: hasMore || entries.length > shown.length,
    receiptsHere: shown.flatMap(({ kind, id }) => (kind === "purchase" && tickets.has(id) ? [id] : [])),
  };
}
