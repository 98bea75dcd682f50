import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { nextTryAt } from "./backoff.ts";

const NOW = instant(1_800_000_000_000);
const DAY_MS = 86_400_000;

test("a receiver that is down is tried again later and later, for more than two days, and then no more", () => {
  const waits: number[] = [];
  for (let failures = 1; ; failures += 1) {
    const at = nextTryAt({ failures, now: NOW, chance: 0 });
    if (at === null) break;
    waits.push(at - NOW);
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBeLessThanOrEqual(10_000);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(2 * DAY_MS);
});

test("chance makes a wait longer by a quarter at most, and never shorter", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, chance) => {
        const plain = nextTryAt({ failures, now: NOW, chance: 0 })! - NOW;
        const wait = nextTryAt({ failures, now: NOW, chance })! - NOW;
        expect(wait).toBeGreaterThanOrEqual(plain);
        expect(wait).toBeLessThanOrEqual(plain * 1.25);
      },
    ),
  );
});
