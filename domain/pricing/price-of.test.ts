import fc from "fast-check";
import { expect, test } from "vitest";
import { type Instant, idOf, instant } from "../ids.ts";
import type { Price } from "../product/product.ts";
import { eur, variantOf } from "../testing/shop.ts";
import { priceOf } from "./price-of.ts";

const SALE = idOf<"PriceList">("sale");
const RETAIL = idOf<"PriceList">("retail");

function price(
  list: typeof SALE,
  minor: number,
  from: number | null = null,
  to: number | null = null,
): Price {
  return {
    list,
    variant: variantOf("mug"),
    amount: eur(minor),
    compareAt: null,
    validFrom: from === null ? null : instant(from),
    validTo: to === null ? null : instant(to),
  };
}

function minorAt(prices: readonly Price[], at: number): number | null {
  return priceOf({ prices, lists: [SALE, RETAIL], at: instant(at) })?.amount.minor ?? null;
}

test("the first list that has a valid price wins, not the cheapest", () => {
  expect(minorAt([price(RETAIL, 500), price(SALE, 900)], 0)).toBe(900);
  expect(minorAt([price(RETAIL, 500), price(SALE, 900, 10)], 9)).toBe(500);
});

test("a price holds from its first moment until just before its last", () => {
  const prices = [price(RETAIL, 500), price(SALE, 400, 10, 20)];
  expect([9, 10, 19, 20].map((at) => minorAt(prices, at))).toEqual([500, 400, 400, 500]);
});

test("within a list the price that began last wins", () => {
  const prices = [price(RETAIL, 300, 20), price(RETAIL, 100), price(RETAIL, 200, 10)];
  expect([0, 10, 20].map((at) => minorAt(prices, at))).toEqual([100, 200, 300]);
});

test("an article without a price on the store's lists cannot be sold", () => {
  expect(minorAt([], 0)).toBeNull();
  expect(minorAt([price(idOf<"PriceList">("wholesale"), 100)], 0)).toBeNull();
});

test("a price that is not valid is never charged", () => {
  const moment = fc.option(fc.nat(50));
  const prices = fc.array(
    fc
      .tuple(fc.constantFrom(SALE, RETAIL), fc.nat(1_000), moment, moment)
      .map(([list, minor, from, to]) => price(list, minor, from, to)),
  );
  fc.assert(
    fc.property(prices, fc.nat(50), (given, ms) => {
      const at: Instant = instant(ms);
      const charged = priceOf({ prices: given, lists: [SALE, RETAIL], at });
      if (charged === null) return;
      expect(given).toContain(charged);
      expect((charged.validFrom ?? 0) <= at && at < (charged.validTo ?? Number.POSITIVE_INFINITY)).toBe(true);
    }),
  );
});
