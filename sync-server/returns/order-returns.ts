import { idOf } from "#domain/ids.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { withOrderReturn } from "#domain/orders/order-return.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** An order with all that is known to have come back of it, also what did before the order itself was known; nothing of it is written. */
export async function withKnownReturns(tx: ReadTransaction, order: Order): Promise<Order> {
  const returned = await tx.returned({ kind: "order", id: order.id });
  let after = order;
  for (const act of returned?.acts ?? []) {
    const told = await tellingOf(tx, act.id, order);
    if (told !== null) after = withOrderReturn(after, { act, ...told });
  }
  return after;
}

/** By which paper an act is known, and what of it was left to the shop; null where neither a ticket nor a return by mail tells of it. */
async function tellingOf(
  tx: ReadTransaction,
  act: string,
  order: Order,
): Promise<{ readonly number: string; readonly byShop: Money } | null> {
  const ticket = (await tx.ticket(idOf<"Ticket">(act)))?.ticket;
  if (ticket !== undefined) return { number: ticket.number, byShop: leftToShop(ticket, order) };
  const refund = (await tx.mailReturn(act))?.refund ?? null;
  if (refund === null) return null;
  const byShop = refund.parts.flatMap(({ way, amount }) => (way === "shop" ? [amount] : []));
  return { number: "", byShop: sumMoney(byShop, refund.act.settled.currency) };
}

/** What a ticket gives back by the way that the order was paid in its shop. */
function leftToShop({ tenders, currency }: Ticket, { id }: Order): Money {
  return sumMoney(
    tenders.flatMap((tender) =>
      tender.kind === "refund" && tender.to.kind === "online" && tender.to.order === id
        ? [tender.amount]
        : [],
    ),
    currency,
  );
}
