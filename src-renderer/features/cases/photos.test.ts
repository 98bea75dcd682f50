import fc from "fast-check";
import { expect, it } from "vitest";
import { shrunk } from "./photos.ts";

it("a photo keeps its shape and is never longer than the limit, nor made larger", () => {
  expect(shrunk({ width: 4_000, height: 3_000 })).toEqual({ width: 1_280, height: 960 });
  expect(shrunk({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 });
  const side = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const small = shrunk({ width, height });
      expect(Math.max(small.width, small.height)).toBeLessThanOrEqual(
        Math.min(1_280, Math.max(width, height)),
      );
      expect(Math.min(small.width, small.height)).toBeGreaterThanOrEqual(1);
    }),
  );
});
