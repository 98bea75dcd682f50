import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { changeText } from "./dashboard-change.ts";

const EUR = idOf<"Currency">("EUR");
const text = (today: number, lastWeek: number) =>
  changeText({ today: money(today, EUR), lastWeek: money(lastWeek, EUR) });

test("what was sold is compared with a week ago in words", () => {
  expect(text(150_00, 100_00)).toBe("50% more than last week");
  expect(text(75_00, 100_00)).toBe("25% less than last week");
  expect(text(100_00, 100_00)).toBe("as last week");
});

test("where nothing was sold a week ago there is nothing to compare with", () => {
  expect(text(100_00, 0)).toBe("nothing last week");
  expect(text(0, 0)).toBe("as last week");
});
