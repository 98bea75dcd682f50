import type { Case } from "#domain/cases/case.ts";
import type { Customer } from "#domain/customer/customer.ts";
import type { CaseId, FulfilmentId, Instant, StoreId, VariantId } from "#domain/ids.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StockLevel } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection, ReplicaDocument } from "#protocol/documents/collections.ts";
import type { ReceiptKeyDocument } from "#protocol/documents/receipt.ts";
import type { Storage, WriteTransaction } from "../storage/port.ts";
import { CATALOG_FEED, CUSTOMERS_FEED, priceFeed, RECEIPTS_FEED, storeFeed } from "./feeds.ts";
import type { ChangedFeed, Wakeups } from "./wakeups.ts";

/** Within one write transaction: a change of the master data and the feed rows that carry it to the tills, together. */
export class Publication {
  readonly tx: WriteTransaction;
  readonly at: Instant;
  readonly #changed = new Map<string, ChangedFeed>();

  constructor(tx: WriteTransaction, at: Instant) {
    this.tx = tx;
    this.at = at;
  }

  get changed(): Iterable<ChangedFeed> {
    return this.#changed.values();
  }

  async putStore(settings: StoreSettings): Promise<void> {
    await this.tx.putStore(settings);
    await this.#publish(storeFeed(settings.store), "settings", settings.store, {
      ...settings,
      id: settings.store,
    });
  }

  async putStaff(store: StoreId, member: StaffMember): Promise<void> {
    await this.#publish(storeFeed(store), "staff", member.id, member);
  }

  async putProduct(product: Product): Promise<void> {
    await this.tx.putProduct(product);
    await this.#publish(CATALOG_FEED, "products", product.id, product);
  }

  async putPrice(price: Price): Promise<void> {
    await this.tx.putPrice(price);
    const id =
      price.validFrom === null
        ? `${price.list}:${price.variant}`
        : `${price.list}:${price.variant}:${price.validFrom}`;
    await this.#publish(priceFeed(price.list), "prices", id, { ...price, id });
  }

  async putCustomer(customer: Customer): Promise<void> {
    await this.tx.putCustomer(customer);
    await this.#publish(CUSTOMERS_FEED, "customers", customer.id, customer);
  }

  /** What is on hand; how much of it is promised to orders goes with it. */
  async putStockLevel({ store, variant, onHand }: StockLevel): Promise<void> {
    const reserved = await this.tx.reserved({ store, variant });
    const level = { store, variant, onHand, ...(reserved > 0 ? { reserved } : {}) };
    await this.#publish(storeFeed(store), "stock", variant, { ...level, id: variant });
  }

  /** The level as it is, where what is promised of it has changed. */
  async republishStock(at: { readonly store: StoreId; readonly variant: VariantId }): Promise<void> {
    await this.putStockLevel({ ...at, onHand: await this.tx.onHand(at) });
  }

  async putStoreOrder(order: StoreOrder): Promise<void> {
    await this.#publish(storeFeed(order.fulfilment.store), "orders", order.id, order);
  }

  /** Takes an order that was over for long off the store's tills. */
  async forgetStoreOrder(store: StoreId, fulfilment: FulfilmentId): Promise<void> {
    await this.#takeOff(storeFeed(store), "orders", fulfilment);
  }

  async putCase(of: Case): Promise<void> {
    await this.#publish(storeFeed(of.store), "cases", of.id, of);
  }

  /** Takes a case that another store has, or that was closed for long, off the store's tills. */
  async forgetCase(store: StoreId, id: CaseId): Promise<void> {
    await this.#takeOff(storeFeed(store), "cases", id);
  }

  async putNotice(store: StoreId, notice: ReplicaDocument<"notices">): Promise<void> {
    await this.#publish(storeFeed(store), "notices", notice.id, notice);
  }

  /** Every till of the chain learns of it. */
  async putReceiptKey(key: ReceiptKeyDocument): Promise<void> {
    await this.#publish(RECEIPTS_FEED, "receipts", key.id, key);
  }

  async #takeOff(feed: string, collection: ReplicaCollection, id: string): Promise<void> {
    await this.tx.putInFeed({ feed, collection, id, data: null, at: this.at });
    this.#changed.set(`${feed} ${collection}`, { feed, collection });
  }

  async #publish<C extends ReplicaCollection>(
    feed: string,
    collection: C,
    id: string,
    document: ReplicaDocument<C>,
  ): Promise<void> {
    await this.tx.putInFeed({ feed, collection, id, data: JSON.stringify(document), at: this.at });
    this.#changed.set(`${feed} ${collection}`, { feed, collection });
  }
}

export interface Publisher {
  /** Runs `work` in one write transaction and, once it is durable, wakes the tills that it concerns. */
  publish<T>(work: (publication: Publication) => Promise<T>): Promise<T>;
}

export function createPublisher({
  storage,
  wakeups,
  now,
}: {
  readonly storage: Storage;
  readonly wakeups: Wakeups;
  readonly now: () => Instant;
}): Publisher {
  return {
    async publish(work) {
      const { result, changed } = await storage.write(async (tx) => {
        const publication = new Publication(tx, now());
        return { result: await work(publication), changed: publication.changed };
      });
      wakeups.announce(changed);
      return result;
    },
  };
}
