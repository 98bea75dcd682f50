import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { dayBegin, weekBefore } from "./week-before.ts";

const BERLIN = "Europe/Berlin";
const at = (text: string) => instant(Date.parse(text));

test("last week ends at the same time of day", () => {
  expect(weekBefore({ at: at("2026-11-26T14:05:00Z"), timeZone: BERLIN })).toBe(at("2026-11-19T14:05:00Z"));
});

test("what the clock shows counts, also when it was put back since", () => {
  // 26 October 2026, 10:00 in winter time; a week before it was 10:00 in summer time.
  expect(weekBefore({ at: at("2026-10-26T09:00:00Z"), timeZone: BERLIN })).toBe(at("2026-10-19T08:00:00Z"));
});

test("a day begins at the store's midnight", () => {
  expect(dayBegin({ at: at("2026-11-26T00:30:00Z"), timeZone: "America/New_York" })).toBe(
    at("2026-11-25T05:00:00Z"),
  );
});
