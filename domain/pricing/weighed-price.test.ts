import fc from "fast-check";
import { expect, test } from "vitest";
import { eur } from "../testing/shop.ts";
import { gramsFor, isGrams, MAX_GRAMS, weighedPrice } from "./weighed-price.ts";

test.each([
  { grams: 432, perKilo: 1_290, costs: 557 },
  { grams: 1_000, perKilo: 1_290, costs: 1_290 },
  { grams: 50, perKilo: 1_290, costs: 65 },
  { grams: 1, perKilo: 499, costs: 0 },
])("$grams g at $perKilo cents a kilogram cost $costs", ({ grams, perKilo, costs }) => {
  expect(weighedPrice({ perKilo: eur(perKilo), grams })).toEqual(eur(costs));
});

test("half a cent counts as a whole one", () => {
  expect(weighedPrice({ perKilo: eur(1), grams: 500 })).toEqual(eur(1));
  expect(weighedPrice({ perKilo: eur(1), grams: 499 })).toEqual(eur(0));
});

test("the weight that a label's price comes from gives that price again, as near as whole grams allow", () => {
  const cents = fc.integer({ min: 100, max: 100_000 });
  fc.assert(
    fc.property(cents, cents, (price, perKilo) => {
      const grams = gramsFor({ price: eur(price), perKilo: eur(perKilo) });
      if (grams === null) return;
      const again = weighedPrice({ perKilo: eur(perKilo), grams });
      expect(Math.abs(again.minor - price)).toBeLessThanOrEqual(perKilo / 2_000 + 1);
    }),
  );
});

test("goods whose kilogram costs nothing have no weight by their price", () => {
  expect(gramsFor({ price: eur(500), perKilo: eur(0) })).toBeNull();
});

test.each([0, -5, 1.5, MAX_GRAMS + 1, Number.NaN])("%d g cannot be weighed", (grams) => {
  expect(isGrams(grams)).toBe(false);
});
