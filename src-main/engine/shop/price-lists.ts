import type { Customer } from "#domain/customer/customer.ts";
import { priceListsFor } from "#domain/customer/group.ts";
import type { CustomerId, PriceListId } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketShelf } from "./basket-shelf.ts";
import { both } from "./changes.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

type Lists = readonly PriceListId[];
type GroupSettings = Pick<StoreSettings, "priceLists" | "customerGroups">;

interface ListParts {
  readonly session: Pick<Session, "onDuty" | "watch">;
  readonly shelf: Pick<BasketShelf, "front" | "watch">;
  readonly customers: Pick<CustomerBook, "get" | "knownOf" | "watch">;
}

/** Whose prices hold: those of the groups of a basket's customer first, then the store's own. */
export class PriceLists {
  readonly #ports: Pick<ShopPorts, "replica">;
  readonly #parts: ListParts;

  constructor(ports: Pick<ShopPorts, "replica">, parts: ListParts) {
    this.#ports = ports;
    this.#parts = parts;
  }

  /** For a basket of this customer. */
  async of(customer: CustomerId | null): Promise<Lists> {
    return this.#listsOf(customer === null ? null : await this.#parts.customers.get(customer));
  }

  /** For the basket in front of whoever is on duty, as far as its customer is read already. */
  inFront(): Lists {
    const { session, shelf, customers } = this.#parts;
    const duty = session.onDuty();
    const customer = duty === null ? null : shelf.front(duty.staff.id).basket.customer;
    return this.#listsOf(customer === null ? null : customers.knownOf(customer));
  }

  /** Names of a customer's groups that have prices of their own. */
  groupsWithPrices(customer: CustomerId): readonly string[] {
    const groups = this.#parts.customers.knownOf(customer)?.groups ?? [];
    return (this.#ports.replica.settings()?.customerGroups ?? [])
      .filter(({ id, priceLists }) => groups.includes(id) && priceLists.length > 0)
      .map(({ name }) => name);
  }

  /** Calls back when other lists hold for the basket in front. */
  watchFront(onChange: () => void): Unwatch {
    let before = this.inFront();
    const look = (): void => {
      const now = this.inFront();
      if (isSameLists(before, now)) return;
      before = now;
      onChange();
    };
    const { session, shelf, customers } = this.#parts;
    return both(both(session.watch(look), shelf.watch(look)), customers.watch(look));
  }

  #listsOf(customer: Customer | null): Lists {
    const { priceLists: own = [], customerGroups: groups = [] }: Partial<GroupSettings> =
      this.#ports.replica.settings() ?? {};
    return priceListsFor({ own, groups, of: customer?.groups ?? [] });
  }
}

export function isSameLists(some: Lists, others: Lists): boolean {
  return some.length === others.length && some.every((list, index) => list === others[index]);
}
