import type { TicketId } from "#domain/ids.ts";
import type { Purchase } from "#domain/returns/purchase.ts";
import type { StockLevel } from "#domain/stock/stock.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { ticketEvent } from "../events/sale-events.ts";
import { judgeAnew } from "../returns/judge.ts";
import { boughtInStore } from "../returns/purchase-of.ts";
import { bookCommission } from "../staff/book-commission.ts";
import type { Publication } from "./publisher.ts";

/** A ticket and the number of the register that it is of. */
export interface RungUp {
  readonly ticket: Ticket;
  readonly register: number;
}

/**
 * Books tickets, each once by its id, with what they do for commission and the events that tell of them. Answers what was bought by those that are new: `tellSold` tells the
 * tills of it.
 */
export async function bookTickets(
  publication: Publication,
  rungUp: readonly RungUp[],
): Promise<readonly Purchase[]> {
  if (rungUp.length === 0) return [];
  const { tx, at } = publication;
  const fresh = firsts(rungUp, await tx.addTickets(rungUp, at));
  if (fresh.length === 0) return [];
  const stores = await tx.storesOf([...new Set(fresh.map(({ ticket }) => ticket.store))]);
  await bookCommission(
    tx,
    fresh.map(({ ticket }) => ticket),
  );
  await tx.addEvents(
    fresh.map(({ ticket, register }) =>
      ticketEvent({ ticket, register, store: stores.get(ticket.store)?.code ?? ticket.store, at }),
    ),
  );
  return fresh.flatMap(({ ticket }) => boughtInStore(ticket, stores.get(ticket.store) ?? null) ?? []);
}

/** Tells the tills of their stores what was sold, and how much is left. What another till took back of a sale already, before that was known, is judged now. */
export async function tellSold(
  publication: Publication,
  sold: { readonly levels: readonly StockLevel[]; readonly purchases: readonly Purchase[] },
): Promise<void> {
  if (sold.levels.length + sold.purchases.length === 0) return;
  await publication.putSold(sold);
  if (sold.purchases.length === 0) return;
  const refs = sold.purchases.map(({ ref }) => ref);
  for (const ref of await publication.tx.everReturned(refs)) await judgeAnew(publication, ref);
}

/** A ticket that was told twice counts where it stands first. */
function firsts(rungUp: readonly RungUp[], added: ReadonlySet<TicketId>): readonly RungUp[] {
  const left = new Set(added);
  return rungUp.filter(({ ticket }) => left.delete(ticket.id));
}
