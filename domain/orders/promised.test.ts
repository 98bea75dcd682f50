import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { DEFAULT_ORDER_POLICY, type OrderPolicy } from "./policy.ts";
import { promisedTogether, type Shelf } from "./promised.ts";

const store = (policy: Partial<OrderPolicy> = {}): Shelf["store"] => ({
  orders: { ...DEFAULT_ORDER_POLICY, ...policy },
});
const shelf = (of: Shelf["store"], onHand: number, reserved = 0): Shelf => ({ store: of, onHand, reserved });

test("only stores that send count for parcels, only those where one collects for collecting, and closed ones for neither", () => {
  const shelves = [
    shelf(store({ pickup: false }), 3),
    shelf(store({ shipFromStore: false, safetyStock: 1 }), 5, 1),
    shelf({ ...store(), closedAt: instant(1) }, 100),
  ];
  expect(promisedTogether(shelves)).toEqual({ shipping: 3, collecting: 3 });
});

test("one store's missing pieces never take from what another one has", () => {
  const figure = fc.integer({ min: -50, max: 50 });
  fc.assert(
    fc.property(fc.array(fc.tuple(figure, fc.nat(50))), fc.integer({ min: -50, max: 0 }), (all, missing) => {
      const shelves = all.map(([onHand, reserved]) => shelf(store(), onHand, reserved));
      expect(promisedTogether([...shelves, shelf(store(), missing)])).toEqual(promisedTogether(shelves));
    }),
  );
});
