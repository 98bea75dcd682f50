import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divideRounding } from "#domain/money/divide.ts";
import { fractionOf, minus, over, plus, sumOf, times, ZERO } from "./fraction.ts";

function thousandths(text: string | number): bigint | null {
  const fraction = fractionOf(text);
  return fraction === null ? null : divideRounding(fraction.numerator * 1_000n, fraction.denominator);
}

describe("a decimal", () => {
  test.each([
    ["20.5", 20_500n],
    ["-0.001", -1n],
    ["2.5e-3", 3n],
    ["1e+3", 1_000_000n],
    [49.980000000000004, 49_980n],
    [0, 0n],
  ])("%s is read exactly", (text, expected) => {
    expect(thousandths(text)).toBe(expected);
  });

  test.each(["", "1,5", "1.", "€5", "0x10", "1e999", Number.NaN, Number.POSITIVE_INFINITY])(
    "%s is none",
    (text) => {
      expect(fractionOf(text)).toBeNull();
    },
  );
});

describe("fractions", () => {
  const decimal = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(12)).map(([numerator, places]) => ({
    numerator,
    denominator: 10n ** BigInt(places),
  }));
  const positive = decimal.filter(({ numerator }) => numerator > 0n);

  test("lose nothing", () => {
    fc.assert(
      fc.property(decimal, decimal, positive, (a, b, c) => {
        expect(minus(minus(plus(a, b), b), a).numerator).toBe(0n);
        expect(minus(over(times(a, c), c), a).numerator).toBe(0n);
        expect(minus(sumOf([a, b, ZERO]), plus(b, a)).numerator).toBe(0n);
        expect(over(a, c).denominator > 0n).toBe(true);
      }),
    );
  });
});
