import { addMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { divideRounding } from "../money/divide.ts";
import { type Money, money } from "../money/money.ts";
import { type ExactAmount, roundTogether } from "../money/round-together.ts";
import { PPM } from "../money/share.ts";
import type { TaxAmount, TaxMode, TaxRate, TaxRounding } from "./tax.ts";

/** What is taxed: an amount as shown to the customer and the rates that apply to it together. */
export interface Taxable {
  readonly amount: Money;
  readonly rates: readonly TaxRate[];
}

export interface ComputedTax {
  /** Per taxable, in the order given; each one's taxes name its rates in order. */
  readonly lines: readonly (readonly TaxAmount[])[];
  /** Per rate over all, in order of first appearance; equals the sum of the lines' to the cent. */
  readonly totals: readonly TaxAmount[];
}

/**
 * Tax of each line and of the whole. The tax of one rate on one line is an exact fraction, and each rate is another authority's, so
 * each is rounded by itself. Rounding per `line` rounds every one of these fractions; per `ticket` adds a rate's fractions over
 * all lines, rounds once, and gives the cents back to the lines by largest remainder. Either way the parts equal the whole.
 * Directive 2006/112/EC and the US states leave the choice to the shop; both are in use.
 */
export function computeTax({
  taxables,
  mode,
  rounding,
}: {
  readonly taxables: readonly Taxable[];
  readonly mode: TaxMode;
  readonly rounding: TaxRounding;
}): ComputedTax {
  const parts = taxables.map((taxable) => partsOf(taxable, mode));
  const minors = rounding === "line" ? roundEach(parts.flat()) : roundPerRate(parts.flat());
  const lines = taxables.map((taxable, index) =>
    toTaxAmounts(taxable, mode, parts[index]?.map((part) => minors.get(part) ?? 0) ?? []),
  );
  return { lines, totals: taxTotalsOf(lines) };
}

/** The tax of one rate on one line, before rounding. */
interface TaxPart {
  readonly rate: TaxRate;
  readonly exact: ExactAmount;
}

type RoundedParts = ReadonlyMap<TaxPart, number>;

/** Exclusive: amount x rate. Inclusive: the tax is within the amount, so amount x rate / (1 + all rates of the line). */
function partsOf({ amount, rates }: Taxable, mode: TaxMode): readonly TaxPart[] {
  const within = mode === "inclusive" ? rates.reduce((sum, rate) => sum + rate.ppm, 0) : 0;
  return rates.map((rate) => ({
    rate,
    exact: { numerator: BigInt(amount.minor) * BigInt(rate.ppm), denominator: BigInt(PPM + within) },
  }));
}

function roundEach(parts: readonly TaxPart[]): RoundedParts {
  return new Map(
    parts.map((part) => [part, Number(divideRounding(part.exact.numerator, part.exact.denominator))]),
  );
}

function roundPerRate(parts: readonly TaxPart[]): RoundedParts {
  const byRate = new Map<string, TaxPart[]>();
  for (const part of parts) {
    const ofRate = byRate.get(rateKey(part.rate));
    if (ofRate === undefined) byRate.set(rateKey(part.rate), [part]);
    else ofRate.push(part);
  }
  return new Map(
    [...byRate.values()].flatMap((ofRate) => {
      const minors = roundTogether(ofRate.map((part) => part.exact));
      return ofRate.map((part, index): [TaxPart, number] => [part, Number(minors[index] ?? 0n)]);
    }),
  );
}

/** A rate that changed its size counts as another one. */
function rateKey(rate: TaxRate): string {
  return `${rate.id}=${rate.ppm}`;
}

function toTaxAmounts(
  { amount, rates }: Taxable,
  mode: TaxMode,
  minors: readonly number[],
): readonly TaxAmount[] {
  const { currency } = amount;
  const taxes = rates.map((_, index) => money(minors[index] ?? 0, currency));
  const net = mode === "inclusive" ? subtractMoney(amount, sumMoney(taxes, currency)) : amount;
  return rates.map((rate, index) => ({ rate, net, tax: taxes[index] ?? zeroMoney(currency) }));
}

/** The tax of each rate over all lines, in the order of first appearance. A rate that changed its size counts as another one. */
export function taxTotalsOf(lines: readonly (readonly TaxAmount[])[]): readonly TaxAmount[] {
  const totals = new Map<string, TaxAmount>();
  for (const { rate, net, tax } of lines.flat()) {
    const before = totals.get(rateKey(rate));
    totals.set(rateKey(rate), {
      rate,
      net: before === undefined ? net : addMoney(before.net, net),
      tax: before === undefined ? tax : addMoney(before.tax, tax),
    });
  }
  return [...totals.values()];
}
