import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { localTimeOf } from "../store/local-time.ts";
import { PERIOD_PRESETS, periodOf } from "./presets.ts";
import { nextSending, type ReportSchedule } from "./schedule.ts";

const BERLIN = "Europe/Berlin";
const at = (text: string) => instant(Date.parse(text));
const shown = (schedule: ReportSchedule, after: string) =>
  localTimeOf({ at: nextSending(schedule, at(after)), timeZone: schedule.timeZone });

describe("a report is sent", () => {
  test("each day at its time, today where that is still to come", () => {
    const daily: ReportSchedule = { every: "day", at: "07:00", timeZone: BERLIN };
    expect(shown(daily, "2027-03-10T05:59:00Z")).toBe("2027-03-10T07:00");
    expect(shown(daily, "2027-03-10T06:00:00Z")).toBe("2027-03-11T07:00");
  });

  test("on its weekday or its day of the month", () => {
    expect(shown({ every: "week", weekday: 1, at: "07:00", timeZone: BERLIN }, "2027-03-10T12:00:00Z")).toBe(
      "2027-03-15T07:00",
    );
    expect(shown({ every: "month", day: 1, at: "07:00", timeZone: BERLIN }, "2027-03-10T12:00:00Z")).toBe(
      "2027-04-01T07:00",
    );
  });

  test("at the same time of the clocks in summer and winter, once a day whatever they do", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.nat(700),
        (hour, minute, day) => {
          const text = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
          const daily: ReportSchedule = { every: "day", at: text, timeZone: BERLIN };
          const first = nextSending(daily, instant(Date.UTC(2026, 0, 1) + day * 86_400_000));
          const second = nextSending(daily, first);
          const dayOf = (moment: typeof first) => localTimeOf({ at: moment, timeZone: BERLIN }).slice(0, 10);
          expect(Date.parse(dayOf(second)) - Date.parse(dayOf(first))).toBe(86_400_000);
        },
      ),
    );
  });
});

test("periods go with the day on which they are asked for", () => {
  const today = idOf<"BusinessDay">("2027-03-10");
  expect(
    Object.fromEntries(
      PERIOD_PRESETS.map((preset) => [preset, Object.values(periodOf(preset, today)).join(" ")]),
    ),
  ).toEqual({
    today: "2027-03-10 2027-03-10",
    yesterday: "2027-03-09 2027-03-09",
    thisWeek: "2027-03-08 2027-03-10",
    lastWeek: "2027-03-01 2027-03-07",
    thisMonth: "2027-03-01 2027-03-10",
    lastMonth: "2027-02-01 2027-02-28",
    last30Days: "2027-02-09 2027-03-10",
    thisYear: "2027-01-01 2027-03-10",
    last12Months: "2026-03-11 2027-03-10",
  });
});
