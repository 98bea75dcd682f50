import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkReorderRule, freePieces, proposedPieces, soldPerWeek, sparePieces } from "./replenish.ts";

const pieces = fc.integer({ min: 0, max: 2_000 });
const rules = fc
  .record({
    reorderPoint: pieces,
    more: fc.integer({ min: 1, max: 500 }),
    pack: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ reorderPoint, more, pack }) => ({ reorderPoint, target: reorderPoint + more, pack }));
const shelves = fc.record({
  onHand: fc.integer({ min: -50, max: 2_000 }),
  reserved: pieces,
  safetyStock: pieces,
});

describe("what a store is to get", () => {
  test("fills it up to its target in whole packs, with less than a pack too many, and only at the reorder point or below", () => {
    fc.assert(
      fc.property(rules, shelves, pieces, (rule, shelf, incoming) => {
        const there = freePieces(shelf) + incoming;
        const proposed = proposedPieces({ rule, free: freePieces(shelf), incoming });
        expect(proposed % rule.pack).toBe(0);
        if (there > rule.reorderPoint) {
          expect(proposed).toBe(0);
          return;
        }
        expect(there + proposed).toBeGreaterThanOrEqual(rule.target);
        expect(there + proposed).toBeLessThan(rule.target + rule.pack);
      }),
    );
  });

  test("is nothing more once it is on its way", () => {
    fc.assert(
      fc.property(rules, shelves, pieces, (rule, shelf, incoming) => {
        const free = freePieces(shelf);
        const proposed = proposedPieces({ rule, free, incoming });
        expect(proposedPieces({ rule, free, incoming: incoming + proposed })).toBe(0);
      }),
    );
  });

  test("is counted from what is promised to nobody: three on the shelf of which two are promised are one", () => {
    const free = freePieces({ onHand: 3, reserved: 2, safetyStock: 0 });
    const rule = { reorderPoint: 2, target: 10, pack: 4 };
    expect(proposedPieces({ rule, free, incoming: 0 })).toBe(12);
    expect(proposedPieces({ rule, free, incoming: 1 })).toBe(8);
    expect(proposedPieces({ rule, free, incoming: 2 })).toBe(0);
  });

  test("does not make up for books that are below zero", () => {
    expect(freePieces({ onHand: -3, reserved: 1, safetyStock: 0 })).toBe(-1);
  });
});

test("a store that gives what it can spare still has its target, and no reason to ask for it back", () => {
  fc.assert(
    fc.property(rules, shelves, pieces, (rule, shelf, promised) => {
      const free = freePieces(shelf);
      const spare = sparePieces({ target: rule.target, free, promised });
      expect(spare).toBeGreaterThanOrEqual(0);
      if (spare === 0) return;
      expect(free - promised - spare).toBeGreaterThanOrEqual(rule.target);
      expect(proposedPieces({ rule, free: free - promised - spare, incoming: 0 })).toBe(0);
    }),
  );
});

test("a rule has a target above its reorder point, and whole pieces", () => {
  expect(checkReorderRule({ reorderPoint: 2, target: 3, pack: 6 })).toMatchObject({ ok: true });
  expect(checkReorderRule({ reorderPoint: 3, target: 3, pack: 1 })).toMatchObject({
    reason: "notAbovePoint",
  });
  for (const odd of [{ pack: 0 }, { reorderPoint: -1 }, { target: 1.5 }, { target: 100_001 }])
    expect(checkReorderRule({ reorderPoint: 1, target: 3, pack: 1, ...odd })).toMatchObject({
      reason: "outOfRange",
    });
});

test("what is sold in a week follows from any number of days, and is nothing where more came back than went", () => {
  expect(soldPerWeek(12, 28)).toBe(3);
  expect(soldPerWeek(10, 28)).toBe(2.5);
  expect(soldPerWeek(1, 90)).toBe(0.1);
  expect(soldPerWeek(-4, 28)).toBe(0);
});
