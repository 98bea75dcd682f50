import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumMoney } from "../money/arithmetic.ts";
import { divideRounding } from "../money/divide.ts";
import { money } from "../money/money.ts";
import { PPM } from "../money/share.ts";
import { CHF, EUR, eur, KWD, rate, USD } from "../testing/shop.ts";
import { roundCash } from "./cash-rounding.ts";
import { type ComputedTax, computeTax, type Taxable } from "./compute.ts";
import type { TaxMode, TaxRounding } from "./tax.ts";

const DE_19 = rate("de-19", 190_000);
const DE_7 = rate("de-7", 70_000);
const STATE = rate("state", 40_000);
const CITY = rate("city", 48_750);

/** Tax per rate id over all lines. */
function taxes(computed: ComputedTax): Record<string, number> {
  return Object.fromEntries(computed.totals.map(({ rate: { id }, tax }) => [id, tax.minor]));
}

describe("Germany, prices with tax", () => {
  test("of 11.90 at 19 % the tax is 1.90, of 10.70 at 7 % it is 0.70", () => {
    const computed = computeTax({
      taxables: [
        { amount: eur(1_190), rates: [DE_19] },
        { amount: eur(1_070), rates: [DE_7] },
      ],
      mode: "inclusive",
      rounding: "ticket",
    });
    expect(computed.totals).toEqual([
      { rate: DE_19, net: eur(1_000), tax: eur(190) },
      { rate: DE_7, net: eur(1_000), tax: eur(70) },
    ]);
  });

  test("three times 0.99: 0.48 when each line is rounded, 0.47 when the ticket is", () => {
    const taxables = Array.from({ length: 3 }, (): Taxable => ({ amount: eur(99), rates: [DE_19] }));
    const perLine = computeTax({ taxables, mode: "inclusive", rounding: "line" });
    const perTicket = computeTax({ taxables, mode: "inclusive", rounding: "ticket" });
    expect(taxes(perLine)).toEqual({ "de-19": 48 });
    expect(taxes(perTicket)).toEqual({ "de-19": 47 });
    expect(perTicket.lines.map(([line]) => line?.tax.minor)).toEqual([16, 16, 15]);
  });
});

describe("a US state and its city, tax on top", () => {
  test("8.875 % of 10.00 is 0.40 for the state and 0.49 for the city", () => {
    const computed = computeTax({
      taxables: [{ amount: money(1_000, USD), rates: [STATE, CITY] }],
      mode: "exclusive",
      rounding: "ticket",
    });
    expect(taxes(computed)).toEqual({ state: 40, city: 49 });
    expect(computed.totals[0]?.net).toEqual(money(1_000, USD));
  });

  test("the state's tax is rounded once over the ticket, also where the city taxes only some of it", () => {
    const computed = computeTax({
      taxables: [
        { amount: money(112, USD), rates: [STATE, CITY] },
        { amount: money(112, USD), rates: [STATE] },
      ],
      mode: "exclusive",
      rounding: "ticket",
    });
    // 4 % of 2.24 is 0.0896: 0.09, although each half of it alone is 0.0448 and would be rounded down to 0.04.
    expect(taxes(computed)).toEqual({ state: 9, city: 5 });
    expect(computed.lines.map(([state]) => state?.tax.minor)).toEqual([5, 4]);
  });
});

test("two equal rates within one price get equal tax", () => {
  const halves = [rate("central", 90_000), rate("state", 90_000)];
  const computed = computeTax({
    taxables: [{ amount: eur(100), rates: halves }],
    mode: "inclusive",
    rounding: "ticket",
  });
  expect(taxes(computed)).toEqual({ central: 8, state: 8 });
  expect(computed.lines[0]?.[0]?.net).toEqual(eur(84));
});

test("Kuwaiti fils are taxed to the third decimal", () => {
  const computed = computeTax({
    taxables: [{ amount: money(1_333, KWD), rates: [rate("vat", 50_000)] }],
    mode: "exclusive",
    rounding: "line",
  });
  expect(taxes(computed)).toEqual({ vat: 67 });
});

