import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, instant } from "../ids.ts";
import { instantOfLocalTime, localTimeOf } from "../store/local-time.ts";
import type { OpeningHours } from "../store/opening-hours.ts";
import { earliestPromise, type PromiseScene, pickupPromise } from "./pickup-promise.ts";

const BERLIN = "Europe/Berlin";
const HOUR_MS = 3_600_000;
const NINE_TO_SIX = [{ from: "09:00", until: "18:00" }];
const HOURS: OpeningHours = {
  week: [NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, [], []],
  exceptions: [],
};
const at = (text: string) => instantOfLocalTime({ text, timeZone: BERLIN }) ?? instant(0);
const clock = (moment: Instant, timeZone = BERLIN) => localTimeOf({ at: moment, timeZone });
/** Thursday noon, with two hours until an order is ready. */
const scene = (changes: Partial<PromiseScene> = {}, pickupsPerHour: number | null = 2): PromiseScene => ({
  at: at("2026-11-26T12:20"),
  policy: { promiseMs: 2 * HOUR_MS, ...(pickupsPerHour === null ? {} : { pickupsPerHour }) },
  hours: HOURS,
  timeZone: BERLIN,
  ...changes,
});

/** What so many customers are told who order at the same moment, one after the other. */
function promises(count: number, of: PromiseScene): readonly Instant[] {
  return Array.from({ length: count }).reduce<readonly Instant[]>((so) => [...so, pickupPromise(of, so)], []);
}

describe("a store with room for two pickups an hour", () => {
  test("promises two for the hour in which they are ready, and spreads the rest over the hours after it", () => {
    expect(promises(6, scene()).map((each) => clock(each).slice(-5))).toEqual([
      "14:20",
      "14:20",
      "15:30",
      "16:00",
      "16:30",
      "17:00",
    ]);
  });

  test("goes on when it opens again, also over a weekend", () => {
    const late = scene({ at: at("2026-11-27T15:10") });
    expect(promises(5, late).map((each) => clock(each))).toEqual([
      "2026-11-27T17:10",
      "2026-11-27T17:10",
      "2026-11-30T09:30",
      "2026-11-30T10:00",
      "2026-11-30T10:30",
    ]);
  });

  test("takes what was ready at the full hour as of the hour before, in which it was made", () => {
    const promised = [at("2026-11-26T15:00"), at("2026-11-26T14:30")];
    expect(clock(pickupPromise(scene(), promised))).toBe("2026-11-26T15:30");
  });

  test("makes its earliest promise where it is full for two weeks, so that one is made at all", () => {
    const closed = scene({ hours: { week: [[], [], [], [], [], [], []], exceptions: [] } });
    expect(promises(3, closed).map((each) => each - closed.at)).toEqual([2, 2, 2].map((h) => h * HOUR_MS));
  });
});

const moment = fc.integer({ min: 1_790_000_000_000, max: 1_822_000_000_000 }).map(instant);
const timeZone = fc.constantFrom(BERLIN, "Asia/Kolkata", "America/New_York", "Asia/Kathmandu");
const hours = fc.constantFrom<OpeningHours | null>(null, HOURS, {
  week: [...HOURS.week.slice(0, 5), [{ from: "09:30", until: "13:15" }], []],
  exceptions: [],
});
const drawn = fc.record({
  at: moment,
  timeZone,
  hours,
  perHour: fc.integer({ min: 1, max: 5 }),
  promiseMs: fc.integer({ min: 1, max: 6 * HOUR_MS }),
});

describe("whatever the store", () => {
  test("no hour of its clocks is promised more often than it has room for, and nothing before it can be ready", () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 25 }), ({ perHour, promiseMs, ...where }, count) => {
        const of = scene({ ...where, policy: { promiseMs, pickupsPerHour: perHour } });
        const made = promises(count, of);
        const byHour = new Map<string, number>();
        for (const each of made) {
          const hour = clock(instant(each - 1), of.timeZone).slice(0, 13);
          byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
          expect(each).toBeGreaterThanOrEqual(earliestPromise(of));
        }
        expect(Math.max(...byHour.values())).toBeLessThanOrEqual(perHour);
        expect(made.toSorted((a, b) => a - b)).toEqual(made);
      }),
    );
  });

  test("without a limit each is promised as if it were the only one", () => {
    fc.assert(
      fc.property(
        drawn,
        fc.array(moment),
        ({ promiseMs, at: when, timeZone: zone, hours: open }, promised) => {
          const of = scene({ at: when, timeZone: zone, hours: open, policy: { promiseMs } });
          expect(pickupPromise(of, promised)).toBe(earliestPromise(of));
        },
      ),
    );
  });
});
