import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { decimalText, minorDigits } from "#domain/money/format.ts";
import { type Currency, money } from "#domain/money/money.ts";
import { decimalSchema, parseDecimal } from "./decimal.ts";

const currencyOf = (code: string): Currency => idOf<"Currency">(code);
const EUR = currencyOf("EUR");
const JPY = currencyOf("JPY");
const KWD = currencyOf("KWD");

const currency = fc.constantFrom(EUR, JPY, KWD, currencyOf("CHF"), currencyOf("CLF"));

function minorOf(decimal: string | number, of: Currency): number | string {
  const parsed = parseDecimal(decimal, of);
  return parsed.ok ? parsed.value.minor : parsed.reason;
}

describe("decimals", () => {
  test.each([
    ["19.99", EUR, 1_999],
    ["19.990000", EUR, 1_999],
    ["0.5", EUR, 50],
    ["-3.10", EUR, -310],
    ["007", EUR, 700],
    ["1200", JPY, 1_200],
    ["1200.00", JPY, 1_200],
    ["1.234", KWD, 1_234],
    ["-0.00", EUR, 0],
    [19.99, EUR, 1_999],
    [49.980000000000004, EUR, 4_998],
    [0.1 + 0.2, EUR, 30],
    [0, EUR, 0],
    [-0, EUR, 0],
    [1_200, JPY, 1_200],
  ])("%s %s is %s", (decimal, of, minor) => {
    expect(Object.is(minorOf(decimal, of), minor)).toBe(true);
  });

  test.each([
    ["19.995", EUR, "tooManyDecimals"],
    ["19.9900001", EUR, "tooManyDecimals"],
    ["12.5", JPY, "tooManyDecimals"],
    [19.995, EUR, "tooManyDecimals"],
    ["90071992547409.93", EUR, "tooLarge"],
    ["", EUR, "notADecimal"],
    ["1,234.50", EUR, "notADecimal"],
    ["19,99", EUR, "notADecimal"],
    ["12.", EUR, "notADecimal"],
    [".5", EUR, "notADecimal"],
    ["+1", EUR, "notADecimal"],
    ["1e3", EUR, "notADecimal"],
    [" 1", EUR, "notADecimal"],
    ["1\n", EUR, "notADecimal"],
    ["€1", EUR, "notADecimal"],
    [1e16, EUR, "notADecimal"],
    [Number.NaN, EUR, "notADecimal"],
    [Number.POSITIVE_INFINITY, EUR, "notADecimal"],
  ])("%s %s is refused: %s", (decimal, of, reason) => {
    expect(minorOf(decimal, of)).toBe(reason);
  });

  test("any amount that is written is read again, however many zeros follow", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, fc.nat(12), (minor, of, zeros) => {
        const text = decimalText(money(minor, of));
        const padded = text.includes(".") ? text + "0".repeat(zeros) : text;
        expect(minorOf(padded, of)).toBe(money(minor, of).minor);
      }),
    );
  });

  test("any amount of up to 15 digits comes through a JSON number, and through sums of them", () => {
    const minor = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 });
    fc.assert(
      fc.property(minor, minor, currency, (a, b, of) => {
        const [x, y] = [a, b].map((each) => Number(decimalText(money(each, of))));
        expect(minorOf(JSON.parse(JSON.stringify(x)), of)).toBe(money(a, of).minor);
        // Sums that nearly cancel out lose digits for good: those are refused, never guessed.
        expect([money(a + b, of).minor, "tooManyDecimals", "notADecimal"]).toContain(minorOf(x! + y!, of));
      }),
    );
  });

  test("a digit beyond the currency's own is never dropped", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), currency, fc.integer({ min: 1, max: 9 }), (minor, of, digit) => {
        const text = decimalText(money(minor, of));
        const finer = minorDigits(of) === 0 ? `${text}.${digit}` : `${text}${digit}`;
        expect(minorOf(finer, of)).toBe("tooManyDecimals");
      }),
    );
  });

  test("a payload's amount that cannot be read says why, at its place", () => {
    const read = decimalSchema(EUR).safeParse("19.995");
    expect(read.error?.issues[0]?.message).toBe("19.995 has more decimals than the currency (EUR)");
    expect(decimalSchema(EUR).parse("19.99")).toEqual(money(1_999, EUR));
    expect(decimalSchema(EUR).safeParse(null).success).toBe(false);
  });
});
