import { allocateMoney } from "../money/allocate.ts";
import { sumMoney } from "../money/arithmetic.ts";
import { divideRounding } from "../money/divide.ts";
import { type Currency, type Money, money } from "../money/money.ts";
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
 * Tax of each line and of the whole. Lines with the same set of rates form a group. Rounding per `line` rounds each line's tax;
 * per `ticket` rounds each group's tax once and gives the cents back to its lines by largest remainder, so that either way
 * the parts equal the whole. With inclusive prices the tax is within the amount: tax = amount x rates / (1 + rates), and
 * several rates share it by their size (Directive 2006/112/EC leaves the rounding to the states; both ways are in use).
 */
export function computeTax({
  taxables,
  mode,
  rounding,
  currency,
}: {
  readonly taxables: readonly Taxable[];
  readonly mode: TaxMode;
  readonly rounding: TaxRounding;
  readonly currency: Currency;
}): ComputedTax {
  const lines: (readonly TaxAmount[])[] = taxables.map(() => []);
  for (const group of groupByRates(taxables)) {
    const amounts = group.map((index) => taxables[index]?.amount ?? money(0, currency));
    const rates = taxables[group[0] ?? 0]?.rates ?? [];
    const taxes =
      rounding === "line"
        ? amounts.map((amount) => taxOf({ amount, rates, mode }))
        : taxOfGroup({ amounts, rates, mode, currency });
    group.forEach((index, position) => {
      lines[index] = toTaxAmounts({
        amount: amounts[position] ?? money(0, currency),
        rates,
        taxes: taxes[position] ?? [],
        mode,
      });
    });
  }
  return { lines, totals: totalsOf(lines, currency) };
}

function groupByRates(taxables: readonly Taxable[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  taxables.forEach((taxable, index) => {
    const key = taxable.rates.map((rate) => `${rate.id}=${rate.ppm}`).join("|");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  return [...groups.values()];
}

/** Whole minor units of tax per rate on one amount. */
function taxOf({
  amount,
  rates,
  mode,
}: {
  readonly amount: Money;
  readonly rates: readonly TaxRate[];
  readonly mode: TaxMode;
}): readonly Money[] {
  const ppms = rates.map((rate) => rate.ppm);
  if (mode === "exclusive") {
    return ppms.map((ppm) =>
      money(Number(divideRounding(BigInt(amount.minor) * BigInt(ppm), BigInt(PPM))), amount.currency),
    );
  }
  const all = ppms.reduce((sum, ppm) => sum + ppm, 0);
  const within = Number(divideRounding(BigInt(amount.minor) * BigInt(all), BigInt(PPM + all)));
  return allocateMoney({
    total: money(within, amount.currency),
    weights: all === 0 ? ppms.map(() => 1) : ppms,
  });
}

/** Tax of a group rounded once per rate, given back to its lines by the size of their amounts. */
function taxOfGroup({
  amounts,
  rates,
  mode,
  currency,
}: {
  readonly amounts: readonly Money[];
  readonly rates: readonly TaxRate[];
  readonly mode: TaxMode;
  readonly currency: Currency;
}): readonly (readonly Money[])[] {
  const whole = taxOf({ amount: sumMoney(amounts, currency), rates, mode });
  const weights = amounts.map((amount) => Math.abs(amount.minor));
  const perRate = whole.map((total) => allocateMoney({ total, weights }));
  return amounts.map((_, line) => perRate.map((parts) => parts[line] ?? money(0, currency)));
}

function toTaxAmounts({
  amount,
  rates,
  taxes,
  mode,
}: {
  readonly amount: Money;
  readonly rates: readonly TaxRate[];
  readonly taxes: readonly Money[];
  readonly mode: TaxMode;
}): readonly TaxAmount[] {
  const tax = sumMoney(taxes, amount.currency);
  const net = mode === "inclusive" ? money(amount.minor - tax.minor, amount.currency) : amount;
  return rates.map((rate, index) => ({ rate, net, tax: taxes[index] ?? money(0, amount.currency) }));
}

function totalsOf(lines: readonly (readonly TaxAmount[])[], currency: Currency): readonly TaxAmount[] {
  const totals = new Map<string, TaxAmount>();
  for (const taxAmount of lines.flat()) {
    const key = `${taxAmount.rate.id}=${taxAmount.rate.ppm}`;
    const before = totals.get(key);
    totals.set(key, {
      rate: taxAmount.rate,
      net: sumMoney(before === undefined ? [taxAmount.net] : [before.net, taxAmount.net], currency),
      tax: sumMoney(before === undefined ? [taxAmount.tax] : [before.tax, taxAmount.tax], currency),
    });
  }
  return [...totals.values()];
}
