import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHF, EUR, eur, JPY, KWD } from "../testing/shop.ts";
import { allocateMoney } from "./allocate.ts";
import {
  addMoney,
  compareMoney,
  isZero,
  lesserMoney,
  negateMoney,
  subtractMoney,
  sumMoney,
  timesMoney,
  zeroMoney,
} from "./arithmetic.ts";
import { money } from "./money.ts";
import { shareMoney } from "./share.ts";

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe("amounts", () => {
  test("euros and francs never mix", () => {
    const francs = money(100, CHF);
    for (const mix of [addMoney, subtractMoney, compareMoney, lesserMoney]) {
      expect(() => mix(eur(100), francs)).toThrow("EUR and CHF do not mix");
    }
    expect(() => sumMoney([francs], EUR)).toThrow("do not mix");
  });

  test("half a cent is no amount, nor is more than a computer counts exactly", () => {
    expect(() => money(0.5, EUR)).toThrow("not whole minor units");
    expect(() => money(Number.MAX_SAFE_INTEGER + 1, EUR)).toThrow("not whole minor units");
    expect(() => timesMoney(eur(Number.MAX_SAFE_INTEGER), 2)).toThrow("not whole minor units");
    expect(() => timesMoney(eur(100), 1.5)).toThrow("not a whole number");
  });

  test("nothing owed is zero, never minus zero", () => {
    expect(Object.is(negateMoney(eur(0)).minor, 0)).toBe(true);
    expect(isZero(subtractMoney(eur(5), eur(5)))).toBe(true);
    expect(sumMoney([], JPY)).toEqual(zeroMoney(JPY));
  });

  test("what is added can be taken off again", () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(subtractMoney(addMoney(eur(a), eur(b)), eur(b))).toEqual(eur(a));
        expect(lesserMoney(eur(a), eur(b)).minor).toBe(Math.min(a, b));
        expect(Math.sign(compareMoney(eur(a), eur(b)))).toBe(Math.sign(a - b));
      }),
    );
  });
});

describe("sharing", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000_000 }), { minLength: 1, maxLength: 20 });

  test("10.00 among three is 3.34, 3.33 and 3.33", () => {
    expect(allocateMoney({ total: eur(1_000), weights: [1, 1, 1] })).toEqual([eur(334), eur(333), eur(333)]);
  });

  test("when nobody weighs anything the parts are as equal as can be", () => {
    expect(allocateMoney({ total: eur(-5), weights: [0, 0] })).toEqual([eur(-3), eur(-2)]);
  });

  test("no cent is lost, whatever is shared by whatever weights", () => {
    fc.assert(
      fc.property(amount, weights, (total, given) => {
        const parts = allocateMoney({ total: eur(total), weights: given });
        expect(parts).toHaveLength(given.length);
        expect(sumMoney(parts, EUR)).toEqual(eur(total));
      }),
    );
  });

  test("who weighs nothing gets nothing, and more weight never gets less", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (total, given) => {
        fc.pre(given.some((weight) => weight > 0));
        const parts = allocateMoney({ total: eur(total), weights: given });
        given.forEach((weight, index) => {
          if (weight === 0) expect(parts[index]).toEqual(eur(0));
          given.forEach((other, place) => {
            if (weight > other) expect(parts[index]!.minor).toBeGreaterThanOrEqual(parts[place]!.minor);
          });
        });
      }),
    );
  });

  test("sharing among nobody, or by weights that are none, is a mistake", () => {
    expect(allocateMoney({ total: eur(0), weights: [] })).toEqual([]);
    expect(() => allocateMoney({ total: eur(1), weights: [] })).toThrow("nobody");
    expect(() => allocateMoney({ total: eur(1), weights: [1, -1] })).toThrow("zero or more");
    expect(() => allocateMoney({ total: eur(1), weights: [0.5] })).toThrow("zero or more");
  });

  test("10 % of 12.45 is 1.25, of 0.04 nothing, and 100 % is all", () => {
    expect(shareMoney({ amount: eur(1_245), ppm: 100_000 })).toEqual(eur(125));
    expect(shareMoney({ amount: eur(-1_245), ppm: 100_000 })).toEqual(eur(-125));
    expect(shareMoney({ amount: eur(4), ppm: 100_000 })).toEqual(eur(0));
    expect(shareMoney({ amount: money(12_345, KWD), ppm: 1_000_000 })).toEqual(money(12_345, KWD));
  });
});
