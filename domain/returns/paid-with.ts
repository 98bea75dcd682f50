import { addMoney, lesserMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import { orderLineOf, type Ticket } from "../ticket/ticket.ts";
import type { PaidWith } from "./purchase.ts";
import { paidWith } from "./purchase-of-ticket.ts";
import { roundingOfOrder } from "./rounding-shares.ts";
import { withTax } from "./with-tax.ts";

/**
 * How an order was paid of which tills took money: the tenders of those tickets up to what each took for the order, its cash rounding in it, then what was paid online. Null
 * where no till took anything: all of it was paid online.
 */
export function paidWithOfOrder(
  order: Pick<Order, "id" | "currency" | "payment">,
  tickets: readonly Ticket[],
): readonly PaidWith[] | null {
  const { id, currency, payment } = order;
  const atTills = tickets
    .filter((ticket) => ticket.currency === currency)
    .map((ticket) => ({ ticket, took: tookFor(ticket, order) }))
    .filter(({ took }) => took.minor > 0);
  if (atTills.length === 0) return null;
  const took = sumMoney(
    atTills.map((each) => each.took),
    currency,
  );
  const online = money(Math.max(0, payment.paid.minor - took.minor), currency);
  return [
    ...atTills.flatMap(({ ticket, took: exact }) =>
      upTo(addMoney(exact, roundingOfOrder(order, [ticket])), ticket.tenders.flatMap(paidWith)),
    ),
    ...(online.minor > 0 ? [{ kind: "online", amount: online, order: id } as const] : []),
  ];
}

/** What of a ticket was paid there and then for an order's lines. */
function tookFor(ticket: Ticket, { id, currency }: Pick<Order, "id" | "currency">): Money {
  const owed = sumMoney(
    ticket.lines.flatMap((line) => (orderLineOf(line)?.order === id ? [withTax(line, ticket.taxMode)] : [])),
    currency,
  );
  const before = sumMoney(
    ticket.tenders.flatMap((tender) =>
      tender.kind === "paidOnline" && tender.order === id ? [tender.amount] : [],
    ),
    currency,
  );
  return subtractMoney(owed, before);
}

function upTo(most: Money, tenders: readonly PaidWith[]): readonly PaidWith[] {
  let taken = zeroMoney(most.currency);
  return tenders.flatMap((tender): PaidWith[] => {
    const amount = lesserMoney(tender.amount, subtractMoney(most, taken));
    if (amount.minor <= 0) return [];
    taken = addMoney(taken, amount);
    return [{ ...tender, amount }];
  });
}
