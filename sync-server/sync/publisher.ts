import type { Case } from "#domain/cases/case.ts";
import { type Customer, customerIdsOf } from "#domain/customer/customer.ts";
import type {
  CaseId,
  CountId,
  CustomerId,
  FulfilmentId,
  Instant,
  ProductId,
  PromotionId,
  StoreId,
  VariantId,
} from "#domain/ids.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { isReduction } from "#domain/pricing/price-history.ts";
import type { ProductDetails } from "#domain/product/catalogue-product.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { type Purchase, purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import { type Delivery, deliveryStores } from "#domain/stock/delivery.ts";
import { shelfKey } from "#domain/stock/shelf.ts";
import type { StockLevel } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { planOf } from "#domain/updates/rings.ts";
import type { BalanceDocument } from "#protocol/documents/balance.ts";
import type { ReplicaCollection, ReplicaDocument } from "#protocol/documents/collections.ts";
import { MAX_RETURN_ACTS } from "#protocol/documents/purchase.ts";
import type { ReceiptKeyDocument } from "#protocol/documents/receipt.ts";
import { holdingOf } from "../customers/holding.ts";
import { productsChangedEvent } from "../events/product-events.ts";
import { priceId, withLowest } from "../prices/lowest.ts";
import type { PriceKey } from "../prices/port.ts";
import type { Colleague } from "../staff/port.ts";
import type { Attempt, Storage, WriteTransaction } from "../storage/port.ts";
import {
  BALANCES_FEED,
  CATALOG_FEED,
  CUSTOMERS_FEED,
  customersFeedOf,
  fillsCustomersFeed,
  PROMOTIONS_FEED,
  priceFeed,
  RECEIPTS_FEED,
  storeFeed,
} from "./feeds.ts";
import { type NewInFeed, type News, newsOf } from "./news.ts";
import type { ChangedFeed } from "./wakeups.ts";

/** How ids of the documents in `receipts` begin. */
export const PURCHASES = "purchase:";
export const MARKS = "mark:";

/** Within one write transaction: a change of the master data and the feed rows that carry it to the tills, together. */
export class Publication {
  readonly tx: WriteTransaction;
  readonly at: Instant;
  #changed = new Map<string, NewInFeed>();
  /** The newest of each feed before this transaction. */
  #since = new Map<string, number>();
  readonly #told: Partial<News>[] = [];
  /** Read once: most transactions write several profiles or stores, or none. */
  #stores: readonly StoreSettings[] | null = null;

  #hasChangedProducts = false;

  constructor(tx: WriteTransaction, at: Instant) {
    this.tx = tx;
    this.at = at;
  }

