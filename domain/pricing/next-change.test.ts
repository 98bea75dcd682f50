import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import type { Promotion } from "../promotions/promotion.ts";
import { nextChange } from "./next-change.ts";

/** Thursday 26 November 2026, 12:00 in Berlin. */
const NOON = instant(Date.UTC(2026, 10, 26, 11, 0));
const HOUR_MS = 3_600_000;
const always = { validFrom: instant(NOON - 1), validUntil: null };

function next(
  promotions: readonly Pick<Promotion, "validFrom" | "validUntil" | "when">[],
  prices: readonly { validFrom: typeof NOON | null; validTo: typeof NOON | null }[] = [],
) {
  const found = nextChange({ at: NOON, timeZone: "Europe/Berlin", prices, promotions });
  return found === null ? null : (found - NOON) / HOUR_MS;
}

test("a quote holds until the first price or promotion begins or ends", () => {
  expect(next([always])).toBeNull();
  const ends = { ...always, validUntil: instant(NOON + 3 * HOUR_MS) };
  expect(next([always, ends])).toBe(3);
  expect(next([ends], [{ validFrom: instant(NOON + HOUR_MS), validTo: null }])).toBe(1);
  expect(next([{ validFrom: instant(NOON + 2 * HOUR_MS), validUntil: null }])).toBe(2);
  expect(next([], [{ validFrom: instant(NOON - 5), validTo: NOON }])).toBeNull();
});

test("a happy hour begins and ends by the store's clocks, and a day at midnight", () => {
  expect(next([{ ...always, when: { hours: { from: 900, until: 960 } } }])).toBe(3);
  expect(next([{ ...always, when: { hours: { from: 600, until: 660 } } }])).toBe(22);
  expect(next([{ ...always, when: { hours: { from: 0, until: 1_440 } } }])).toBe(12);
  expect(next([{ ...always, when: { days: [4] } }])).toBe(12);
});
