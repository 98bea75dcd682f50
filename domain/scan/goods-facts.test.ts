import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { eur } from "../testing/shop.ts";
import { goodsFacts, isExpired } from "./goods-facts.ts";

const EUR = eur(0).currency;
const TODAY = idOf<"BusinessDay">("2026-11-26");
const GTIN = { ai: "01", value: "04006381333931" };

function factsOf(...fields: readonly (readonly [ai: string, value: string])[]) {
  const more = fields.map(([ai, value]) => ({ ai, value }));
  return goodsFacts([GTIN, ...more], { today: TODAY, currency: EUR });
}

test.each([
  ["261231", "2026-12-31"],
  ["260200", "2026-02-28"],
  ["280200", "2028-02-29"],
  ["760101", "2076-01-01"],
  ["780101", "1978-01-01"],
  ["000101", "2000-01-01"],
])("the date %s is %s", (digits, day) => {
  expect(factsOf(["17", digits])?.marks.expires).toBe(day);
});

test.each(["261301", "260230", "260431", "000000"])(
  "the date %s is on no calendar and counts for nothing",
  (digits) => {
    expect(factsOf(["17", digits])?.marks).toEqual({});
  },
);

test("batch, serial number, expiry and best before are kept apart", () => {
  expect(factsOf(["10", "AB-1"], ["21", "0042"], ["17", "261231"], ["15", "261130"])).toMatchObject({
    gtin: GTIN.value,
    marks: { lot: "AB-1", serial: "0042", expires: "2026-12-31" },
    bestBefore: "2026-11-30",
  });
});

test("goods are sold on their last day, and not on the day after", () => {
  const expires = idOf<"BusinessDay">("2026-11-26");
  expect(isExpired({ expires }, TODAY)).toBe(false);
  expect(isExpired({ expires }, idOf<"BusinessDay">("2026-11-27"))).toBe(true);
  expect(isExpired({}, TODAY)).toBe(false);
});

describe("what a package weighs or costs", () => {
  test("comes out to the gram, however many decimals the code has", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (grams) => {
        const value = String(grams).padStart(6, "0");
        expect(factsOf(["3103", value])?.value).toEqual({ kind: "weight", grams });
      }),
    );
    expect(factsOf(["3102", "000125"])?.value).toEqual({ kind: "weight", grams: 1_250 });
    expect(factsOf(["3104", "012345"])?.value).toEqual({ kind: "weight", grams: 1_235 });
  });

  test("comes out to the cent", () => {
    expect(factsOf(["3922", "1295"])?.value).toEqual({ kind: "price", price: eur(1_295) });
    expect(factsOf(["3920", "12"])?.value).toEqual({ kind: "price", price: eur(1_200) });
    expect(factsOf(["3922", "0"])?.value).toBeNull();
  });
});

test("a carton is so many pieces of what it holds, and a package with a count of its own is one", () => {
  const carton = [
    { ai: "02", value: GTIN.value },
    { ai: "37", value: "12" },
  ];
  expect(goodsFacts(carton, { today: TODAY, currency: EUR })).toMatchObject({ gtin: GTIN.value, pieces: 12 });
  expect(factsOf(["37", "12"])?.pieces).toBe(1);
});

test("a code whose article number is wrong names no goods", () => {
  expect(goodsFacts([{ ai: "01", value: "04006381333932" }], { today: TODAY, currency: EUR })).toBeNull();
  expect(goodsFacts([{ ai: "10", value: "AB" }], { today: TODAY, currency: EUR })).toBeNull();
});
