import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { eur, lineOf } from "../testing/shop.ts";
import { atQuantityPrices, pieceAt, singlePrice } from "./quantity-price.ts";

const TIERS = {
  single: eur(99),
  tiers: [
    { from: 3, amount: eur(89) },
    { from: 10, amount: eur(75) },
  ],
};

test("a piece costs what the highest step says that is reached", () => {
  expect([1, 2, 3, 9, 10, 500].map((pieces) => pieceAt(TIERS, pieces).minor)).toEqual([
    99, 99, 89, 89, 75, 75,
  ]);
});

test("all lines of a variant count together, and what was ordered before does not", () => {
  const pens = { ...lineOf({ name: "pen", price: eur(99), quantity: 2 }), tiers: TIERS };
  const ordered = { ...pens, order: { order: idOf<"Order">("o"), line: idOf<"Line">("l") } };
  const mug = lineOf({ name: "mug", price: eur(1_200), quantity: 2 });
  const costs = (...lines: Parameters<typeof atQuantityPrices>[0]) =>
    atQuantityPrices(lines).map(({ unitPrice }) => unitPrice.minor);
  expect(costs(pens, mug, { ...pens, quantity: 1 })).toEqual([89, 1_200, 89]);
  expect(costs(pens, { ...ordered, quantity: 20 })[0]).toBe(99);
  expect([singlePrice(pens), singlePrice(mug)]).toEqual([eur(99), eur(1_200)]);
});
