import { expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { barOf, mondaysFrom } from "./promotion-weeks.ts";

const at = (text: string) => instant(Date.parse(text));

test("a calendar begins on the Monday of this week, by the retailer's clocks, also as they change", () => {
  expect(mondaysFrom({ at: at("2026-10-22T22:30:00Z"), timeZone: "Europe/Berlin", weeks: 2 })).toEqual([
    at("2026-10-18T22:00:00Z"),
    at("2026-10-25T23:00:00Z"),
    at("2026-11-01T23:00:00Z"),
  ]);
  expect(mondaysFrom({ at: at("2026-10-25T23:30:00Z"), timeZone: "Europe/Berlin", weeks: 0 })).toEqual([
    at("2026-10-25T23:00:00Z"),
  ]);
});

test("a promotion's bar is as long as it holds within the calendar", () => {
  const weeks = { from: instant(1_000), until: instant(2_000) };
  expect(barOf({ validFrom: instant(1_250), validUntil: instant(1_500) }, weeks)).toEqual({
    left: 25,
    width: 25,
  });
  expect(barOf({ validFrom: instant(0), validUntil: null }, weeks)).toEqual({ left: 0, width: 100 });
  expect(barOf({ validFrom: instant(0), validUntil: instant(1_000) }, weeks)).toBeNull();
  expect(barOf({ validFrom: instant(2_000), validUntil: null }, weeks)).toBeNull();
});
