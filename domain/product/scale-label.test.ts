import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EUR, eur, JPY } from "../testing/shop.ts";
import { gtinCheckDigit } from "./gtin.ts";
import { priceCheckDigit } from "./price-check-digit.ts";
import { isWholeScaleCode, readScaleLabel, type ScaleCode } from "./scale-label.ts";

const PRICE: ScaleCode = {
  prefix: "21",
  itemDigits: 5,
  value: "price",
  valueDigits: 5,
  decimals: 2,
  hasPriceCheckDigit: false,
};
const WEIGHT: ScaleCode = { ...PRICE, prefix: "29", value: "weight", decimals: 3 };
/** Price of five digits after its check digit, so the item number has four. */
const CHECKED: ScaleCode = { ...PRICE, prefix: "22", itemDigits: 4, hasPriceCheckDigit: true };
const CODES = [PRICE, WEIGHT, CHECKED];

function read(scanned: string, codes: readonly ScaleCode[] = CODES) {
  return readScaleLabel(scanned, { codes, currency: EUR });
}

describe("a scale's label", () => {
  // Worked by hand. 21 12345 00557: odd places 2+1+3+5+0+5 = 16, even places 1+2+4+0+5+7 = 19 x 3 = 57, together 73, so 7.
  test("with a price in it names the article and what the package costs", () => {
    expect(read("2112345005577")).toEqual({
      ok: true,
      value: {
        item: "12345",
        value: { kind: "price", price: eur(557) },
        // 21 12345 00000: 2+1+3+5 = 11, 1+2+4 = 7 x 3 = 21, together 32, so 8.
        articleCodes: ["2112345000008", "12345"],
      },
    });
  });

  // 29 00042 00432: 2+0+0+2+0+3 = 7, 9+0+4+0+4+2 = 19 x 3 = 57, together 64, so 6.
  test("with a weight in it says how many grams are in the package", () => {
    expect(read("2900042004326")).toMatchObject({
      ok: true,
      value: { item: "00042", value: { kind: "weight", grams: 432 } },
    });
  });

  test("names its article by the item number with and without the zeros before it", () => {
    const label = read("2900042004326");
    expect(label.ok && label.value.articleCodes.slice(1)).toEqual(["00042", "42"]);
  });

  // 22 1234, 6 checks 14685, so 22 1234 6 14685: 2+1+3+6+4+8 = 24, 2+2+4+1+6+5 = 20 x 3 = 60, together 84, so 6.
  test("with a check digit of its price is taken where that digit is right", () => {
    expect(read("2212346146856")).toMatchObject({
      ok: true,
      value: { item: "1234", value: { kind: "price", price: eur(14_685) } },
    });
  });

  // The same with 5 for the 6 that checks the price; the last digit is made to fit.
  test("whose price was misread is refused, although the code as a whole adds up", () => {
    const body = "221234514685";
    expect(read(`${body}${gtinCheckDigit(body)}`)).toEqual({ ok: false, reason: "wrongPriceCheckDigit" });
  });

  test("printed in twelve digits, as in America, is the same with a zero before it", () => {
    const american: ScaleCode = {
      ...PRICE,
      prefix: "02",
      itemDigits: 5,
      valueDigits: 4,
      hasPriceCheckDigit: true,
    };
    // 2 12345 9 2875: 0+1+3+5+2+7 = 18, 2+2+4+9+8+5 = 30 x 3 = 90, together 108, so 2.
    expect(read("212345928752", [american])).toMatchObject({
      ok: true,
      value: { item: "12345", value: { kind: "price", price: eur(2_875) } },
    });
  });

  test("in a currency without cents has its price in whole units", () => {
    const codes = [{ ...PRICE, decimals: 0 }];
    expect(readScaleLabel("2112345005577", { codes, currency: JPY })).toMatchObject({
      ok: true,
      value: { value: { kind: "price", price: { minor: 557, currency: "JPY" } } },
    });
  });

  test("that says nothing is refused: zero is no price", () => {
    expect(read("2112345000008")).toEqual({ ok: false, reason: "nothingOnIt" });
  });

  test.each(["4006381333931", "2112345005578", "36000291452", "TEE-S", "2512345005573", ""])(
    "%s is none",
    (code) => {
      expect(read(code)).toEqual({ ok: false, reason: "notAScaleLabel" });
    },
  );

  test("is read back as it was printed, whatever the layout", () => {
    const layout = fc
      .record({
        valueDigits: fc.constantFrom(4, 5),
        hasPriceCheckDigit: fc.boolean(),
        value: fc.constantFrom("price" as const, "weight" as const),
      })
      .map((chosen): ScaleCode => {
        const itemDigits = 10 - chosen.valueDigits - (chosen.hasPriceCheckDigit ? 1 : 0);
        return { ...chosen, prefix: "24", itemDigits, decimals: chosen.value === "price" ? 2 : 3 };
      });
    fc.assert(
      fc.property(layout, fc.nat(9_999), fc.integer({ min: 1, max: 9_999 }), (code, article, number) => {
        const item = String(article).padStart(code.itemDigits, "0").slice(-code.itemDigits);
        const value = String(number).padStart(code.valueDigits, "0");
        const body = `24${item}${code.hasPriceCheckDigit ? priceCheckDigit(value) : ""}${value}`;
        const label = read(`${body}${gtinCheckDigit(body)}`, [code]);
        const said =
          code.value === "price" ? { kind: "price", price: eur(number) } : { kind: "weight", grams: number };
        expect(label).toMatchObject({ ok: true, value: { item, value: said } });
      }),
    );
  });
});

describe("the check digit of a price", () => {
  test.each([
    // GS1's own examples: 4+5+1+3 = 13 x 3 = 39; 5+8+7+4+9 = 33, 7 short of 40, which is 6 by the table 5-.
    { value: "2875", digit: 9 },
    { value: "14685", digit: 6 },
    { value: "0000", digit: 0 },
    { value: "00000", digit: 0 },
  ])("of $value is $digit", ({ value, digit }) => {
    expect(priceCheckDigit(value)).toBe(digit);
  });

  test("finds every single digit that was misread", () => {
    const field = fc
      .constantFrom(4, 5)
      .chain((length) =>
        fc.tuple(
          fc.array(fc.nat(9), { minLength: length, maxLength: length }),
          fc.nat(length - 1),
          fc.integer({ min: 1, max: 9 }),
        ),
      );
    fc.assert(
      fc.property(field, ([digits, place, by]) => {
        const misread = digits.map((digit, index) => (index === place ? (digit + by) % 10 : digit));
        expect(priceCheckDigit(misread.join(""))).not.toBe(priceCheckDigit(digits.join("")));
      }),
    );
  });
});

test.each([
  { why: "too short", code: { ...PRICE, itemDigits: 4 } },
  { why: "too long", code: { ...PRICE, hasPriceCheckDigit: true } },
  {
    why: "with a check digit of a value that has none",
    code: { ...PRICE, itemDigits: 3, valueDigits: 6, hasPriceCheckDigit: true },
  },
])("a layout that is $why is none", ({ code }) => {
  expect(isWholeScaleCode(code)).toBe(false);
});
