import fc from "fast-check";
import { expect, test } from "vitest";
import { divideRounding } from "./divide.ts";
import { roundTogether } from "./round-together.ts";

const exactAmounts = fc.array(
  fc.record({
    numerator: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    denominator: fc.constantFrom(1n, 3n, 1_000_000n, 1_190_000n, 1_088_750n),
  }),
  { maxLength: 12 },
);

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((all, part) => all + part, 0n);
}

test("three shares of a third of a cent make one cent, and the first gets it", () => {
  const third = { numerator: 1n, denominator: 3n };
  expect(roundTogether([third, third, third])).toEqual([1n, 0n, 0n]);
});

test("the cent that is left goes where most was cut off", () => {
  const parts = [12n, 17n, 11n].map((numerator) => ({ numerator, denominator: 10n }));
  expect(roundTogether(parts)).toEqual([1n, 2n, 1n]);
});

test("halves go away from zero, for money given back as for money taken", () => {
  expect(divideRounding(5n, 10n)).toBe(1n);
  expect(divideRounding(-5n, 10n)).toBe(-1n);
  expect(divideRounding(14n, 10n)).toBe(1n);
  expect(() => divideRounding(1n, 0n)).toThrow("above zero");
});

test("the parts add up to their exact sum, rounded", () => {
  fc.assert(
    fc.property(exactAmounts, (amounts) => {
      const denominator = 3n * 1_000_000n * 1_190_000n * 1_088_750n;
      const exact = sum(amounts.map((each) => (each.numerator * denominator) / each.denominator));
      expect(sum(roundTogether(amounts))).toBe(divideRounding(exact, denominator));
    }),
  );
});

test("no part moves by a whole cent", () => {
  fc.assert(
    fc.property(exactAmounts, (amounts) => {
      roundTogether(amounts).forEach((part, index) => {
        const { numerator, denominator } = amounts[index]!;
        const moved = part * denominator - numerator;
        expect(moved < denominator && moved > -denominator).toBe(true);
      });
    }),
  );
});

test("a refund splits like the sale it takes back", () => {
  fc.assert(
    fc.property(exactAmounts, (any) => {
      const amounts = any.map(({ numerator, denominator }) => ({
        numerator: numerator < 0n ? -numerator : numerator,
        denominator,
      }));
      const refund = amounts.map((each) => ({ ...each, numerator: -each.numerator }));
      expect(roundTogether(refund)).toEqual(roundTogether(amounts).map((part) => -part));
    }),
  );
});
