import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { doneInOpenHours, type OpeningHours, spansOn, wrongHours } from "./opening-hours.ts";

const HOUR_MS = 3_600_000;
const BERLIN = "Europe/Berlin";
const NINE_TO_SIX = [{ from: "09:00", until: "18:00" }];
const day = (text: string) => idOf<"BusinessDay">(text);
const HOURS: OpeningHours = {
  week: [
    NINE_TO_SIX,
    NINE_TO_SIX,
    NINE_TO_SIX,
    NINE_TO_SIX,
    NINE_TO_SIX,
    [{ from: "10:00", until: "14:00" }],
    [],
  ],
  exceptions: [{ day: day("2026-12-25"), spans: [], note: "Christmas" }],
};
const at = (text: string) => instant(Date.parse(text));
const done = (from: string, hours: number) =>
  new Date(
    doneInOpenHours({ at: at(from), workMs: hours * HOUR_MS, hours: HOURS, timeZone: BERLIN }),
  ).toISOString();

describe("an order that is promised in two open hours", () => {
  test("is ready two hours later while the store is open", () => {
    expect(done("2026-11-26T10:00:00Z", 2)).toBe("2026-11-26T12:00:00.000Z");
  });

  test("that came in the evening is ready two hours after the store opens", () => {
    expect(done("2026-11-26T20:00:00Z", 2)).toBe("2026-11-27T10:00:00.000Z");
  });

  test("that came an hour before closing takes its second hour the next day", () => {
    expect(done("2026-11-26T16:00:00Z", 2)).toBe("2026-11-27T09:00:00.000Z");
  });

  test("that came on Saturday afternoon waits for Monday, and over a holiday for the day after", () => {
    expect(done("2026-11-28T15:00:00Z", 2)).toBe("2026-11-30T10:00:00.000Z");
    expect(done("2026-12-24T18:00:00Z", 2)).toBe("2026-12-26T11:00:00.000Z");
  });

  test("is promised as if the store never closed where it never opens", () => {
    const hours = { ...HOURS, week: HOURS.week.map(() => []) };
    expect(
      doneInOpenHours({ at: at("2026-11-26T10:00:00Z"), workMs: HOUR_MS, hours, timeZone: BERLIN }),
    ).toBe(at("2026-11-26T11:00:00Z"));
  });
});

test("work is never done before it could be, more work never sooner, and always while the store is open", () => {
  const hours = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * 24 }), hours, hours, (begin, some, more) => {
      const from = instant(at("2026-01-01T00:00:00Z") + begin * HOUR_MS);
      const by = (work: number) =>
        doneInOpenHours({ at: from, workMs: work * HOUR_MS, hours: HOURS, timeZone: BERLIN });
      expect(by(some)).toBeGreaterThanOrEqual(from + some * HOUR_MS);
      expect(by(some + more)).toBeGreaterThanOrEqual(by(some) + more * HOUR_MS);
    }),
  );
});

test("an exception takes the place of its day of the week", () => {
  expect(spansOn(HOURS, day("2026-12-25"))).toEqual([]);
  expect(spansOn(HOURS, day("2026-12-18"))).toEqual(NINE_TO_SIX);
});

test("hours that overlap, end before they begin or name a day twice are told by their day", () => {
  expect(wrongHours(HOURS)).toBeNull();
  const week = HOURS.week.with(2, [{ from: "12:00", until: "09:00" }]);
  expect(wrongHours({ ...HOURS, week })).toBe(2);
  const overlap = HOURS.week.with(0, [...NINE_TO_SIX, { from: "17:00", until: "20:00" }]);
  expect(wrongHours({ ...HOURS, week: overlap })).toBe(0);
  const twice = [...HOURS.exceptions, ...HOURS.exceptions];
  expect(wrongHours({ ...HOURS, exceptions: twice })).toBe("2026-12-25");
});
