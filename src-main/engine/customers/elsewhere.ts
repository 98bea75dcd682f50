import { cardKey } from "#domain/customer/card.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { customerHoldingOf } from "#domain/customer/scope.ts";
import type { CustomerId } from "#domain/ids.ts";
import { MAX_CUSTOMERS_FOUND } from "#protocol/sync/customers.ts";
import type { FoundCustomers } from "#protocol/till/customers.ts";
import { inTime } from "../returns/in-time.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { CustomerBook } from "./customer-book.ts";

type Ports = Pick<ShopPorts, "server" | "replica" | "timers">;

/** How long somebody waits for the server's word on a customer, milliseconds: then what this till knows counts. */
const PATIENCE_MS = 3_000;

/** Customers whom this till does not hold, as its store's settings say: the server is asked for them while there is a connection. */
export class Elsewhere {
  readonly #ports: Ports;
  readonly #book: CustomerBook;

  constructor(ports: Ports, book: CustomerBook) {
    this.#ports = ports;
    this.#book = book;
  }

  /** Whether there are customers whom this till does not hold, and somebody who can be asked. */
  canAsk(): boolean {
    const settings = this.#ports.replica.settings();
    return settings !== null && customerHoldingOf(settings).scope !== "all" && this.#ports.server.online();
  }

  /** Whom this till holds first, then whom the server finds besides. */
  async search(asked: { readonly text: string; readonly limit: number }): Promise<FoundCustomers> {
    const here = await this.#book.search(asked);
    const told = this.canAsk() && asked.text.trim() !== "" ? await this.#found(asked) : null;
    if (told === null) return here;
    const known = new Set(here.customers.map(({ id }) => id));
    const besides: Customer[] = [];
    for (const customer of told.customers) {
      const current = (await this.#book.get(customer.id)) ?? this.#book.holdElsewhere(customer);
      if (current === null || known.has(current.id)) continue;
      known.add(current.id);
      besides.push(current);
    }
    const all = [...here.customers, ...besides];
    return { customers: all.slice(0, asked.limit), hasMore: here.hasMore || told.hasMore };
  }

  /** Whose card this is; null where it is nobody's, or nobody can be asked. */
  async byCard(code: string): Promise<Customer | null> {
    const here = await this.#book.byCard(code);
    const card = cardKey(code);
    if (here !== null || card === null || !this.canAsk()) return here;
    const { customers } = await this.search({ text: card, limit: MAX_CUSTOMERS_FOUND });
    return customers.find((each) => cardKey(each.cardNumber) === card) ?? null;
  }

  /** A profile by its id, from wherever; null where there is none, or nobody can be asked. */
  async get(id: CustomerId): Promise<Customer | null> {
    const here = await this.#book.get(id);
    if (here !== null || !this.canAsk()) return here;
    const told = await this.#patiently(() => this.#ports.server.customer(id));
    return told === null ? null : this.#book.holdElsewhere(told);
  }

  #found({ text, limit }: { readonly text: string; readonly limit: number }) {
    const asked = { search: text.trim(), limit: Math.min(limit, MAX_CUSTOMERS_FOUND) };
    return this.#patiently(() => this.#ports.server.findCustomers(asked));
  }

  /** Null where the server does not answer in time, or cannot: whoever waits goes on with what this till knows. */
  #patiently<T>(ask: () => Promise<T>): Promise<T | null> {
    return inTime(this.#ports.timers, ask, PATIENCE_MS);
  }
}
