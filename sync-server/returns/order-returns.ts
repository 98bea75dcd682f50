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
    const ticket = (await tx.ticket(idOf<"Ticket">(act.id)))?.ticket;
    if (ticket === undefined) continue;
    after = withOrderReturn(after, { act, number: ticket.number, byShop: leftToShop(ticket, order) });
  }
  return after;
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
