import { isZero, subtractMoney } from "#domain/money/arithmetic.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { type OrderReturn, returnsOf } from "#domain/orders/order-return.ts";
import type { OrderNews } from "./port.ts";

/** How the words on a return begin: by them they are known again. */
export const RETURN_WORDS = "Onetill return";

/** Goods that came back and for which the customer has money already: to be told to the shop's people, and never to be given back again. */
export interface ReturnElsewhere {
  /** How `words` begin, with the return's own number or id: the same for ever, and another for each return. By it is known what was told already. */
  readonly mark: string;
  /** Change with what the store is called meanwhile. */
  readonly words: string;
  readonly amount: Money;
}

export function returnsElsewhere({
  order,
  stores,
}: Pick<OrderNews, "order" | "stores">): readonly ReturnElsewhere[] {
  return returnsOf(order).flatMap((each): ReturnElsewhere[] => {
    const amount = subtractMoney(each.counted, each.byShop);
    if (isZero(amount)) return [];
    const mark = markOf(each);
    return [{ amount, mark, words: `${mark} ${wordsOf(each, { order, stores, amount })}` }];
  });
}

function markOf({ id, number }: OrderReturn): string {
  return `${RETURN_WORDS} ${number === "" ? id : number}:`;
}

function wordsOf(
  { store, lines }: OrderReturn,
  { order, stores, amount }: Pick<OrderNews, "order" | "stores"> & { readonly amount: Money },
): string {
  const place = stores.find((each) => each.store === store)?.name ?? "the store";
  const pieces = lines.map(({ line, quantity }) => `${quantity} × ${skuOf(order, line)}`).join(", ");
  const money = `${decimalText(amount)} ${amount.currency}`;
  return `${pieces}; ${money} were given back in ${place}. Do not give them back again.`;
}

function skuOf({ lines }: Order, id: Order["lines"][number]["id"]): string {
  return lines.find((each) => each.id === id)?.sku ?? id;
}
