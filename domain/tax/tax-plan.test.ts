import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BusinessDay, type Instant, idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import { businessDayOf, dayOfNumber } from "../store/business-day.ts";
import { instantOfLocalTime } from "../store/local-time.ts";
import { computeTax } from "./compute.ts";
import type { PlannedRates, TaxPlan } from "./tax.ts";
import { nextTaxChange, settledPlan, taxAt } from "./tax-plan.ts";

const BERLIN = "Europe/Berlin";
const day = (text: string) => idOf<"BusinessDay">(text);
const vat = (ppm: number) => [{ id: "vat", name: "VAT", ppm }];
const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: vat(190_000) };
const REDUCED = { id: idOf<"TaxClass">("reduced"), name: "Reduced", rates: vat(70_000) };
const PLAN: TaxPlan = {
  mode: "inclusive",
  rounding: "ticket",
  classes: [STANDARD, REDUCED],
  cashRounding: null,
  planned: [
    { taxClass: STANDARD.id, from: day("2027-07-01"), rates: vat(200_000) },
    { taxClass: STANDARD.id, from: day("2027-01-01"), rates: vat(210_000) },
  ],
};
const at = (text: string, timeZone = BERLIN) => instantOfLocalTime({ text, timeZone }) ?? instant(0);
const ppmAt = (moment: Instant, plan = PLAN, timeZone = BERLIN) =>
  taxAt(plan, { at: moment, timeZone }).classes.map(({ rates }) => rates[0]?.ppm);

describe("a planned rate", () => {
  test("holds from the first moment of its day by the store's own clocks, until the next one does", () => {
    expect(ppmAt(instant(at("2027-01-01T00:00") - 1))).toEqual([190_000, 70_000]);
    expect(ppmAt(at("2027-01-01T00:00"))).toEqual([210_000, 70_000]);
    expect(ppmAt(at("2027-06-30T23:59"))).toEqual([210_000, 70_000]);
    expect(ppmAt(at("2027-07-01T00:00"))).toEqual([200_000, 70_000]);
    const inLisbon = at("2027-01-01T00:30");
    expect(ppmAt(inLisbon, PLAN, "Europe/Lisbon")).toEqual([190_000, 70_000]);
  });

  test("is no part of what anything is priced by, and settings of before there were plans are as they were", () => {
    const { planned: _, ...before } = PLAN;
    expect(taxAt(before, { at: at("2027-01-01T00:00"), timeZone: BERLIN })).toEqual(before);
    expect(Object.keys(taxAt(PLAN, { at: instant(0), timeZone: BERLIN }))).not.toContain("planned");
  });

  test("is waited for until it begins", () => {
    const next = (moment: Instant) => nextTaxChange(PLAN, { at: moment, timeZone: BERLIN });
    expect(next(at("2026-11-26T12:00"))).toBe(at("2027-01-01T00:00"));
    expect(next(at("2027-01-01T00:00"))).toBe(at("2027-07-01T00:00"));
    expect(next(at("2027-07-01T00:00"))).toBeNull();
  });

  test("becomes what holds once it has begun, for whoever knows of no plans, and what held before stays known", () => {
    expect(settledPlan(PLAN, day("2026-12-31"))).toBe(PLAN);
    expect(settledPlan(PLAN, day("2027-01-01"))).toEqual({
      ...PLAN,
      classes: [{ ...STANDARD, rates: vat(210_000) }, REDUCED],
      planned: [PLAN.planned?.[0]],
      former: [{ taxClass: STANDARD.id, until: "2027-01-01", rates: vat(190_000) }],
    });
    expect(Object.keys(settledPlan(PLAN, day("2028-01-01")))).not.toContain("planned");
  });
});

const FIRST = 20_000;
const dayNumber = fc.integer({ min: FIRST, max: FIRST + 60 });
const dayAt = (number: number): BusinessDay => dayOfNumber(number) ?? day("2027-01-01");
const planned: fc.Arbitrary<PlannedRates> = fc.record({
  taxClass: fc.constantFrom(STANDARD.id, REDUCED.id),
  from: dayNumber.map(dayAt),
  rates: fc.integer({ min: 0, max: 1_000_000 }).map(vat),
});
const plan: fc.Arbitrary<TaxPlan> = fc
  .record({
    mode: fc.constantFrom("inclusive" as const, "exclusive" as const),
    rounding: fc.constantFrom("ticket" as const, "line" as const),
    planned: fc.uniqueArray(planned, {
      selector: ({ taxClass, from }) => `${taxClass} ${from}`,
      maxLength: 8,
    }),
  })
  .map((drawn) => ({ ...PLAN, ...drawn }));
const timeZone = fc.constantFrom(BERLIN, "America/New_York", "Pacific/Auckland", "Asia/Kolkata");
const moment = fc.integer({ min: (FIRST - 2) * 86_400_000, max: (FIRST + 62) * 86_400_000 }).map(instant);

describe("whatever is planned", () => {
  test("settling it, once or day by day, changes the rate of no moment: before, at and after it", () => {
    fc.assert(
      fc.property(
        plan,
        moment,
        fc.array(dayNumber, { maxLength: 4 }),
        timeZone,
        (drawn, when, days, zone) => {
          const settled = days
            .toSorted((a, b) => a - b)
            .map(dayAt)
            .reduce(settledPlan, drawn);
          expect(taxAt(settled, { at: when, timeZone: zone })).toEqual(
            taxAt(drawn, { at: when, timeZone: zone }),
          );
        },
      ),
    );
  });

  test("between one change and the next the rates are the same, and they change as a day begins", () => {
    fc.assert(
      fc.property(plan, moment, timeZone, (drawn, when, zone) => {
        const next = nextTaxChange(drawn, { at: when, timeZone: zone });
        if (next === null) return;
        expect(businessDayOf({ at: next, timeZone: zone })).not.toBe(
          businessDayOf({ at: instant(next - 1), timeZone: zone }),
        );
        expect(taxAt(drawn, { at: instant(next - 1), timeZone: zone })).toEqual(
          taxAt(drawn, { at: when, timeZone: zone }),
        );
      }),
    );
  });

  test("net and tax are to the cent what the rate of the moment makes of the amount", () => {
    const minor = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(plan, moment, timeZone, minor, (drawn, when, zone, amount) => {
        const today = businessDayOf({ at: when, timeZone: zone });
        const begun = (drawn.planned ?? [])
          .filter(({ taxClass, from }) => taxClass === STANDARD.id && from <= today)
          .toSorted((a, b) => (a.from < b.from ? -1 : 1));
        const rates = begun.at(-1)?.rates ?? STANDARD.rates;
        const now = taxAt(drawn, { at: when, timeZone: zone });
        const taxed = (of: typeof rates) => {
          const taxables = [{ amount: money(amount, idOf<"Currency">("EUR")), rates: of }];
          return computeTax({ taxables, mode: now.mode, rounding: now.rounding }).totals;
        };
        const [standard] = now.classes;
        expect(taxed(standard?.rates ?? [])).toEqual(taxed(rates));
        for (const { net, tax } of taxed(rates))
          expect(net.minor + tax.minor).toBe(now.mode === "inclusive" ? amount : amount + tax.minor);
      }),
    );
  });
});
