import { allocateMoney } from "#domain/money/allocate.ts";
import { compareMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { LineItem } from "./payload.ts";

/** What the lines cost after discounts, in their order, and what of the discounts found no line to be taken off. */
export interface Discounted {
  readonly totals: readonly Money[];
  readonly left: Money;
}

/** Something to be taken off the lines, above zero; `weights` by line where it is known what it was for. */
export interface Discount {
  readonly amount: Money;
  readonly weights: readonly number[] | null;
}

/** What a negative line item takes off which of `goods`; a promotion tells by its composition what it was for. */
export function discountOf(item: LineItem, goods: readonly LineItem[], currency: Currency): Discount {
  const amount = subtractMoney(zeroMoney(currency), item.totalPrice);
  const composed = new Map(
    item.payload?.composition?.map(({ id, discount }) => [id, Math.abs(discount.minor)]),
  );
  const weights = goods.map(({ identifier, id }) => composed.get(identifier ?? id) ?? 0);
  return { amount, weights: weights.some((weight) => weight > 0) ? weights : null };
}

/**
 * Takes discounts off lines one after the other, each shared by largest remainder, so that no cent is lost and no line falls below zero. Where a discount is
 * more than the lines it was for still cost, it is shared over all of them by what they still cost.
 */
export function takeOff({
  prices,
  discounts,
  currency,
}: {
  readonly prices: readonly Money[];
  readonly discounts: readonly Discount[];
  readonly currency: Currency;
}): Discounted {
  let totals = prices;
  let left = zeroMoney(currency);
  for (const { amount, weights } of discounts) {
    const worth = sumMoney(totals, currency);
    const due = compareMoney(amount, worth) > 0 ? worth : amount;
    left = sumMoney([left, subtractMoney(amount, due)], currency);
    if (due.minor === 0) continue;
    const byWorth = totals.map(({ minor }) => minor);
    const wished = shared(totals, allocateMoney({ total: due, weights: weights ?? byWorth }));
    const isTooMuch = wished.some(({ minor }) => minor < 0);
    totals = isTooMuch ? shared(totals, allocateMoney({ total: due, weights: byWorth })) : wished;
  }
  return { totals, left };
}

function shared(totals: readonly Money[], shares: readonly Money[]): readonly Money[] {
  return totals.map((total, index) => {
    const share = shares[index];
    return share === undefined ? total : subtractMoney(total, share);
  });
}
