import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, rowCount } from "./unfolded.ts";

test("variants stand beneath their product, and whatever comes after moves down", () => {
  const unfolded = new Map([[1, 2]]);
  expect(rowCount(3, unfolded)).toBe(5);
  expect([0, 1, 2, 3, 4].map((row) => placeAt(row, unfolded))).toEqual([
    { product: 0, variant: -1 },
    { product: 1, variant: -1 },
    { product: 1, variant: 0 },
    { product: 1, variant: 1 },
    { product: 2, variant: -1 },
  ]);
});

test("every product and every variant has its row, in order, whatever is unfolded", () => {
  const unfolded = fc.uniqueArray(fc.tuple(fc.nat(9), fc.integer({ min: 0, max: 4 })), {
    selector: ([at]) => at,
  });
  fc.assert(
    fc.property(unfolded, (open) => {
      const map = new Map(open);
      const wanted = Array.from({ length: 10 }, (_, product) =>
        Array.from({ length: (map.get(product) ?? 0) + 1 }, (__, at) => ({ product, variant: at - 1 })),
      ).flat();
      expect(Array.from({ length: rowCount(10, map) }, (_, row) => placeAt(row, map))).toEqual(wanted);
    }),
  );
});
