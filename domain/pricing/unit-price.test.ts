import { expect, test } from "vitest";
import { eur } from "../testing/shop.ts";
import { unitPriceOf } from "./unit-price.ts";

test.each([
  ["340 g of jam at 4.49", 449, { quantity: 340, unit: "g" }, { per: "kg", amount: eur(1321) }],
  ["a bottle of 0.75 l at 9.95", 995, { quantity: 750, unit: "ml" }, { per: "l", amount: eur(1327) }],
  ["half a litre at 1.19", 119, { quantity: 500, unit: "ml" }, { per: "l", amount: eur(238) }],
  ["2.5 m of ribbon at 3.00", 300, { quantity: 2500, unit: "mm" }, { per: "m", amount: eur(120) }],
  [
    "eight batteries at 7.00: half a cent goes up",
    700,
    { quantity: 8, unit: "piece" },
    { per: "piece", amount: eur(88) },
  ],
] as const)("%s", (_what, cents, content, expected) => {
  expect(unitPriceOf(eur(cents), content)).toEqual(expected);
});

test("a package of one kilogram or one piece says nothing twice", () => {
  expect(unitPriceOf(eur(500), { quantity: 1000, unit: "g" })).toBeNull();
  expect(unitPriceOf(eur(500), { quantity: 1, unit: "piece" })).toBeNull();
});