  /** What whoever listens is to hear once this is durable. */
  get news(): News {
    return newsOf({
      feeds: [...this.#changed.values()],
      live: [...new Set(this.#told.flatMap(({ live }) => live ?? []))],
      dismissed: this.#told.flatMap(({ dismissed }) => dismissed ?? []),
      asked: this.#told.flatMap(({ asked }) => asked ?? []),
    });
  }

  /** Besides what stands in feeds. */
  tell(news: Partial<Pick<News, "live" | "dismissed" | "asked">>): void {
    this.#told.push(news);
  }

  /** Runs `work` so that nothing of it is left where it throws, and answers what it threw. Throws itself where the database failed. */
  async attempt(work: () => Promise<void>): Promise<Attempt> {
    const changed = new Map(this.#changed);
    const since = new Map(this.#since);
    const done = await this.tx.attempt(work);
    if (done.ok) return done;
    this.#changed = changed;
    this.#since = since;
    // It may have been read from what is undone.
    this.#stores = null;
    return done;
  }

  /** A store that nothing was said of goes by what the retailer has decided. */
  async putStore({ update: _, ...wanted }: StoreSettings): Promise<void> {
    const update = planOf(await this.tx.stagedUpdates(), wanted.store);
    const retailers = wanted.returns === undefined ? await this.tx.retailerReturnPolicy() : null;
    const before = await this.#allStores();
    const [first] = before;
    const groups = wanted.customerGroups ?? first?.customerGroups;
    const scaleCodes = wanted.scaleCodes ?? first?.scaleCodes;
    const adjustmentReasons = wanted.adjustmentReasons ?? first?.adjustmentReasons;
    const roles = wanted.roles ?? first?.roles;
    const promotionChoice = wanted.promotionChoice ?? first?.promotionChoice;
    const rules = wanted.customers === undefined ? await this.tx.customerRules() : null;
    const loyalty = wanted.loyalty === undefined ? await this.tx.loyaltyProgramme() : null;
    const settings: StoreSettings = {
      ...wanted,
      ...(retailers === null ? {} : { returns: retailers }),
      ...(rules === null ? {} : { customers: holdingOf(rules, wanted.store) }),
      ...(groups === undefined ? {} : { customerGroups: groups }),
      ...(scaleCodes === undefined ? {} : { scaleCodes }),
      ...(adjustmentReasons === undefined ? {} : { adjustmentReasons }),
      ...(roles === undefined ? {} : { roles }),
      ...(promotionChoice === undefined ? {} : { promotionChoice }),
      ...(loyalty === null ? {} : { loyalty }),
      ...(update === null ? {} : { update }),
    };
    await this.tx.putStore(settings);
    const at = before.findIndex(({ store, code }) => store === settings.store && code === settings.code);
    if (!before.some(({ store }) => store === settings.store)) await this.#letEverywhereIn(settings.store);
    this.#stores = at === -1 ? null : before.with(at, settings);
    await this.#publish(storeFeed(settings.store), "settings", settings.store, {
      ...settings,
      id: settings.store,
    });
  }

  /** Whoever works in all stores works in one that is opened now as well. */
  async #letEverywhereIn(store: StoreId): Promise<void> {
    for (const { member, stores } of await this.tx.colleagues({ store, active: null, search: "" }))
      if (stores === null) await this.#publish(storeFeed(store), "staff", member.id, member);
  }

  async #allStores(): Promise<readonly StoreSettings[]> {
    this.#stores ??= await this.tx.stores();
    return this.#stores;
  }

  /** Somebody works in this store as well, besides those that they work in already. */
  async putStaff(store: StoreId, member: StaffMember): Promise<void> {
    const known = await this.tx.colleague(member.id);
    const stores = known === null ? [] : known.stores;
    await this.putColleague({ member, stores: stores === null ? null : [...new Set([...stores, store])] });
  }

  /** The tills of every store where they work learn of it, and those of stores where they work no longer. */
  async putColleague(colleague: Colleague): Promise<void> {
    const { member } = colleague;
    const all = (await this.#allStores()).map(({ store }) => store);
    const before = await this.tx.colleague(member.id);
    await this.tx.putColleague(colleague);
    const works = colleague.stores ?? all;
    for (const store of works) await this.#publish(storeFeed(store), "staff", member.id, member);
    const worked = before === null ? [] : (before.stores ?? all);
    for (const store of worked)
      if (!works.includes(store)) await this.#forget(storeFeed(store), "staff", member.id);
  }

  /** What HQ and web shops know of a product; tills do not need it. */
  async putProductDetails(product: ProductId, details: ProductDetails): Promise<void> {
    await this.tx.putProductDetails(product, details);
    this.#hasChangedProducts = true;
  }

  async putProduct(product: Product): Promise<void> {
    await this.tx.putProduct(product);
    this.#hasChangedProducts = true;
    await this.#publish(CATALOG_FEED, "products", product.id, product);
  }

  /** Once for all that was changed: a whole import is a few events. */
  async tellOfProducts(): Promise<void> {
    if (!this.#hasChangedProducts) return;
    const change = await this.tx.catalogueChange();
    await this.tx.addLatest(productsChangedEvent({ change, at: this.at }));
  }

  /** Takes a product that was never sold out of the catalogue, with its prices. */
  async forgetProduct(product: Product): Promise<void> {
    for (const { id } of product.variants)
      for (const price of await this.tx.pricesOf(id)) await this.forgetPrice(price);
    await this.tx.removeProduct(product.id);
    this.#hasChangedProducts = true;
    await this.#forget(CATALOG_FEED, "products", product.id);
  }

  /** What was lowest before a reduction is worked out here, whatever `price` says of it; so it is anew for reductions of the same goods that are still to begin. */
  async putPrice(price: Price): Promise<void> {
    await this.tx.logPrice(price, { at: this.at, price });
    await this.#showPrice(await withLowest(this.tx, { price, at: this.at }));
    await this.#lookAgainAtPlanned(price);
  }

  /** Takes a price away, as if it ended now. */
  async forgetPrice(key: PriceKey): Promise<void> {
    await this.tx.removePrice(key);
    await this.tx.logPrice(key, { at: this.at, price: null });
    await this.#forget(priceFeed(key.list), "prices", priceId(key));
    await this.#lookAgainAtPlanned(key);
  }

  async #showPrice(price: Price): Promise<void> {
    await this.tx.putPrice(price);
    const id = priceId(price);
    await this.#publish(priceFeed(price.list), "prices", id, { ...price, id });
  }

  async #lookAgainAtPlanned(changed: PriceKey): Promise<void> {
    for (const price of await this.tx.pricesOf(changed.variant)) {
      const isPlanned = price.validFrom !== null && price.validFrom > this.at;
      if (!isPlanned || !isReduction(price) || price.list !== changed.list) continue;
      if (price.validFrom === changed.validFrom) continue;
      const now = await withLowest(this.tx, { price, at: this.at });
      if (now.lowest30?.minor !== price.lowest30?.minor) await this.#showPrice(now);
    }
  }

  putCustomer(customer: Customer): Promise<void> {
    return this.putCustomers([customer]);
  }

  /** Into the feed of the whole chain, and into those of the stores that hold only whom they know. Each another one. */
  async putCustomers(customers: readonly Customer[]): Promise<void> {
    if (customers.length === 0) return;
    await this.tx.putCustomers(customers);
    await this.tx.noteCustomersKnown(
      customers.map(({ id }) => id),
      this.at,
    );
    const narrow = await this.#narrowFeeds(customers.map(customerIdsOf));
    await this.#publishAll(
      customers.flatMap((customer, place) =>
        [CUSTOMERS_FEED, ...(narrow[place] ?? [])].map((feed) => inCustomers(feed, customer)),
      ),
    );
  }

