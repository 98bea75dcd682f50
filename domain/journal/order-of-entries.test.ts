import fc from "fast-check";
import { expect, test } from "vitest";
import { earlier, isAfter, later } from "./order-of-entries.ts";

const place = fc.record({ epoch: fc.nat({ max: 3 }), seq: fc.nat({ max: 3 }) });
/** As a till numbered on would have it that never had more than ten entries in an epoch. */
const nth = ({ epoch, seq }: { readonly epoch: number; readonly seq: number }) => epoch * 10 + seq;

test("entries come one after the other: by epoch, and within one by number", () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      expect(isAfter(one, other)).toBe(nth(one) > nth(other));
      expect(nth(earlier(one, other))).toBe(Math.min(nth(one), nth(other)));
      expect(nth(later(one, other))).toBe(Math.max(nth(one), nth(other)));
    }),
  );
});
