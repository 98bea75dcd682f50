import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerId } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import { isBeingPaid } from "#domain/payments/card-request.ts";
import { isAbout, type Promotion } from "#domain/promotions/promotion.ts";
import {
  type PricingScene,
  promotionsFor,
  type Shopper,
  shopperAfter,
  shopperOf,
} from "#domain/promotions/scene.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import { Followed } from "../replica/followed.ts";
import { serverNow } from "./server-now.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** What this till sold to customers whose profiles do not tell of it yet, looked up once for the entries that count. */
interface Untold {
  readonly entries: readonly JournalEntry[];
  readonly sales: ReadonlyMap<CustomerId, readonly Ticket[]>;
}

/** The promotions that this till knows, in memory: a basket is priced with them at each touch. */
export class Promotions {
  readonly #ports: Pick<ShopPorts, "replica" | "journal" | "clock" | "server" | "onTrouble">;
  readonly #customers: Pick<CustomerBook, "knownOf" | "currentOf">;
  readonly #known = new Map<string, Promotion>();
  readonly #followed: Followed<"promotions">;
  #untold: Untold = { entries: [], sales: new Map() };

  constructor(
    ports: Pick<ShopPorts, "replica" | "journal" | "clock" | "server" | "onTrouble">,
    customers: Pick<CustomerBook, "knownOf" | "currentOf">,
  ) {
    this.#ports = ports;
    this.#customers = customers;
    this.#followed = new Followed(ports, "promotions", {
      take: (id, promotion) => {
        if (promotion === null) this.#known.delete(id);
        else this.#known.set(id, promotion);
      },
    });
  }

  /** Reads what is on disk. A replica that cannot be read is told as trouble: prices are without promotions then. */
  load(): Promise<void> {
    return this.#followed.load();
  }

  /** A basket with those that hold for it and its goods now, by the till's clock corrected by what it knows of the server's. Once money was taken, the prices stand. */
  onto(basket: Basket): Basket {
    if (isBeingPaid(basket)) return basket;
    const { promotions: _before, promotionChoice: _chosen, ...plain } = basket;
    const promotions = this.#holdingFor(basket).filter((promotion) => isAbout(promotion, basket.lines));
    if (promotions.length === 0) return plain;
    const choice = this.#ports.replica.settings()?.promotionChoice;
    return { ...plain, promotions, ...(choice === undefined ? {} : { promotionChoice: choice }) };
  }

  /** All that this till knows, whether or not they hold. */
  all(): readonly Promotion[] {
    return [...this.#known.values()];
  }

  #holdingFor(basket: Basket): readonly Promotion[] {
    const scene = this.sceneOf(basket);
    return scene === null ? [] : promotionsFor(this.all(), scene);
  }

  /** Where and when a basket is priced, and for whom; null before the store's settings are here. */
  sceneOf({ customer, coupons = [] }: Basket): PricingScene | null {
    const settings = this.#ports.replica.settings();
    if (settings === null) return null;
    const known = customer === null ? null : this.#customers.knownOf(customer);
    return {
      at: serverNow(this.#ports),
      timeZone: settings.timeZone,
      channel: TILL_CHANNEL,
      store: settings.store,
      shopper: known === null ? null : this.#shopperNow(known),
      coupons: coupons.map(({ promotion }) => promotion),
    };
  }

  /** Once per customer is once also while this till is cut off. */
  #shopperNow(known: Customer): Shopper {
    const entries = this.#ports.journal.pendingFor("customers");
    if (this.#untold.entries !== entries) this.#untold = { entries, sales: untoldSales(entries) };
    const theirs = [...this.#untold.sales].flatMap(([id, tickets]) =>
      this.#customers.currentOf(id) === known.id ? tickets : [],
    );
    return shopperAfter(shopperOf(known), theirs);
  }

  close(): void {
    this.#followed.end();
  }
}

function untoldSales(entries: readonly JournalEntry[]): ReadonlyMap<CustomerId, readonly Ticket[]> {
  const sales = new Map<CustomerId, Ticket[]>();
  for (const { fact } of entries) {
    const ticket = ticketOf(fact);
    if (ticket === null || ticket.customer === null) continue;
    const theirs = sales.get(ticket.customer);
    if (theirs === undefined) sales.set(ticket.customer, [ticket]);
    else theirs.push(ticket);
  }
  return sales;
}
