import { expect, test } from "vitest";
import { overspentOf } from "./overspent.ts";

test.each([
  ["what was spent of the other's", { before: 0, now: -100 }, { before: 100, now: 100 }, 100],
  ["not what was missing before", { before: -40, now: -100 }, { before: 100, now: 100 }, 60],
  ["not more than there is", { before: 0, now: -100 }, { before: 100, now: 30 }, 30],
  ["nothing where nothing is missing", { before: 50, now: 10 }, { before: 100, now: 100 }, 0],
  ["nothing where the other has none", { before: 0, now: -10 }, { before: 0, now: -5 }, 0],
])("%s", (_what, debtor, giver, points) => {
  expect(overspentOf(debtor, giver)).toBe(points);
});
