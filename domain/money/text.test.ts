import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EUR, JPY, KWD, USD } from "../testing/shop.ts";
import { decimalText, formatMoney, minorDigits } from "./format.ts";
import { type Currency, money } from "./money.ts";
import { parseAmount } from "./parse.ts";

function read(text: string, currency: Currency = EUR): unknown {
  const parsed = parseAmount({ text, currency });
  return parsed.ok ? parsed.value.minor : parsed.reason;
}

describe("amounts as people read them", () => {
  test("euros have two decimals, yen none, Kuwaiti dinars three", () => {
    expect([EUR, JPY, KWD].map(minorDigits)).toEqual([2, 0, 3]);
    expect(formatMoney({ amount: money(123_456, USD), locale: "en-US" })).toBe("$1,234.56");
    expect(formatMoney({ amount: money(123_456, EUR), locale: "de-DE" })).toBe("1.234,56\u00a0€");
    expect(formatMoney({ amount: money(1_980, JPY), locale: "en" })).toBe("¥1,980");
    expect(formatMoney({ amount: money(12_345, KWD), locale: "en" })).toBe("KWD\u00a012.345");
  });

  test("the largest amount is printed to the last cent", () => {
    const largest = money(Number.MAX_SAFE_INTEGER, EUR);
    expect(formatMoney({ amount: largest, locale: "en" })).toBe("€90,071,992,547,409.91");
  });

  test("five cents below zero are written with all their zeros", () => {
    expect(decimalText(money(-5, EUR))).toBe("-0.05");
    expect(decimalText(money(0, KWD))).toBe("0.000");
    expect(decimalText(money(7, JPY))).toBe("7");
  });
});

describe("amounts as people type them", () => {
  test.each([
    ["12.50", 1_250],
    ["1,234.50", 123_450],
    ["1,234,567", 123_456_700],
    ["50", 5_000],
    [" 7. ", 700],
    [".5", 50],
    ["-3.20", -320],
    ["1.500", 150],
  ])("%s is understood", (text, minor) => {
    expect(read(text)).toBe(minor);
  });

  test.each([
    ["", "empty"],
    ["   ", "empty"],
    ["12,50", "notANumber"],
    ["1,23,456", "notANumber"],
    ["1e3", "notANumber"],
    ["0x10", "notANumber"],
    ["12.50 €", "notANumber"],
    ["1.2.3", "notANumber"],
    [".", "notANumber"],
    ["-", "notANumber"],
    ["NaN", "notANumber"],
    ["1.005", "tooManyDecimals"],
    ["90071992547409.92", "tooLarge"],
  ])("%j is refused, never guessed at", (text, reason) => {
    expect(read(text)).toBe(reason);
  });

  test("yen have no decimals to type, dinars three", () => {
    expect(read("1.5", JPY)).toBe("tooManyDecimals");
    expect(read("1.5", KWD)).toBe(1_500);
    expect(read("12.345", KWD)).toBe(12_345);
  });

  test("what the till writes it reads back, to the cent", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(EUR, JPY, KWD), (minor, currency) => {
        expect(read(decimalText(money(minor, currency)), currency)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });

  test("no text makes the reader stumble", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(parseAmount({ text, currency: EUR })).toHaveProperty("ok");
      }),
    );
  });
});
