import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { dueAt, EXCEPTION_KINDS, overdueBefore } from "./exceptions.ts";

const NOW = instant(1_800_000_000_000);

test("an order that is late is a matter of hours, an oversold shelf of today, a cash variance of this week", () => {
  const hours = (kind: (typeof EXCEPTION_KINDS)[number]) =>
    (dueAt({ kind, raisedAt: NOW }) - NOW) / 3_600_000;
  expect([hours("late"), hours("oversold"), hours("cashVariance")]).toEqual([2, 24, 168]);
});

test.each(EXCEPTION_KINDS)("%s counts as overdue from the moment on by which it was due", (kind) => {
  const raisedAt = overdueBefore(NOW)[kind];
  expect(dueAt({ kind, raisedAt })).toBe(NOW);
});
