import fc from "fast-check";
import { expect, test } from "vitest";
import { scaleOf } from "./chart-scale.ts";

test("a chart's scale holds every value and nothing itself, in few round steps", () => {
  expect(scaleOf([0, 1_190, 730]).steps).toEqual([0, 500, 1_000, 1_500]);
  expect(scaleOf([-300, 100]).steps).toEqual([-300, -200, -100, 0, 100]);
  expect(scaleOf([0, 0]).steps.every(Number.isInteger)).toBe(true);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })), (values) => {
      const { low, high, steps } = scaleOf(values);
      expect(low).toBeLessThanOrEqual(Math.min(0, ...values));
      expect(high).toBeGreaterThanOrEqual(Math.max(0, ...values));
      expect(high).toBeGreaterThan(low);
      expect(steps.length).toBeLessThanOrEqual(7);
      expect(steps.every(Number.isInteger)).toBe(true);
    }),
  );
});
