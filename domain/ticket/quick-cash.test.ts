import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { MAX_AMOUNT_MINOR } from "./basket.ts";
import { quickCash } from "./quick-cash.ts";

const keys = (minor: number, code: string) =>
  quickCash(money(minor, idOf<"Currency">(code))).map((amount) => amount.minor);
const currencies = fc.constantFrom("EUR", "CHF", "USD", "JPY", "KRW", "HUF", "KWD", "BHD", "TND", "XXX");

describe("the quick keys for cash", () => {
  it("are the exact amount and the notes that people have in their purse", () => {
    expect(keys(1_190, "EUR")).toEqual([1_190, 1_500, 2_000, 5_000]);
    expect(keys(1_190, "USD")).toEqual([1_190, 1_200, 1_500, 2_000]);
  });

  it("in dinars of a thousand fils are quarters, halves and whole notes", () => {
    expect(keys(1_730, "KWD")).toEqual([1_730, 1_750, 2_000, 5_000]);
    expect(keys(11_900, "KWD")).toEqual([11_900, 12_000, 15_000, 20_000]);
  });

  it("in yen, which have no decimals, are coins of a hundred and notes of a thousand", () => {
    expect(keys(1_190, "JPY")).toEqual([1_190, 1_200, 1_500, 2_000]);
  });

  it("in forints are notes, not the small coins of change", () => {
    expect(keys(12_345, "HUF")).toEqual([12_345, 13_000, 14_000, 15_000]);
  });

  it("in any currency begin with the exact amount, grow, are at most four and never more than a till can count", () => {
    fc.assert(
      fc.property(currencies, fc.integer({ min: 1, max: MAX_AMOUNT_MINOR }), (code, minor) => {
        const offered = keys(minor, code);
        expect(offered[0]).toBe(minor);
        expect(offered.length).toBeLessThanOrEqual(4);
        expect(offered).toEqual([...new Set(offered)].toSorted((a, b) => a - b));
        expect(offered.at(-1)).toBeLessThanOrEqual(MAX_AMOUNT_MINOR);
      }),
    );
  });
});
