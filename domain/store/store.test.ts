import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../ids.ts";
import { eur } from "../testing/shop.ts";
import { businessDayOf } from "./business-day.ts";
import { DAY_MS, offlineState } from "./offline-state.ts";
import type { OfflinePolicy } from "./store.ts";

describe("business day", () => {
  const newYearsEve = instant(Date.UTC(2026, 11, 31, 23, 30));

  test("half past midnight in Berlin is still yesterday in New York, and already morning in Tokyo", () => {
    expect(businessDayOf({ at: newYearsEve, timeZone: "Europe/Berlin" })).toBe("2027-01-01");
    expect(businessDayOf({ at: newYearsEve, timeZone: "America/New_York" })).toBe("2026-12-31");
    expect(businessDayOf({ at: newYearsEve, timeZone: "Asia/Tokyo" })).toBe("2027-01-01");
  });

  test("the night of the clock change has one date", () => {
    const before = instant(Date.UTC(2027, 2, 28, 0, 59));
    const after = instant(Date.UTC(2027, 2, 28, 1, 1));
    expect(businessDayOf({ at: before, timeZone: "Europe/Berlin" })).toBe("2027-03-28");
    expect(businessDayOf({ at: after, timeZone: "Europe/Berlin" })).toBe("2027-03-28");
  });

  test("in UTC it is the day that the calendar says, at any moment", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }), (ms) => {
        const day = businessDayOf({ at: instant(ms), timeZone: "UTC" });
        expect(day).toBe(new Date(ms).toISOString().slice(0, 10));
      }),
    );
  });

  test("a fraction of a millisecond is no moment", () => {
    expect(() => instant(0.5)).toThrow("whole milliseconds");
  });
});

describe("cut off from the server", () => {
  const policy: OfflinePolicy = {
    warnAfterDays: 2,
    managerAfterDays: 5,
    rosterMaxAgeDays: 7,
    maxRefund: eur(5_000),
  };
  const stateAfter = (ms: number) => offlineState({ awayMs: ms, policy });

  test("the till sells on quietly, then warns, then asks for a manager", () => {
    expect(stateAfter(0)).toBe("ok");
    expect(stateAfter(2 * DAY_MS - 1)).toBe("ok");
    expect(stateAfter(2 * DAY_MS)).toBe("warn");
    expect(stateAfter(5 * DAY_MS - 1)).toBe("warn");
    expect(stateAfter(5 * DAY_MS)).toBe("manager");
  });

  test("a clock that was put back makes nothing worse", () => {
    expect(stateAfter(-30 * DAY_MS)).toBe("ok");
  });
});
