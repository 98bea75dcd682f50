import { describe, expect, test } from "vitest";
import { percentile } from "./percentile.ts";

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])("of 1 to 100, %d of them stay within %d", (share, value) => {
    expect(percentile(hundred, share)).toBe(value);
  });

  test("is always a sample, however few there are", () => {
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([1, 9], 0.99)).toBe(9);
  });

  test("leaves the samples in the order they came", () => {
    const samples = [3, 1, 2];
    percentile(samples, 0.5);
    expect(samples).toEqual([3, 1, 2]);
  });

  test("there is none without samples", () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
