import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitCount, exactQuality, forgivenTypos, maskOf, QUALITY, typosBetween } from "./word-match.ts";

const letters = fc.stringMatching(/^[abcäж]{0,7}$/);

/** The textbook definition, slow and plain. */
function distance(a: string, b: string): number {
  const memo = new Map<string, number>();
  const at = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i},${j}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    let cost = Math.min(
      at(i - 1, j) + 1,
      at(i, j - 1) + 1,
      at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
    );
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
      cost = Math.min(cost, at(i - 2, j - 2) + 1);
    }
    memo.set(key, cost);
    return cost;
  };
  return at(a.length, b.length);
}

function quality(asked: string, word: string): number {
  const chunk = Buffer.from(`before${word}after`);
  return exactQuality(Buffer.from(asked), { chunk, start: 6, length: Buffer.byteLength(word) });
}

describe("typing errors", () => {
  test("are counted as the textbook does, up to what is forgiven", () => {
    fc.assert(
      fc.property(letters, letters, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        expect(typosBetween({ a, b, limit })).toBe(Math.min(distance(a, b), limit + 1));
      }),
    );
  });

  test("never hide behind the quick look at the letters", () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const errors = distance(a, b);
        expect(bitCount(maskOf(a) & ~maskOf(b))).toBeLessThanOrEqual(errors);
        expect(bitCount(maskOf(b) & ~maskOf(a))).toBeLessThanOrEqual(errors);
      }),
    );
  });

  test("are forgiven by the length of the word, and never in numbers", () => {
    expect(["tee", "hose", "mantel", "regenjacke", "12345678"].map(forgivenTypos)).toEqual([0, 1, 1, 2, 0]);
  });
});

test("a word is found whole, by its beginning and by a part of three letters or more", () => {
  expect(quality("jacke", "jacke")).toBe(QUALITY.exact);
  expect(quality("jac", "jacke")).toBe(QUALITY.prefix);
  expect(quality("jacke", "regenjacke")).toBe(QUALITY.infix);
  expect(quality("en", "regenjacke")).toBe(0);
  expect(quality("after", "regenjacke")).toBe(0);
  expect(quality("regenjacken", "regenjacke")).toBe(0);
});
