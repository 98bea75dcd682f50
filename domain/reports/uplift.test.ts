import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { dayNumberOf, daysAfter } from "../store/business-day.ts";
import { ACROSS, type AcrossColumn, acrossFigure } from "./across.ts";
import { daysIn } from "./period.ts";
import { daysBeforeRun, MIN_PIECES_BEFORE, type PromotionRun, upliftOf } from "./uplift.ts";

const MONDAY = idOf<"BusinessDay">("2026-11-02");
const RUN: PromotionRun = {
  meanwhile: { pieces: 150, value: 120_000, margin: 30_000 },
  before: { pieces: 100, value: 100_000, margin: 40_000 },
  ranBefore: false,
  givenAway: 15_000,
  baskets: 30,
  allBaskets: 120,
};

function figures(run: PromotionRun, ...names: readonly AcrossColumn[]) {
  const { measures } = upliftOf(run);
  return names.map((name) => {
    const column = ACROSS.uplift.columns.find((each) => each.name === name);
    return column === undefined ? undefined : acrossFigure(ACROSS.uplift, column, measures);
  });
}

test("the days before are as many, the same weekdays, and end before the promotion begins", () => {
  fc.assert(
    fc.property(fc.nat(400), fc.integer({ min: 1, max: 400 }), (offset, days) => {
      const run = { from: daysAfter(MONDAY, offset), until: daysAfter(MONDAY, offset + days - 1) };
      const before = daysBeforeRun(run);
      expect(daysIn(before)).toBe(days);
      expect((dayNumberOf(run.from) - dayNumberOf(before.from)) % 7).toBe(0);
      expect(before.until < run.from).toBe(true);
      expect(daysAfter(before.until, 7) >= run.from).toBe(true);
    }),
  );
});

test("half as much again in pieces, a fifth in turnover, less earned, and a quarter of baskets", () => {
  expect(figures(RUN, "pieceUplift", "valueUplift", "marginMore", "basketShare", "givenAway")).toEqual([
    500_000, 200_000, -10_000, 250_000, 15_000,
  ]);
  expect(upliftOf(RUN).why).toBe(null);
});

test("too little was sold before to compare: what there was is shown, and no rate of it", () => {
  const few = { ...RUN, before: { pieces: MIN_PIECES_BEFORE - 1, value: 900, margin: 90 } };
  expect(upliftOf(few).why).toBe("tooFewBefore");
  expect(figures(few, "pieceUplift", "valueUplift", "piecesBefore")).toEqual([null, null, 19]);
  expect(upliftOf({ ...few, before: { ...few.before, pieces: MIN_PIECES_BEFORE } }).why).toBe(null);
});

test("a promotion that ran before as well is compared with nothing", () => {
  expect(upliftOf({ ...RUN, ranBefore: true }).why).toBe("ranBefore");
  expect(figures({ ...RUN, ranBefore: true }, "pieceUplift", "marginMore")).toEqual([null, null]);
});
