import { allocateMoney } from "#domain/money/allocate.ts";
import { addMoney, lesserMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { divideRounding } from "#domain/money/divide.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { RETURN_WORDS } from "../return-words.ts";
import type { WooOrder } from "./payload.ts";

/** What an order's parts cost, with tax where the shop's prices have it in them. */
export interface Amounts {
  /** Of each line, in their order: per piece before discounts, and in all after them. */
  readonly lines: readonly { readonly unitPrice: Money; readonly total: Money }[];
  /** Shipping, and fees: those are no goods that anybody could pick. */
  readonly shipping: Money;
}

type Priced = Pick<
  WooOrder,
  "line_items" | "shipping_lines" | "fee_lines" | "prices_include_tax" | "total" | "total_tax"
>;

/**
 * Takes an order's amounts apart. Coupons are in the lines' totals already; a fee below zero is a discount, and shared over the lines. WooCommerce
 * rounds each amount and each tax for itself, so that they may be cents off the order's total: those go to the lines. What is off by more than
 * rounding is of a kind that we do not know, and left alone.
 */
export function amountsOf(order: Priced): Amounts {
  const { currency } = order.total;
  const withTax = order.prices_include_tax;
  const gross = (net: Money, tax: Money) => (withTax ? addMoney(net, tax) : net);
  const totals = order.line_items.map((line) => gross(line.total, line.total_tax));
  const fees = order.fee_lines.map((fee) => gross(fee.total, fee.total_tax));
  const charges = sumMoney(
    [
      ...order.shipping_lines.map((line) => gross(line.total, line.total_tax)),
      ...fees.filter(({ minor }) => minor > 0),
    ],
    currency,
  );
  const discount = money(
    -sumMoney(
      fees.filter(({ minor }) => minor < 0),
      currency,
    ).minor,
    currency,
  );
  const fromLines = lesserMoney(discount, sumMoney(totals, currency));
  const fromCharges = lesserMoney(subtractMoney(discount, fromLines), charges);
  const discounted = lessEach(totals, fromLines);
  const shipping = subtractMoney(charges, fromCharges);
  const target = withTax ? order.total : subtractMoney(order.total, order.total_tax);
  const goods = sumMoney(discounted, currency);
  const off = subtractMoney(target, addMoney(goods, shipping));
  const rounded = 1 + 2 * (order.line_items.length + order.shipping_lines.length + order.fee_lines.length);
  const isRounding = Math.abs(off.minor) <= rounded && goods.minor + off.minor >= 0;
  const settled = isRounding ? lessEach(discounted, money(-off.minor, currency)) : discounted;
  return {
    shipping,
    lines: order.line_items.map((line, index) => ({
      unitPrice: perPiece(gross(line.subtotal, line.subtotal_tax), line.quantity),
      total: settled[index] ?? zeroMoney(currency),
    })),
  };
}

/** Takes an amount off in proportion, every cent kept; no part falls below zero as long as the amount is no more than all of them. */
function lessEach(parts: readonly Money[], amount: Money): readonly Money[] {
  if (parts.length === 0 || amount.minor === 0) return parts;
  const shares = allocateMoney({ total: amount, weights: parts.map(({ minor }) => Math.max(0, minor)) });
  return parts.map((part, index) => subtractMoney(part, shares[index] ?? zeroMoney(amount.currency)));
}

/** Rounded: WooCommerce's own price is the total by the pieces, which need not divide. */
function perPiece(total: Money, quantity: number): Money {
  if (quantity === 0) return total;
  return money(Number(divideRounding(BigInt(total.minor), BigInt(quantity))), total.currency);
}

/** Whether a refund only says what a store gave back over its counter. */
export function isElsewhere({ reason }: { readonly reason?: string | null | undefined }): boolean {
  return reason?.startsWith(RETURN_WORDS) ?? false;
}

/** What the shop gave back in all; WooCommerce books refunds below zero. */
export function refundedOf({ refunds }: Pick<WooOrder, "refunds">, currency: Currency): Money {
  return money(
    refunds
      .filter((refund) => !isElsewhere(refund))
      .reduce((sum, { total }) => sum + Math.abs(total.minor), 0),
    currency,
  );
}
