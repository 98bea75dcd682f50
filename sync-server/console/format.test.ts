import { expect, test } from "vitest";
import { agoText, durationText } from "./format.ts";

const HOUR_MS = 3_600_000;

test("how long ago is told in the unit that fits, and never in the future", () => {
  const now = 10 * 24 * HOUR_MS;
  const ago = [-5_000, 12_000, 90_000, 2 * HOUR_MS, 49 * HOUR_MS].map((ms) => agoText({ at: now - ms, now }));
  expect(ago).toEqual(["now", "12 sec. ago", "1 min. ago", "2 hr. ago", "2 days ago"]);
});

test("a length of time is told in words", () => {
  expect(durationText(3 * HOUR_MS)).toBe("3 hours");
});
