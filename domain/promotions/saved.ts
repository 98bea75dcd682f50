import type { PromotionId } from "../ids.ts";
import { addMoney, isZero } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { TicketLine } from "../ticket/ticket.ts";

/** What one promotion took off. */
export interface Saved {
  readonly promotion: PromotionId;
  readonly name: string;
  readonly amount: Money;
}

/** What each promotion took off lines, in the order in which it is first met; none that took nothing. */
export function savedBy(lines: readonly Pick<TicketLine, "discounts">[]): readonly Saved[] {
  const saved = new Map<PromotionId, Saved>();
  for (const discount of lines.flatMap(({ discounts }) => discounts)) {
    if (discount.source !== "promotion" || isZero(discount.amount)) continue;
    const { promotion, reason: name, amount } = discount;
    const so = saved.get(promotion);
    saved.set(promotion, {
      promotion,
      name,
      amount: so === undefined ? amount : addMoney(so.amount, amount),
    });
  }
  return [...saved.values()];
}
