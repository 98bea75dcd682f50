import { subtractMoney, sumMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { Ticket } from "./ticket.ts";

/** What of a ticket was paid in a web shop before. */
export function paidOnline({ tenders, currency }: Pick<Ticket, "tenders" | "currency">): Money {
  return sumMoney(
    tenders.flatMap((tender) => (tender.kind === "paidOnline" ? [tender.amount] : [])),
    currency,
  );
}

/**
 * What a store sold by a ticket: what was paid in a web shop before is that shop's sale, and value on a gift card is sold when it is spent. Below zero where more came back than
 * went.
 */
export function takenInStore(ticket: Pick<Ticket, "lines" | "tenders" | "currency" | "totals">): Money {
  const { lines, totals, currency } = ticket;
  const onCards = lines.flatMap((line) =>
    line.kind === "sale" && line.giftCard !== undefined ? [line.total] : [],
  );
  return subtractMoney(subtractMoney(totals.due, paidOnline(ticket)), sumMoney(onCards, currency));
}