  /** As it is, into one feed that a store's tills hold from now on. */
  async putCustomerInto(feed: string, customer: Customer): Promise<void> {
    await this.#publishAll([inCustomers(feed, customer)]);
  }

  /** As they are, into the feeds of the stores that hold only whom they know. Each another one. */
  async putCustomersWhereKnown(customers: readonly Customer[]): Promise<void> {
    const narrow = await this.#narrowFeeds(customers.map(customerIdsOf));
    await this.#publishAll(
      customers.flatMap((customer, place) =>
        (narrow[place] ?? []).map((feed) => inCustomers(feed, customer)),
      ),
    );
  }

  /** The feeds besides that of the whole chain that somebody is in: by where they bought or registered. */
  async customerFeeds(id: CustomerId): Promise<readonly string[]> {
    const [feeds = []] = await this.#narrowFeeds([await this.tx.customerIds(id)]);
    return feeds;
  }

  /** The same for people by all their ids, each in its place. */
  async #narrowFeeds(people: readonly (readonly CustomerId[])[]): Promise<readonly (readonly string[])[]> {
    if (people.length === 0) return [];
    const stores = await this.#allStores();
    const narrow = new Set(
      stores
        .map(customersFeedOf)
        .filter((feed) => feed !== null)
        .filter((feed) => feed !== CUSTOMERS_FEED),
    );
    if (narrow.size === 0) return people.map(() => []);
    return (await this.tx.storesOfCustomers(people)).map((known) => {
      const theirs = stores.filter(({ store }) => known.includes(store));
      return [...narrow].filter((feed) => theirs.some((store) => fillsCustomersFeed(feed, store)));
    });
  }

  /** Wakes the tills that have read this feed so far, since they are to read another from now on. */
  noteCustomersMoved(feed: string): void {
    this.#changed.set(`${feed} customers`, { feed, collection: "customers", head: 0, since: 0 });
  }

  /** Takes a profile off every till, or off those that read these feeds. */
  async forgetCustomer(id: CustomerId, feeds: readonly string[]): Promise<void> {
    for (const feed of feeds) await this.#forget(feed, "customers", id);
  }

  /** What is on hand; how much of it is promised to orders goes with it. */
  putStockLevel(level: StockLevel): Promise<void> {
    return this.putSold({ levels: [level], purchases: [] });
  }

  /** What tills of the stores are told of sales: levels as they are now, each another one, and what was bought, each by another ticket of a store. */
  async putSold({
    levels,
    purchases,
  }: {
    readonly levels: readonly StockLevel[];
    readonly purchases: readonly Purchase[];
  }): Promise<void> {
    const promised = await this.tx.reservedOf(levels);
    const stock = levels.map(({ store, variant, onHand }): NewDocument => {
      const reserved = promised.get(shelfKey({ store, variant })) ?? 0;
      const document: ReplicaDocument<"stock"> = {
        ...{ store, variant, onHand },
        ...(reserved > 0 ? { reserved } : {}),
        id: variant,
      };
      return { feed: storeFeed(store), collection: "stock", document };
    });
    const receipts = purchases.flatMap((purchase): readonly NewDocument[] => {
      const { store } = purchase;
      if (store === null) return [];
      return [{ feed: storeFeed(store), collection: "receipts", document: purchaseDocument(purchase) }];
    });
    await this.#publishAll([...receipts, ...stock]);
  }

  /** The level as it is, where what is promised of it has changed. */
  async republishStock(at: { readonly store: StoreId; readonly variant: VariantId }): Promise<void> {
    await this.putStockLevel({ ...at, onHand: await this.tx.onHand(at) });
  }

  async putStoreOrder(order: StoreOrder): Promise<void> {
    await this.#publish(storeFeed(order.fulfilment.store), "orders", order.id, order);
  }

  /** Takes an order that was over for long off the store's tills. */
  forgetStoreOrder(store: StoreId, fulfilment: FulfilmentId): Promise<void> {
    return this.#forget(storeFeed(store), "orders", fulfilment);
  }

  async putCase(of: Case): Promise<void> {
    await this.#publish(storeFeed(of.store), "cases", of.id, of);
  }

  /** Takes a case that another store has, or that was closed for long, off the store's tills. */
  forgetCase(store: StoreId, id: CaseId): Promise<void> {
    return this.#forget(storeFeed(store), "cases", id);
  }

  /** Tells a store's tills of a count that they are asked for. */
  async putCount(store: StoreId, count: ReplicaDocument<"counts">): Promise<void> {
    await this.#publish(storeFeed(store), "counts", count.id, count);
  }

  /** Takes a count off the store's tills: nobody is to go on with it. */
  forgetCount(store: StoreId, count: CountId): Promise<void> {
    return this.#forget(storeFeed(store), "counts", count);
  }

  /** The store that sends it and the one that waits for it learn of it. */
  async putDelivery(of: Delivery): Promise<void> {
    for (const store of deliveryStores(of)) await this.#publish(storeFeed(store), "deliveries", of.id, of);
  }

  /** Takes a delivery that was over for long off the tills. */
  async forgetDelivery(of: Delivery): Promise<void> {
    for (const store of deliveryStores(of)) await this.#forget(storeFeed(store), "deliveries", of.id);
  }

  async putNotice(store: StoreId, notice: ReplicaDocument<"notices">): Promise<void> {
    await this.#publish(storeFeed(store), "notices", notice.id, notice);
  }

  /** Every till of the chain learns of it. */
  async putReceiptKey(key: ReceiptKeyDocument): Promise<void> {
    await this.#publish(RECEIPTS_FEED, "receipts", key.id, key);
  }

  putBalance(balance: BalanceDocument): Promise<void> {
    return this.putBalances([balance]);
  }

  /** Every till of the chain learns of them. Each another one. */
  async putBalances(balances: readonly BalanceDocument[]): Promise<void> {
    await this.#publishAll(
      balances.map((document) => ({ feed: BALANCES_FEED, collection: "balances", document })),
    );
  }

  /** Takes what balances were off the tills; nothing where they have none of the name. */
  async forgetBalances(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const of = { feed: BALANCES_FEED, collection: "balances", ids } as const;
    const live = await this.tx.liveDocumentsNamed(of);
    await this.#putAll(
      live.map(({ id }) => ({ feed: BALANCES_FEED, collection: "balances", id, data: null })),
    );
  }

  async putPromotion(promotion: Promotion): Promise<void> {
    await this.#publish(PROMOTIONS_FEED, "promotions", promotion.id, promotion);
  }

  forgetPromotion(id: PromotionId): Promise<void> {
    return this.#forget(PROMOTIONS_FEED, "promotions", id);
  }

  /** A store's own tickets are for its tills, orders for those of the whole chain: those come back anywhere. */
  async putPurchase(purchase: Purchase): Promise<void> {
    const { ref, store } = purchase;
    const feed = ref.kind === "ticket" && store !== null ? storeFeed(store) : RECEIPTS_FEED;
    const document = purchaseDocument(purchase);
    await this.#publish(feed, "receipts", document.id, document);
  }

  /** Every till of the chain learns what came back of a purchase. */
  async putReturnMark(returned: Returned): Promise<void> {
    const id = `${MARKS}${purchaseKey(returned.purchase)}`;
    const acts = returned.acts.slice(-MAX_RETURN_ACTS);
    await this.#publish(RECEIPTS_FEED, "receipts", id, { id, kind: "mark", returned: { ...returned, acts } });
  }

  /** Takes a purchase, or what is said of its returns, off the tills. */
  forgetReceipt(feed: string, id: string): Promise<void> {
    return this.#forget(feed, "receipts", id);
  }

  #forget(feed: string, collection: ReplicaCollection, id: string): Promise<void> {
    return this.#putAll([{ feed, collection, id, data: null }]);
  }

  /** `before`: the feed's head before what this noted. */
  #noteChanged({ feed, collection }: ChangedFeed, head: number, before: number): void {
    const since = this.#since.get(feed) ?? before;
    this.#since.set(feed, since);
    this.#changed.set(`${feed} ${collection}`, { feed, collection, head, since });
  }

  #publish<C extends ReplicaCollection>(
    feed: string,
    collection: C,
    id: string,
    document: ReplicaDocument<C>,
  ): Promise<void> {
    return this.#putAll([{ feed, collection, id, data: JSON.stringify(document) }]);
  }

  #publishAll(documents: readonly NewDocument[]): Promise<void> {
    return this.#putAll(
      documents.map(({ feed, collection, document }) => ({
        ...{ feed, collection, id: document.id },
        data: JSON.stringify(document),
      })),
    );
  }

  /** Each another one of its feed. */
  async #putAll(documents: FeedDocuments): Promise<void> {
    if (documents.length === 0) return;
    const heads = await this.tx.putInFeeds({ documents, at: this.at });
    const told = new Map<string, ReplicaCollection[]>();
    for (const { feed, collection } of documents) {
      const collections = told.get(feed) ?? [];
      told.set(feed, collections);
      collections.push(collection);
    }
    for (const [feed, collections] of told) {
      const head = heads.get(feed) ?? 0;
      for (const collection of new Set(collections))
        this.#noteChanged({ feed, collection }, head, head - collections.length);
    }
  }
}

type FeedDocuments = Parameters<WriteTransaction["putInFeeds"]>[0]["documents"];

/** A document that is to be put into a feed. */
type NewDocument = {
  readonly [C in ReplicaCollection]: {
    readonly feed: string;
    readonly collection: C;
    readonly document: ReplicaDocument<C>;
  };
}[ReplicaCollection];

function inCustomers(feed: string, document: Customer): NewDocument {
  return { feed, collection: "customers", document };
}

function purchaseDocument(purchase: Purchase) {
  return { id: `${PURCHASES}${purchaseKey(purchase.ref)}`, kind: "purchase", purchase } as const;
}

export interface Publisher {
  /** Runs `work` in one write transaction; once it is durable, the tills that it concerns are woken, at whatever server they listen. */
  publish<T>(work: (publication: Publication) => Promise<T>): Promise<T>;
}

export function createPublisher({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Publisher {
  return {
    async publish(work) {
      const { result } = await storage.write(
        async (tx) => {
          const publication = new Publication(tx, now());
          const result = await work(publication);
          await publication.tellOfProducts();
          return { result, news: publication.news };
        },
        ({ news }) => news,
      );
      return result;
    },
  };
}
