import type { Instant } from "#domain/ids.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import type { Price } from "#domain/product/product.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { PricedProductRow, PriceRow } from "#protocol/hq/prices.ts";
import { timeZoneOfList } from "./lists.ts";
import type { PricedProduct } from "./port.ts";

/** A product's prices as HQ reads them: moments as the clocks show them where each list is asked. */
export function pricedRowOf(
  { product, prices, costs }: PricedProduct,
  { stores, at }: { readonly stores: readonly StoreSettings[]; readonly at: Instant },
): PricedProductRow {
  const zones = new Map(prices.map(({ list }) => [list, timeZoneOfList(stores, list)]));
  return {
    product: product.id,
    handle: product.handle,
    title: product.title,
    category: product.category,
    soldBy: product.soldBy ?? null,
    variants: product.variants.map(({ id, sku, options }) => {
      const own = prices.filter(({ variant }) => variant === id);
      return {
        variant: id,
        sku,
        label: variantLabel(options),
        cost: costs.find(({ variant }) => variant === id)?.cost ?? null,
        prices: own
          .toSorted((a, b) =>
            a.list === b.list ? (a.validFrom ?? 0) - (b.validFrom ?? 0) : a.list < b.list ? -1 : 1,
          )
          .map((price) => rowOf(price, { own, at, timeZone: zones.get(price.list) ?? "UTC" })),
      };
    }),
  };
}

function rowOf(
  price: Price,
  { own, at, timeZone }: { readonly own: readonly Price[]; readonly at: Instant; readonly timeZone: string },
): PriceRow {
  const shown = (moment: Instant | null) => (moment === null ? null : localTimeOf({ at: moment, timeZone }));
  return {
    list: price.list,
    amount: price.amount,
    compareAt: price.compareAt,
    lowest30: price.lowest30 ?? null,
    validFrom: shown(price.validFrom),
    validTo: shown(price.validTo),
    tiers: (price.tiers ?? []).map(({ from, amount }) => ({ from, amount })),
    standing: standingOf(price, own, at),
  };
}

function standingOf(price: Price, own: readonly Price[], at: Instant): PriceRow["standing"] {
  if (price.validTo !== null && price.validTo <= at) return "over";
  if (price.validFrom !== null && price.validFrom > at) return "planned";
  return priceOf({ prices: own, lists: [price.list], at }) === price ? "now" : "covered";
}
