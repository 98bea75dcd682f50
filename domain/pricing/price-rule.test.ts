import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eur } from "../testing/shop.ts";
import { changedPrice, type PriceRule } from "./price-rule.ts";

const NINETY_NINE = { kind: "ending", minor: 99, of: 100 } as const;
const percent = (ppm: number, rounding: PriceRule["rounding"] = { kind: "none" }): PriceRule => ({
  change: { kind: "percent", ppm },
  rounding,
});
const more = (minor: number, rounding: PriceRule["rounding"] = { kind: "none" }): PriceRule => ({
  change: { kind: "amount", minor },
  rounding,
});

describe("many prices changed by one rule", () => {
  test.each([
    ["10 % dearer", 1995, percent(100_000), 2195],
    ["20 % off", 1995, percent(-200_000), 1596],
    ["50 cents more", 1995, more(50), 2045],
    ["never below zero", 300, more(-500), 0],
    ["10 % dearer, to .99", 1995, percent(100_000, NINETY_NINE), 2199],
    ["to .99 downwards where that is nearer", 2030, percent(0, NINETY_NINE), 1999],
    ["halfway between two endings goes up", 2049, percent(0, NINETY_NINE), 2099],
    ["the least price that ends so", 12, percent(0, NINETY_NINE), 99],
    ["to five cents", 1997, percent(0, { kind: "step", minor: 5 }), 1995],
    ["to whole tens", 1995, percent(0, { kind: "step", minor: 1000 }), 2000],
  ] as const)("%s", (_what, before, rule, after) => {
    expect(changedPrice(eur(before), rule)).toEqual(eur(after));
  });

  test("an ending is always kept, and never more than half a step away", () => {
    fc.assert(
      fc.property(fc.integer({ min: 99, max: 1_000_000 }), (cents) => {
        const { minor } = changedPrice(eur(cents), percent(0, NINETY_NINE));
        expect(minor % 100).toBe(99);
        expect(Math.abs(minor - cents)).toBeLessThanOrEqual(50);
      }),
    );
  });
});