describe("Swiss cash", () => {
  test.each([
    [1_002, 1_000],
    [1_003, 1_005],
    [1_007, 1_005],
    [1_008, 1_010],
    [-1_003, -1_005],
    [5, 5],
  ])("%i centimes are %i in coins", (minor, coins) => {
    const rounded = roundCash({ amount: money(minor, CHF), rounding: { incrementMinor: 5 } });
    expect(rounded).toEqual(money(coins, CHF));
  });

  test("halves go away from zero, and without a rule nothing is rounded", () => {
    expect(roundCash({ amount: eur(25), rounding: { incrementMinor: 10 } })).toEqual(eur(30));
    expect(roundCash({ amount: eur(-25), rounding: { incrementMinor: 10 } })).toEqual(eur(-30));
    expect(roundCash({ amount: eur(1_003), rounding: null })).toEqual(eur(1_003));
  });
});

describe("whatever is taxed however", () => {
  const ratesOf = (max: number) =>
    fc
      .uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: max })
      .chain((ids) =>
        fc.tuple(...ids.map((id) => fc.constantFrom(0, 3_750, 70_000, 190_000).map((ppm) => rate(id, ppm)))),
      );
  const amounts = fc.integer({ min: -1_000_000, max: 10_000_000 });
  const taxables: fc.Arbitrary<readonly Taxable[]> = fc.array(
    fc.record({ amount: amounts.map(eur), rates: ratesOf(3) }),
    { maxLength: 10 },
  );
  const modes = fc.constantFrom<TaxMode[]>("inclusive", "exclusive");
  const roundings = fc.constantFrom<TaxRounding[]>("line", "ticket");

  /** Tax of one rate on one line as a fraction. */
  function exact({ amount, rates }: Taxable, ppm: number, mode: TaxMode): { over: bigint; under: bigint } {
    const all = rates.reduce((sum, each) => sum + each.ppm, 0);
    return {
      over: BigInt(amount.minor) * BigInt(ppm),
      under: BigInt(PPM) + (mode === "inclusive" ? BigInt(all) : 0n),
    };
  }

  test("the taxes of the lines add up to the taxes of the ticket, rate by rate", () => {
    fc.assert(
      fc.property(taxables, modes, roundings, (given, mode, rounding) => {
        const { lines, totals } = computeTax({ taxables: given, mode, rounding });
        for (const total of totals) {
          const parts = lines
            .flat()
            .filter(({ rate: { id, ppm } }) => id === total.rate.id && ppm === total.rate.ppm);
          const taxParts = parts.map(({ tax }) => tax);
          const netParts = parts.map(({ net }) => net);
          expect(sumMoney(taxParts, EUR)).toEqual(total.tax);
          expect(sumMoney(netParts, EUR)).toEqual(total.net);
        }
      }),
    );
  });

  test("per line, each tax is the exact one rounded; per ticket, each rate's tax is the exact sum rounded", () => {
    fc.assert(
      fc.property(taxables, modes, (given, mode) => {
        const perLine = computeTax({ taxables: given, mode, rounding: "line" });
        given.forEach((taxable, line) => {
          taxable.rates.forEach(({ ppm }, index) => {
            const { over, under } = exact(taxable, ppm, mode);
            expect(perLine.lines[line]?.[index]?.tax.minor).toBe(Number(divideRounding(over, under)));
          });
        });
        const perTicket = computeTax({ taxables: given, mode, rounding: "ticket" });
        for (const { rate: of, tax } of perTicket.totals) {
          const sum = given
            .filter(({ rates }) => rates.some(({ id, ppm }) => id === of.id && ppm === of.ppm))
            .map((taxable) => exact(taxable, of.ppm, mode))
            .reduce(
              (all, { over, under }) => ({
                over: all.over * under + over * all.under,
                under: all.under * under,
              }),
              { over: 0n, under: 1n },
            );
          expect(tax.minor).toBe(Number(divideRounding(sum.over, sum.under)));
        }
      }),
    );
  });

  test("a price with tax is its net and its taxes, to the cent", () => {
    fc.assert(
      fc.property(taxables, roundings, (given, rounding) => {
        const { lines } = computeTax({ taxables: given, mode: "inclusive", rounding });
        lines.forEach((line, index) => {
          const first = line[0];
          if (first === undefined) return;
          const all = sumMoney([first.net, ...line.map(({ tax }) => tax)], EUR);
          expect(all).toEqual(given[index]?.amount);
        });
      }),
    );
  });

  test("a single line is taxed alike under both roundings", () => {
    fc.assert(
      fc.property(amounts, ratesOf(3), modes, (minor, rates, mode) => {
        const given = [{ amount: eur(minor), rates }];
        expect(computeTax({ taxables: given, mode, rounding: "line" })).toEqual(
          computeTax({ taxables: given, mode, rounding: "ticket" }),
        );
      }),
    );
  });
});
