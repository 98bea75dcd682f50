import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { businessDayOf } from "./business-day.ts";

const ZONES = ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "UTC"] as const;
const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2040, 0, 1);

/** As a calendar says that was never asked before. */
function dayIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}

test("a day is that of the moment and the zone, whichever were asked for before", () => {
  const near = fc.integer({ min: -90_000, max: 90_000 });
  const asked = fc.record({ zone: fc.constantFrom(...ZONES), off: near });
  const midnight = fc
    .integer({ min: FROM / 900_000, max: TO / 900_000 })
    .map((quarters) => quarters * 900_000);
  fc.assert(
    fc.property(midnight, fc.array(asked, { minLength: 2, maxLength: 8 }), (around, all) => {
      for (const { zone: timeZone, off } of all) {
        const at = instant(around + off);
        expect(businessDayOf({ at, timeZone })).toBe(dayIn(at, timeZone));
      }
    }),
  );
});

test("a day begins within the very minute at which the store's clocks say so", () => {
  const timeZone = "Europe/Berlin";
  const midnight = Date.UTC(2026, 10, 26, 23, 0);
  for (const [off, day] of [
    [-1, "2026-11-26"],
    [0, "2026-11-27"],
    [59_999, "2026-11-27"],
    [-60_000, "2026-11-26"],
  ] as const)
    expect(businessDayOf({ at: instant(midnight + off), timeZone })).toBe(day);
});
