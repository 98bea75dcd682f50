import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import { priceOf } from "../pricing/price-of.ts";
import type { Price } from "../product/product.ts";
import { EUR, USD } from "../testing/shop.ts";
import { lowestPrice } from "./lowest-price.ts";

const RETAIL = idOf<"PriceList">("retail");
const OTHER = idOf<"PriceList">("other");
const DAYS = { from: instant(100), to: instant(200), currency: EUR, lists: [RETAIL] };

function price(minor: number, changes: Partial<Price> = {}): Price {
  return {
    list: RETAIL,
    variant: idOf<"Variant">("mug"),
    amount: money(minor, EUR),
    compareAt: null,
    validFrom: null,
    validTo: null,
    ...changes,
  };
}

test("the lowest price that was ever asked in these days counts", () => {
  const prices = [
    price(900),
    price(700, { validFrom: instant(120), validTo: instant(130) }),
    price(500, { validFrom: instant(50), validTo: instant(100) }),
    price(400, { validFrom: instant(201) }),
    price(300, { list: OTHER }),
    price(200, { amount: money(200, USD) }),
  ];
  expect(lowestPrice(prices, DAYS)).toEqual(money(700, EUR));
});

test("what cost less in a larger number may have been bought in one", () => {
  const tiers = [
    { from: 3, amount: money(650, EUR) },
    { from: 10, amount: money(600, EUR) },
  ];
  expect(lowestPrice([price(900, { tiers })], DAYS)).toEqual(money(600, EUR));
});

test("what never had a price here brings none", () => {
  expect(lowestPrice([price(300, { list: OTHER })], DAYS)).toBeNull();
});

test("nobody gets more for goods without a receipt than they cost on any of the days", () => {
  const moment = fc.option(fc.integer({ min: 0, max: 300 }).map(instant), { nil: null });
  const prices = fc.array(
    fc
      .record({ minor: fc.nat({ max: 999 }), validFrom: moment, validTo: moment })
      .map(({ minor, ...valid }) => price(minor, valid)),
  );
  fc.assert(
    fc.property(prices, fc.integer({ min: 101, max: 200 }).map(instant), (all, at) => {
      const shelf = priceOf({ prices: all, lists: [RETAIL], at });
      const lowest = lowestPrice(all, DAYS);
      if (shelf !== null) expect(lowest?.minor).toBeLessThanOrEqual(shelf.amount.minor);
    }),
  );
});
