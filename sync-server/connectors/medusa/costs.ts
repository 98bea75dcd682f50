import { divideRounding } from "#domain/money/divide.ts";
import { minorDigits } from "#domain/money/format.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { type ExactAmount, roundTogether } from "#domain/money/round-together.ts";
import { minus, over, plus, sumOf, times, ZERO } from "./fraction.ts";
import type { Item, MedusaOrder, ShippingMethod } from "./payload.ts";

const ONE: ExactAmount = { numerator: 1n, denominator: 1n };
const HUNDRED: ExactAmount = { numerator: 100n, denominator: 1n };

/** What an order costs. Medusa rounds nothing: a discount's share may be a third of a cent. */
export interface Costs {
  /** By item: after discounts, with tax where its price has it in it. */
  readonly lines: readonly Money[];
  readonly shipping: Money;
  /** With all taxes. */
  readonly total: Money;
}

/** Lines and shipping are rounded together, so that where prices have the tax in them they add up to the total. */
export function costsOf(
  { items, shipping_methods }: Pick<MedusaOrder, "items" | "shipping_methods">,
  currency: Currency,
): Costs {
  const goods = items.map(costOfItem);
  const sent = shipping_methods.map(costOfShipping);
  const parts = [...goods.map(({ shown }) => shown), sumOf(sent.map(({ shown }) => shown))];
  const rounded = roundTogether(parts.map((part) => inMinor(part, currency)));
  const amounts = rounded.map((minor) => money(Number(minor), currency));
  return {
    lines: amounts.slice(0, -1),
    shipping: amounts.at(-1) ?? money(0, currency),
    total: roundedMoney(sumOf([...goods, ...sent].map(({ gross }) => gross)), currency),
  };
}

/** To whole minor units, halves away from zero. */
export function roundedMoney(amount: ExactAmount, currency: Currency): Money {
  const { numerator, denominator } = inMinor(amount, currency);
  return money(Number(divideRounding(numerator, denominator)), currency);
}

export function unitPriceOf({ unit_price, raw_unit_price }: Item): ExactAmount {
  return raw_unit_price?.value ?? unit_price;
}

interface Cost {
  readonly shown: ExactAmount;
  readonly gross: ExactAmount;
}

function costOfItem(item: Item): Cost {
  // What was edited away keeps its discounts in the list.
  if (item.quantity === 0) return { shown: ZERO, gross: ZERO };
  const quantity = { numerator: BigInt(item.quantity), denominator: 1n };
  return costAfterDiscounts(times(unitPriceOf(item), quantity), item);
}

function costOfShipping(method: ShippingMethod): Cost {
  return costAfterDiscounts(method.raw_amount?.value ?? method.amount, method);
}

/** An adjustment is without tax unless it says otherwise, whatever the price it is taken off. */
function costAfterDiscounts(
  price: ExactAmount,
  { adjustments, tax_lines, is_tax_inclusive }: Pick<Item, "adjustments" | "tax_lines" | "is_tax_inclusive">,
): Cost {
  const withTax = plus(ONE, over(sumOf(tax_lines.map(({ rate }) => rate)), HUNDRED));
  const discounts = adjustments.map(({ amount, isTaxInclusive }) => {
    if (isTaxInclusive === (is_tax_inclusive ?? false)) return amount;
    return isTaxInclusive ? over(amount, withTax) : times(amount, withTax);
  });
  const shown = minus(price, sumOf(discounts));
  return { shown, gross: is_tax_inclusive ? shown : times(shown, withTax) };
}

function inMinor(amount: ExactAmount, currency: Currency): ExactAmount {
  return times(amount, { numerator: 10n ** BigInt(minorDigits(currency)), denominator: 1n });
}
