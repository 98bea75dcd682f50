import { expect, it } from "vitest";
import { dayValue, endOfDay } from "./day-value.ts";

it("a day that was chosen counts until its end and reads as the same day", () => {
  const at = endOfDay("2026-12-24");
  expect(at).not.toBeNull();
  expect(dayValue(at ?? 0)).toBe("2026-12-24");
});

it("no day, half a day and a day that does not exist are none", () => {
  for (const typed of ["", "2026-12", "2026-02-31"]) expect(endOfDay(typed), typed).toBeNull();
});
