import { allocateMoney } from "../money/allocate.ts";
import { money } from "../money/money.ts";
import type { TicketFacts } from "./facts.ts";
import type { OrderSaleLine } from "./order-sale.ts";
import type { OrderSaleStep } from "./order-sale-steps.ts";
import { part, rateValue, type Unplaced } from "./ticket-parts.ts";

interface RateSum {
  readonly name: string;
  readonly net: number;
  readonly tax: number;
}
type Rates = ReadonlyMap<string, RateSum>;

/**
 * The taxes by rate of each document, so that with those that were counted before they come to what the order's taxes by rate are: each but the last has its lines' share of them, the
 * last has what is left.
 */
export function taxDifference(
  sale: readonly OrderSaleLine[],
  counted: readonly TicketFacts[],
  documents: readonly (readonly OrderSaleStep[])[],
): readonly (readonly Unplaced[])[] {
  let left = minus(ratesOf(sale), ratesCounted(counted));
  return documents.map((steps, index) => {
    const own = index === documents.length - 1 ? left : shareOf(steps);
    left = minus(left, own);
    return [...own].flatMap(([value, { name, net, tax }]) => {
      const total = net + tax;
      if (net === 0 && tax === 0) return [];
      const sums = { sold: Math.max(0, total), returned: Math.min(0, total), net, tax };
      return [part("tax", value, name, sums)];
    });
  });
}

function ratesOf(sale: readonly OrderSaleLine[]): Rates {
  const all = new Map<string, RateSum>();
  for (const { taxes, offTaxes } of sale) {
    for (const { rate, net, tax } of taxes) add(all, rateValue(rate), rate.name, net.minor, tax.minor);
    for (const { rate, net, tax } of offTaxes) add(all, rateValue(rate), rate.name, -net.minor, -tax.minor);
  }
  return all;
}

function ratesCounted(counted: readonly TicketFacts[]): Rates {
  const all = new Map<string, RateSum>();
  for (const { parts } of counted)
    for (const { family, value, label, sums } of parts)
      if (family === "tax") add(all, value, label, sums.net, sums.tax);
  return all;
}

/** What of each rate is in the steps of one document: of a line with several rates as much of each as of the whole line's tax. */
function shareOf(steps: readonly OrderSaleStep[]): Rates {
  const all = new Map<string, RateSum>();
  for (const { line, total, tax, off, offTax } of steps) {
    if (line.taxes.length === 0) continue;
    const shares = allocateMoney({
      total: money(tax - offTax, line.total.currency),
      weights: line.taxes.map((each) => each.tax.minor),
    });
    for (const [index, { rate }] of line.taxes.entries())
      add(all, rateValue(rate), rate.name, total - tax - (off - offTax), shares[index]?.minor ?? 0);
  }
  return all;
}

function minus(one: Rates, other: Rates): Rates {
  const all = new Map(one);
  for (const [value, { name, net, tax }] of other) add(all, value, name, -net, -tax);
  return all;
}

function add(all: Map<string, RateSum>, value: string, name: string, net: number, tax: number): void {
  const before = all.get(value);
  all.set(value, {
    name: before?.name ?? name,
    net: (before?.net ?? 0) + net,
    tax: (before?.tax ?? 0) + tax,
  });
}
