import fc from "fast-check";
import { expect, test } from "vitest";
import { isOversoldBy } from "./oversold.ts";

test("the movement that brings a level below zero is told, and no other", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 60 }),
      (begun, moves) => {
        let onHand = begun;
        for (const quantity of moves) {
          const wasBelow = onHand < 0;
          onHand += quantity;
          expect(isOversoldBy({ quantity, onHand })).toBe(!wasBelow && onHand < 0);
        }
      },
    ),
  );
});
