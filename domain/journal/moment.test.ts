import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { momentOf } from "./moment.ts";

const moment = (changes: Partial<Parameters<typeof momentOf>[0]>) =>
  momentOf({
    entry: { at: instant(500) },
    clockOffsetMs: 0,
    receivedAt: instant(1_000),
    notBefore: instant(0),
    ...changes,
  });

test("an act's moment is the till's time less what its clock is ahead, never after it was received", () => {
  expect(moment({})).toBe(500);
  expect(moment({ clockOffsetMs: 100 })).toBe(400);
  expect(moment({ clockOffsetMs: -100 })).toBe(600);
  expect(moment({ clockOffsetMs: -600 })).toBe(1_000);
});

test("no act is before what the same till did before it", () => {
  expect(moment({ notBefore: instant(700) })).toBe(700);
  expect(moment({ clockOffsetMs: 900 })).toBe(0);
});
