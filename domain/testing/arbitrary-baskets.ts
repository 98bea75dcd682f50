import fc from "fast-check";
import { type BasketId, idOf, instant, type StaffId } from "../ids.ts";
import type { TaxRate, TaxSetup } from "../tax/tax.ts";
import type { Basket, BasketLine, Discount } from "../ticket/basket.ts";
import { eur, lineOf, rate, taxClass } from "./shop.ts";

const MAX_PRICE_MINOR = 200_000;

export const arbitraryDiscount: fc.Arbitrary<Discount | null> = fc.option(
  fc.oneof(
    fc.record({
      kind: fc.constant("percent" as const),
      ppm: fc.integer({ min: 1, max: 1_000_000 }),
      reason: fc.constant("regular customer"),
    }),
    fc.record({
      kind: fc.constant("amount" as const),
      amount: fc.integer({ min: 1, max: MAX_PRICE_MINOR }).map(eur),
      reason: fc.constant("scratched"),
    }),
  ),
);

const arbitraryRates: fc.Arbitrary<readonly TaxRate[]> = fc
  .uniqueArray(fc.constantFrom("state", "county", "city"), { maxLength: 3 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.integer({ min: 0, max: 300_000 }).map((ppm) => rate(id, ppm)))),
  );

/** Any way to tax: prices with or without it, rounded per line or per ticket, up to three rates on each of two classes. */
export const arbitraryTax: fc.Arbitrary<TaxSetup> = fc.record({
  mode: fc.constantFrom("inclusive", "exclusive"),
  rounding: fc.constantFrom("line", "ticket"),
  classes: fc
    .tuple(arbitraryRates, arbitraryRates)
    .map(([standard, reduced]) => [taxClass("standard", ...standard), taxClass("reduced", ...reduced)]),
  cashRounding: fc.constantFrom(null, { incrementMinor: 5 }, { incrementMinor: 10 }),
});

const arbitraryLines: fc.Arbitrary<readonly BasketLine[]> = fc
  .array(
    fc.record({
      // Few prices, so that lines of equal value are common: there the odd cents are.
      price: fc.oneof(
        fc.constantFrom(0, 1, 99, 100, 333).map(eur),
        fc.integer({ min: 0, max: MAX_PRICE_MINOR }).map(eur),
      ),
      quantity: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 50 })),
      taxClass: fc.constantFrom("standard", "reduced"),
      discount: arbitraryDiscount,
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((rungs) => rungs.map((rung, index) => lineOf({ ...rung, name: `article-${index}` })));

/** A basket of one to eight lines with any discounts, nothing paid yet. */
export const arbitraryBasket: fc.Arbitrary<Basket> = fc
  .record({ lines: arbitraryLines, discount: arbitraryDiscount })
  .map(({ lines, discount }) => basketOf(lines, discount));

export const MIRA: StaffId = idOf<"Staff">("mira");
export const BASKET: BasketId = idOf<"Basket">("basket-1");
export const NOON = instant(1_800_000_000_000);

export function basketOf(lines: readonly BasketLine[], discount: Discount | null = null): Basket {
  return {
    id: BASKET,
    status: "open",
    label: "",
    staff: MIRA,
    customer: null,
    openedAt: NOON,
    updatedAt: NOON,
    lines,
    discount,
    tenders: [],
  };
}
