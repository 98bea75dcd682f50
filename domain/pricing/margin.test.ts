import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { marginPpm } from "./margin.ts";
import type { PricePlace } from "./price-place.ts";

const EUR = idOf<"Currency">("EUR");
const place = (mode: "inclusive" | "exclusive"): PricePlace => ({
  names: [],
  stores: [],
  channels: [],
  lists: [],
  currency: EUR,
  tax: { mode, rounding: "line", classes: [], cashRounding: null },
});
const ask = (price: number, cost: number, mode: "inclusive" | "exclusive" = "inclusive") =>
  marginPpm({ price: money(price, EUR), cost: money(cost, EUR), place: place(mode), taxPpm: 190_000 });

test("a margin is what is left of the price without tax after the goods are paid", () => {
  expect(ask(1_190, 600)).toBe(400_000);
  expect(ask(1_000, 600, "exclusive")).toBe(400_000);
});

test("goods that cost more than they bring have a margin below zero", () => {
  expect(ask(1_190, 1_500)).toBe(-500_000);
});

test("of what is given away, or bought in another currency, no margin can be told", () => {
  expect(ask(0, 100)).toBeNull();
  const dear = { price: money(1_190, EUR), cost: money(1, idOf<"Currency">("USD")) };
  expect(marginPpm({ ...dear, place: place("inclusive"), taxPpm: 0 })).toBeNull();
});
