import type { CustomerId } from "#domain/ids.ts";
import { refused } from "#domain/result.ts";
import type { Verb, VerbAnswer } from "#protocol/till/contract.ts";
import type { KnownStores } from "../orders/known-stores.ts";
import type { OrderBook } from "../orders/order-book.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { Baskets } from "../shop/baskets.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { VerbTable } from "../till-service.ts";
import type { CustomerBook } from "./customer-book.ts";
import { CustomerDesk } from "./customer-desk.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { Histories } from "./histories.ts";

type CustomerVerb = Extract<
  Verb,
  "searchCustomers" | "setCustomer" | "registerCustomer" | "editCustomer" | "customer" | "customerHistory"
>;

/** What the till can do with customers. */
export interface Customers {
  readonly verbs: Pick<VerbTable, CustomerVerb>;
  /** Calls back when a customer in front of somebody is called otherwise. */
  watchNames(onChange: () => void): Unwatch;
}

/** Puts the parts of customers together over the shop's. Who is found and what they bought is for whoever is signed in. */
export function openCustomers(
  ports: ShopPorts,
  shop: {
    readonly session: Session;
    readonly shelf: BasketShelf;
    readonly baskets: Baskets;
    readonly customers: CustomerBook;
    readonly elsewhere: Elsewhere;
    readonly orders: OrderBook;
    readonly stores: KnownStores;
  },
): Customers {
  const { session, shelf, baskets, customers, elsewhere } = shop;
  const histories = new Histories(ports, shop);
  const desk = new CustomerDesk(ports, shop);
  // Those whose baskets were begun before a restart are there before anybody asks.
  void customers.loaded.then(async () => {
    for (const { basket } of [...shelf.open(), ...shelf.parked()])
      if (basket.customer !== null) await elsewhere.get(basket.customer);
  });
  const isInFront = (changed: ReadonlySet<CustomerId> | "all"): boolean =>
    shelf
      .open()
      .some(
        ({ basket: { customer } }) =>
          customer !== null && (changed === "all" || changed.has(customers.currentOf(customer))),
      );
  return {
    verbs: {
      searchCustomers: async (asked) =>
        session.onDuty() === null
          ? { customers: [], hasMore: false }
          : asked.elsewhere
            ? elsewhere.search(asked)
            : { ...(await customers.search(asked)), ...(elsewhere.canAsk() ? { moreAtServer: true } : {}) },
      async setCustomer({ customer }): Promise<VerbAnswer<"setCustomer">> {
        const known = customer === null ? null : await elsewhere.get(customer);
        if (customer !== null && known === null) return refused("noSuchCustomer");
        return baskets.setCustomer({ customer: known?.id ?? null });
      },
      registerCustomer: (args) => desk.register(args),
      editCustomer: (args) => desk.edit(args),
      customer: (args) => histories.profile(args),
      customerHistory: (args) => histories.history(args),
    },
    watchNames: (onChange) =>
      customers.watch((changed) => {
        if (isInFront(changed)) onChange();
      }),
  };
}
