import type { Instant, PriceListId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import type { Product } from "#domain/product/product.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { listsOfChannel } from "../prices/lists.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { DEMO_CHANNEL, shippingOf } from "./checkout.ts";

/** Products that the demo shop shows at once. */
export const SHELF_PAGE = 24;

interface ShelfVariant {
  readonly sku: string;
  readonly label: string;
  readonly image: string | null;
  readonly price: Money;
}

export interface ShelfProduct {
  readonly handle: string;
  readonly title: string;
  readonly brand: string;
  readonly category: string;
  readonly image: string | null;
  /** Those that have a price. */
  readonly variants: readonly ShelfVariant[];
}

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
        pickup: orderPolicyOf(store).pickup,
      })),
    };
  });
}

/** A page of what is on sale, by words of the title, SKU or barcode. */
export function shelf(
  storage: Storage,
  { search, offset, at }: { readonly search: string; readonly offset: number; readonly at: Instant },
): Promise<{ readonly products: readonly ShelfProduct[]; readonly total: number }> {
  return storage.read(async (tx) => {
    const lists = await webLists(tx);
    const found = await tx.searchProducts({ text: search, offset, limit: SHELF_PAGE });
    const products: ShelfProduct[] = [];
    for (const product of found.products) {
      const shown = await shelfProduct(tx, { product, lists, at });
      if (shown.variants.length > 0) products.push(shown);
    }
    return { products, total: found.total };
  });
}

/** One product by its handle; null when it is not on sale. */
export function productOnShelf(
  storage: Storage,
  { handle, at }: { readonly handle: string; readonly at: Instant },
): Promise<ShelfProduct | null> {
  return storage.read(async (tx) => {
    const product = await tx.productByHandle(handle);
    if (product === null || product.status !== "active") return null;
    const shown = await shelfProduct(tx, { product, lists: await webLists(tx), at });
    return shown.variants.length === 0 ? null : shown;
  });
}

function webLists(tx: ReadTransaction): Promise<readonly PriceListId[]> {
  return listsOfChannel(tx, DEMO_CHANNEL);
}

async function shelfProduct(
  tx: ReadTransaction,
  {
    product,
    lists,
    at,
  }: { readonly product: Product; readonly lists: readonly PriceListId[]; readonly at: Instant },
): Promise<ShelfProduct> {
  const { handle, title, brand, category, image } = product;
  const variants: ShelfVariant[] = [];
  for (const variant of product.status === "active" ? product.variants : []) {
    const price = priceOf({ prices: await tx.pricesOf(variant.id), lists, at })?.amount;
    if (price === undefined) continue;
    variants.push({ sku: variant.sku, label: variantLabel(variant.options), image: variant.image, price });
  }
  return { handle, title, brand, category, image, variants };
}
