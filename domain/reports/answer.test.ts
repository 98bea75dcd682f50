import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { CHF, EUR } from "../testing/shop.ts";
import { figureOf, reportRowsOf } from "./answer.ts";
import type { SummedRow } from "./ask.ts";
import { bucketOf, bucketsOf, comparedPeriod, daysIn, daysOfBucket, TIME_GROUPS } from "./period.ts";
import { addSums, NO_SUMS, ppmOf } from "./sums.ts";

const day = (text: string) => idOf<"BusinessDay">(text);
const MARCH = { from: day("2027-03-01"), until: day("2027-03-31") };
const row = (key: string, sold: number, currency = EUR): SummedRow => ({
  key,
  currency,
  sums: { ...NO_SUMS, parts: 1, sold },
});
const PLAIN = { main: "total", period: MARCH, before: null, offset: 0, limit: 100 } as const;

describe("the rows of a report", () => {
  test("stand the largest first, with the smallest left to the next page, and the totals are those of all pages", () => {
    const summed = [row("tea", 100), row("pots", 900), row("cups", 500)];
    const page = reportRowsOf({ ...PLAIN, group: "category", summed, limit: 2 });
    expect(page.rows.map(({ key }) => key)).toEqual(["pots", "cups"]);
    expect([page.count, page.totals[0]?.sums.sold]).toEqual([3, 1_500]);
  });

  test("of days are all days of the period in their order, also those on which nothing was sold", () => {
    const { rows } = reportRowsOf({ ...PLAIN, group: "day", summed: [row("2027-03-09", 5)] });
    expect(rows).toHaveLength(31);
    expect(rows.filter(({ sums }) => sums.sold > 0).map(({ key }) => key)).toEqual(["2027-03-09"]);
  });

  test("never add up two currencies", () => {
    const summed = [row("tea", 100), row("tea", 70, CHF)];
    const { rows, totals } = reportRowsOf({ ...PLAIN, group: "category", summed });
    expect(rows.map(({ currency, sums }) => [currency, sums.sold])).toEqual([
      ["EUR", 100],
      ["CHF", 70],
    ]);
    expect(totals.map(({ currency, sums }) => [currency, sums.sold])).toEqual([
      ["CHF", 70],
      ["EUR", 100],
    ]);
  });

  test("stand beside what there was before, also where there is nothing any more", () => {
    const before = { period: comparedPeriod(MARCH, "before"), summed: [row("tea", 40), row("hats", 30)] };
    const { rows, totals } = reportRowsOf({ ...PLAIN, group: "category", summed: [row("tea", 100)], before });
    expect(rows.map(({ key, sums, before: then }) => [key, sums.sold, then?.sold])).toEqual([
      ["tea", 100, 40],
      ["hats", 0, 30],
    ]);
    expect(totals[0]?.before?.sold).toBe(70);
  });

  test("of times lose nothing, whatever the period and whatever it is compared with", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TIME_GROUPS),
        fc.constantFrom("before" as const, "lastYear" as const),
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.record({ at: fc.nat(400), sold: fc.nat(1_000) }), { maxLength: 20 }),
        (group, comparison, length, sales) => {
          const all = bucketsOf({ from: day("2026-01-01"), until: day("2027-12-31") }, "day");
          const period = { from: day(all[0]!), until: day(all[length]!) };
          const before = comparedPeriod(period, comparison);
          const inside = bucketsOf(period, "day");
          const then = bucketsOf(before, "day");
          const rowsOf = (days: readonly string[]) =>
            sales.map(({ at, sold }) => row(days[at % days.length]!, sold));
          const answer = reportRowsOf({
            ...PLAIN,
            group,
            period,
            summed: rowsOf(inside),
            before: { period: before, summed: rowsOf(then) },
            limit: 1_000,
          });
          const sum = sales.reduce((total, { sold }) => total + sold, 0);
          const added = answer.rows.reduce((total, { sums }) => addSums(total, sums), NO_SUMS);
          expect(added.sold).toBe(sum);
          if (sales.length > 0) expect(answer.totals[0]?.before?.sold).toBe(sum);
        },
      ),
    );
  });
});

describe("periods", () => {
  test("are compared with as many days before, or with the same dates a year earlier", () => {
    expect(comparedPeriod(MARCH, "before")).toEqual({ from: "2027-01-29", until: "2027-02-28" });
    expect(comparedPeriod(MARCH, "lastYear")).toEqual({ from: "2026-03-01", until: "2026-03-31" });
    const leap = { from: day("2028-02-29"), until: day("2028-02-29") };
    expect(comparedPeriod(leap, "lastYear")).toEqual({ from: "2027-02-28", until: "2027-02-28" });
  });

  test("count each day under one day, week from Monday, month and weekday", () => {
    expect(TIME_GROUPS.map((group) => bucketOf(day("2027-03-07"), group))).toEqual([
      "2027-03-07",
      "2027-03-01",
      "2027-03",
      "7",
    ]);
    for (const group of TIME_GROUPS) {
      const days = bucketsOf(MARCH, group).flatMap((bucket) => daysOfBucket(MARCH, group, bucket));
      expect(days.toSorted()).toEqual(bucketsOf(MARCH, "day"));
    }
    expect(daysIn(MARCH)).toBe(31);
  });
});

test("a rate is parts per million, half away from nothing, and there is none of nothing", () => {
  expect([ppmOf(1, 3), ppmOf(-1, 3), ppmOf(2, 3), ppmOf(5, 0)]).toEqual([333_333, -333_333, 666_667, null]);
  const sums = { ...NO_SUMS, costedNet: 2_000, cost: 500 };
  expect(figureOf("marginRate", sums)).toBe(750_000);
});
