import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { addMoney } from "../money/arithmetic.ts";
import { money } from "../money/money.ts";
import { pieceCost, piecesDelivered, piecesOfWorth, worthOf } from "./worth.ts";

const EUR = idOf<"Currency">("EUR");
const TEA = idOf<"Variant">("tea");

test("parts of a stock are together worth what the whole is, to the cent", () => {
  const pieces = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(pieces, pieces, fc.integer({ min: 0, max: 1_000_000 }), (one, other, minor) => {
      const cost = money(minor, EUR);
      const [a, b] = [worthOf(one, cost), worthOf(other, cost)];
      expect(a !== null && b !== null && addMoney(a, b)).toEqual(worthOf(one + other, cost));
    }),
  );
});

test("where nobody knows the cost there is no worth, and what is below zero is none", () => {
  expect(worthOf(3, null)).toBeNull();
  expect(worthOf(piecesOfWorth(-2), money(250, EUR))).toEqual(money(0, EUR));
});

test("what is sold by weight costs so much a kilogram, so that a piece has no known cost", () => {
  const costs = new Map([[TEA, money(250, EUR)]]);
  expect(pieceCost({}, TEA, costs)).toEqual(money(250, EUR));
  expect(pieceCost({ soldBy: "weight" }, TEA, costs)).toBeNull();
  expect(pieceCost({}, idOf<"Variant">("cup"), costs)).toBeNull();
});

test("a delivery is about what was asked for until something was sent", () => {
  expect(piecesDelivered({ sent: 0, ordered: 5 })).toBe(5);
  expect(piecesDelivered({ sent: 3, ordered: 5 })).toBe(3);
});
