import { setImmediate } from "node:timers/promises";
import { cardKey } from "#domain/customer/card.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { askedCustomer, type CustomerKeys, customerFit, customerKeys } from "#domain/customer/search.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import type { FoundCustomers } from "#protocol/till/customers.ts";
import type { Unwatch } from "../ports.ts";
import { Followed } from "../replica/followed.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

type BookPorts = Pick<ShopPorts, "replica" | "onTrouble">;

interface Known {
  readonly customer: Customer;
  readonly keys: CustomerKeys;
}

/** A customer who fits what was typed, and how well. */
interface Found {
  readonly fit: number;
  readonly known: Known;
}

/**
 * Every customer of the replica in memory, folded once. Going through 50,000 of them takes some 10 ms, so there is no index to keep; reading them off the
 * disk at each search would take more than 200 ms.
 */
export class CustomerBook {
  readonly #ports: BookPorts;
  readonly #known = new Map<CustomerId, Known>();
  readonly #listeners = new Set<(changed: ReadonlySet<CustomerId>) => void>();
  readonly #followed: Followed<"customers">;
  /** Resolves when what was on disk at the start is here. */
  readonly loaded: Promise<void>;
  #closed = false;

  /** Begins to read the disk once `after` is over: articles are asked for before customers. */
  constructor(ports: BookPorts, after: Promise<void> = Promise.resolve()) {
    this.#ports = ports;
    this.#followed = new Followed(ports, "customers", {
      take: (id, customer) => {
        if (customer === null) this.#known.delete(idOf<"Customer">(id));
        else this.#known.set(customer.id, { customer, keys: customerKeys(customer) });
      },
      changed: (ids) => this.#tell(new Set(ids.map((id) => idOf<"Customer">(id)))),
    });
    this.loaded = after.then(() => this.#load());
  }

  /** The profile as it is on this till; null where there is none. */
  async get(id: CustomerId): Promise<Customer | null> {
    const known = this.#known.get(id);
    if (known !== undefined || this.#followed.isLoaded) return known?.customer ?? null;
    return this.#ports.replica.get("customers", id);
  }

  /** The profile as far as it is read already; null otherwise. */
  knownOf(id: CustomerId): Customer | null {
    return this.#known.get(id)?.customer ?? null;
  }

  /** As far as it is read already; null otherwise. */
  nameOf(id: CustomerId): string | null {
    return this.#known.get(id)?.customer.name ?? null;
  }

  /** What they wish to be written to in (BCP 47), as far as it is read already; null where nobody knows. */
  languageOf(id: CustomerId): string | null {
    return this.#known.get(id)?.customer.language ?? null;
  }

  /** Whose card this is, by its number as scanned or typed; null where it is nobody's. */
  async byCard(code: string): Promise<Customer | null> {
    const card = cardKey(code);
    if (card === null) return null;
    await this.loaded;
    for (const { keys, customer } of this.#known.values()) if (keys.card === card) return customer;
    return null;
  }

  /** Best first, among equals by name. */
  async search({ text, limit }: { readonly text: string; readonly limit: number }): Promise<FoundCustomers> {
    const asked = askedCustomer(text);
    if (asked === null) return { customers: [], hasMore: false };
    await this.loaded;
    const best = new Best(limit);
    for (const known of this.#known.values()) {
      const fit = customerFit(known.keys, asked);
      if (fit > 0) best.offer({ fit, known });
    }
    return {
      customers: best.found.map(({ known }) => known.customer),
      hasMore: best.offered > limit,
    };
  }

  /** Tells whose profiles are no longer as they were. */
  watch(onChange: (changed: ReadonlySet<CustomerId>) => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  close(): void {
    this.#closed = true;
    this.#followed.end();
  }

  /** A replica that cannot be read is told as trouble: the book holds what it got. */
  async #load(): Promise<void> {
    await this.#followed.load();
    // Whoever listens does so in a turn of its own: loading is over, whatever they do.
    await setImmediate();
    this.#tell(new Set(this.#known.keys()));
  }

  #tell(changed: ReadonlySet<CustomerId>): void {
    if (this.#closed) return;
    for (const listener of [...this.#listeners]) listener(changed);
  }
}

/** The best of many, in order: one letter fits almost everybody, and sorting them all would take longer than going through them. */
class Best {
  readonly found: Found[] = [];
  offered = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(one: Found): void {
    this.offered += 1;
    const last = this.found.at(-1);
    const isFull = this.found.length === this.#limit;
    if (isFull && last !== undefined && compare(one, last) > 0) return;
    const place = this.found.findIndex((each) => compare(one, each) < 0);
    this.found.splice(place < 0 ? this.found.length : place, 0, one);
    if (this.found.length > this.#limit) this.found.pop();
  }
}

function compare(a: Found, b: Found): number {
  if (a.fit !== b.fit) return b.fit - a.fit;
  const [one, other] = [a.known.keys.name, b.known.keys.name];
  if (one !== other) return one < other ? -1 : 1;
  return a.known.customer.id < b.known.customer.id ? -1 : 1;
}
