import type { VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { Cost } from "../prices/port.ts";
import { CURRENCY, RETAIL_LIST, TRADE_LIST } from "./retailer.ts";

const COFFEE = "COF-";
const FIVE_CENTS = 5;
/** Goat cheese got dearer at the dairy, and the print is paid for only without its promotion: nobody at Fennholm has noticed. */
const DEAR: Readonly<Record<string, number>> = { "CHE-2003": 3_600, "PRI-3002": 1_200 };

/** Cafés pay 85 % of what coffee costs elsewhere, rounded down to five cents. */
export function tradePrices({
  products,
  prices,
}: {
  readonly products: readonly Product[];
  readonly prices: readonly Price[];
}): readonly Price[] {
  const coffee = new Set<VariantId>(
    products.flatMap(({ variants }) =>
      variants.filter(({ sku }) => sku.startsWith(COFFEE)).map(({ id }) => id),
    ),
  );
  return prices
    .filter(
      ({ list, variant, validFrom }) => list === RETAIL_LIST && validFrom === null && coffee.has(variant),
    )
    .map((price) => {
      const minor = Math.floor((price.amount.minor * 85) / 100 / FIVE_CENTS) * FIVE_CENTS;
      return { ...price, list: TRADE_LIST, amount: money(minor, CURRENCY), compareAt: null };
    });
}

/** What each variant costs Fennholm itself, without tax: between 35 and 54 % of its price. */
export function demoCosts(products: readonly Product[], prices: readonly Price[]): readonly Cost[] {
  const retail = new Map(
    prices
      .filter(({ list, validFrom }) => list === RETAIL_LIST && validFrom === null)
      .map(({ variant, amount }) => [variant, amount.minor]),
  );
  return products
    .flatMap(({ variants }) => variants)
    .flatMap(({ id, sku }, index): readonly Cost[] => {
      const minor = retail.get(id);
      if (minor === undefined) return [];
      const usual = Math.floor((minor * (35 + (index % 20))) / 100);
      return [{ variant: id, cost: money(DEAR[sku] ?? usual, CURRENCY) }];
    });
}
