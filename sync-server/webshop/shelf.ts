import type { Instant, ProductId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { doesOrders } from "#domain/orders/policy.ts";
import { fold } from "#domain/text/fold.ts";
import type { ShopProduct } from "#protocol/shop/product.ts";
import { changedProducts } from "../shop-products/changed.ts";
import { composeProducts } from "../shop-products/compose.ts";
import { oneProduct } from "../shop-products/one-product.ts";
import { shopTerms } from "../shop-products/terms.ts";
import type { Storage } from "../storage/port.ts";
import { DEMO_CHANNEL, shippingOf } from "./checkout.ts";

/** Products that the demo shop shows at once. */
const SHELF_PAGE = 24;
/** Products copied at a time. */
const COPIED = 200;

/** The shop itself: whose it is, which stores one can collect in, what a parcel costs. Null before there is any store. */
export function shopFront(storage: Storage): Promise<{
  readonly retailer: string;
  readonly shipping: Money;
  readonly stores: readonly {
    readonly code: string;
    readonly name: string;
    readonly address: readonly string[];
    readonly pickup: boolean;
  }[];
} | null> {
  return storage.read(async (tx) => {
    const stores = await tx.stores();
    const [first] = stores;
    if (first === undefined) return null;
    return {
      retailer: first.retailer,
      shipping: shippingOf(first.currency),
      stores: stores.map((store) => ({
        code: store.code,
        name: store.name,
        address: store.address,
        pickup: doesOrders(store, "pickup"),
      })),
    };
  });
}

/** What the demo shop shows, each product as `/shop/v1/products` answers it for its channel. */
export interface Shelf {
  /** A page of what can be ordered, by words of the title, brand, category, SKU or barcode; in the order of titles. */
  page(ask: {
    readonly search: string;
    readonly offset: number;
  }): Promise<{ readonly products: readonly ShopProduct[]; readonly total: number; readonly next: number }>;
  /** One product by its handle; null when it is not on sale. */
  product(handle: string): Promise<ShopProduct | null>;
}

/** What it is found by, of each product. */
interface Copy {
  readonly title: string;
  readonly words: string;
}

/**
 * The shelf keeps a copy of the products as any shop does: it follows what changed from its cursor on, and searches in what it has. Prices and stock move
 * without the cursor, so what is shown is asked for anew.
 */
export function createShelf({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Shelf {
  const copies = new Map<ProductId, Copy>();
  let cursor: string | undefined;
  let following: Promise<void> | null = null;

  async function follow(): Promise<void> {
    for (;;) {
      const after = cursor;
      const page = await storage.read((tx) =>
        changedProducts(tx, { channel: DEMO_CHANNEL, at: now(), after, limit: COPIED }),
      );
      if (!page.ok) {
        copies.clear();
        cursor = undefined;
        return;
      }
      for (const product of page.value.products)
        if (product.status === "active" && isOrdered(product)) copies.set(product.id, copyOf(product));
        else copies.delete(product.id);
      cursor = page.value.next;
      if (page.value.caughtUp) return;
    }
  }

  return {
    async page({ search, offset }) {
      following ??= follow().finally(() => {
        following = null;
      });
      await following;
      const words = fold(search).split(/\s+/);
      const found = [...copies]
        .filter(([, copy]) => words.every((word) => copy.words.includes(word)))
        .toSorted(([, one], [, other]) => one.title.localeCompare(other.title))
        .map(([id]) => id);
      const ids = found.slice(offset, offset + SHELF_PAGE);
      const products = await storage.read(async (tx) => {
        const terms = await shopTerms(tx, { channel: DEMO_CHANNEL, at: now() });
        return terms === null ? [] : composeProducts(tx, { ids, terms });
      });
      return { products, total: found.length, next: offset + SHELF_PAGE };
    },

    async product(handle) {
      const name = `handle:${handle}`;
      const found = await storage.read((tx) => oneProduct(tx, { channel: DEMO_CHANNEL, at: now(), name }));
      return found === null || !isOrdered(found.product) ? null : found.product;
    },
  };
}

/** Nobody weighs or names a price in a web shop. */
function isOrdered({ soldBy }: ShopProduct): boolean {
  return soldBy === "piece";
}

function copyOf({ title, brand, category, variants }: ShopProduct): Copy {
  const codes = variants.flatMap(({ sku, gtins }) => [sku, ...gtins]);
  return { title, words: fold([title, brand, category, ...codes].join(" ")) };
}
