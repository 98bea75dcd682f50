import type { Instant } from "#domain/ids.ts";
import type { ProductsChanged } from "#protocol/shop/product.ts";

/** What other programs can be told of the catalogue. */
export const PRODUCT_EVENTS = {
  "products.changed":
    "Products were added, changed or taken away. One event stands for all of it: ask `/shop/v1/products` from your own cursor on.",
} as const;

/** To be added as the latest in the transaction that changed products; `change` is the catalogue's newest. */
export function productsChangedEvent({ change, at }: { readonly change: number; readonly at: Instant }) {
  const told: ProductsChanged = { cursor: String(change) };
  return {
    id: `products:${change}`,
    type: "products.changed" satisfies keyof typeof PRODUCT_EVENTS,
    order: null,
    at,
    data: JSON.stringify(told),
  };
}
