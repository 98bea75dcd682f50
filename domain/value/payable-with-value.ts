import { lesserMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { Basket } from "../ticket/basket.ts";

/**
 * The most that points, store credit and gift cards may still pay of a basket: gift cards are bought with money, so that what the shop owes in goods never comes
 * out as money, nor outlives its time on another card. Nothing while money goes back to the customer. `due`, `remaining` and `giveBack` of the whole basket.
 */
export function payableWithValue(
  { lines, tenders, collecting }: Pick<Basket, "lines" | "tenders" | "collecting">,
  { due, remaining, giveBack }: { readonly due: Money; readonly remaining: Money; readonly giveBack: Money },
): Money {
  const { currency } = due;
  if (giveBack.minor > 0) return zeroMoney(currency);
  const cards = lines.flatMap(({ giftCard, unitPrice }) => (giftCard === undefined ? [] : [unitPrice]));
  if (cards.length === 0) return remaining;
  const paid = tenders.flatMap((tender) =>
    tender.kind === "points" || tender.kind === "credit" ? [tender.amount] : [],
  );
  const not = sumMoney([...cards, ...paid, collecting?.paidOnline ?? zeroMoney(currency)], currency);
  const goods = { minor: Math.max(0, due.minor - not.minor), currency };
  return lesserMoney(goods, remaining);
}
