import { idOf } from "#domain/ids.ts";
import { addMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { parseDecimal } from "../decimal.ts";
import type { SeenRefund } from "../port.ts";
import { inShopMoney, type ShopifyRefund } from "./payload.ts";

/**
 * What a refund gave back, in the shop's currency: its transactions that did not fail. Where the customer paid in another currency those are
 * in that one, and it is made of its lines and adjustments instead. Pieces that were only taken off the order give nothing back.
 */
export function amountOfRefund(
  refund: ShopifyRefund,
  { currency, taxesIncluded }: { readonly currency: Currency; readonly taxesIncluded: boolean },
): Money {
  const paidBack = refund.transactions.filter(
    ({ kind, status }) => kind === "refund" && (status === "success" || status === "pending"),
  );
  const zero = zeroMoney(currency);
  if (paidBack.length === 0) return zero;
  const amounts = paidBack.map((each) =>
    (each.currency ?? currency) === currency ? parseDecimal(each.amount, currency) : null,
  );
  const read = amounts.flatMap((each) => (each?.ok ? [each.value] : []));
  return read.length === amounts.length
    ? sumMoney(read, currency)
    : amountOfParts(refund, { zero, taxesIncluded });
}

/** What a refund gave back for certain: without what is still on its way. */
export function settledAmountOfRefund(
  refund: ShopifyRefund,
  tax: { readonly currency: Currency; readonly taxesIncluded: boolean },
): Money {
  const transactions = refund.transactions.filter(({ status }) => status !== "pending");
  return amountOfRefund({ ...refund, transactions }, tax);
}

function amountOfParts(
  refund: ShopifyRefund,
  { zero, taxesIncluded }: { readonly zero: Money; readonly taxesIncluded: boolean },
): Money {
  const lines = refund.refund_line_items.map((line) => {
    const subtotal = inShopMoney(line.subtotal_set, line.subtotal, zero);
    return taxesIncluded
      ? subtotal
      : addMoney(subtotal, inShopMoney(line.total_tax_set, line.total_tax, zero));
  });
  // Adjustments are signed from the shop's side: what is given back beside the lines is below zero.
  const adjustments = refund.order_adjustments.flatMap((each) => [
    inShopMoney(each.amount_set, each.amount, zero),
    inShopMoney(each.tax_amount_set, each.tax_amount, zero),
  ]);
  const all = subtractMoney(sumMoney(lines, zero.currency), sumMoney(adjustments, zero.currency));
  return money(Math.max(0, all.minor), zero.currency);
}

/** A refund as we know it; gift cards are no pieces of ours. */
export function seenRefund(
  refund: ShopifyRefund,
  tax: { readonly currency: Currency; readonly taxesIncluded: boolean },
): SeenRefund {
  const pieces = new Map<string, number>();
  for (const { line_item_id: line, quantity, line_item: item } of refund.refund_line_items)
    if (quantity > 0 && item?.gift_card !== true) pieces.set(line, (pieces.get(line) ?? 0) + quantity);
  return {
    id: refund.id,
    amount: amountOfRefund(refund, tax),
    lines: [...pieces].map(([line, quantity]) => ({ line: idOf<"Line">(line), quantity })),
  };
}
