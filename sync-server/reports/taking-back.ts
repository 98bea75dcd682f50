import type { TicketId } from "#domain/ids.ts";
import type { PurchaseLineRef } from "#domain/returns/purchase.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { lineAtTheTill } from "../staff/book-commission.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** A ticket, and where what its lines take back or charge anew was sold at a till, by their positions. */
export interface TakingBack {
  readonly ticket: Ticket;
  readonly sold: ReadonlyMap<number, PurchaseLineRef>;
}

export async function takingBack(tx: ReadTransaction, ticket: Ticket): Promise<TakingBack> {
  const sold = new Map<number, PurchaseLineRef>();
  for (const [position, line] of ticket.lines.entries())
    if (line.kind !== "sale" && line.of !== null) sold.set(position, await lineAtTheTill(tx, line.of));
  return { ticket, sold };
}

/** Tickets that are counted at once. */
export interface AtOnce {
  readonly some: readonly TakingBack[];
  /** The last of them, where something of it came back that was told of before it. */
  readonly cameBack: TicketId | null;
}

/**
 * As many of the first as come to the same at once as one by one: none takes back of another of them, whose lines are not there yet to be looked for, and at most the last
 * came back before, whether among them or earlier (`cameBack`), so that what took it back is counted anew before the next is counted.
 */
export function countedAtOnce(all: readonly TakingBack[], cameBack: (ticket: TicketId) => boolean): AtOnce {
  const before = new Set<TicketId>();
  const taken = new Set<TicketId>();
  for (const [nth, each] of all.entries()) {
    const { id } = each.ticket;
    const takes = ticketsIn(each);
    if (takes.some((ticket) => before.has(ticket))) return { some: all.slice(0, nth), cameBack: null };
    if (taken.has(id) || cameBack(id)) return { some: all.slice(0, nth + 1), cameBack: id };
    before.add(id);
    for (const ticket of takes) taken.add(ticket);
  }
  return { some: all, cameBack: null };
}

function ticketsIn({ sold }: TakingBack): readonly TicketId[] {
  return [...sold.values()].flatMap(({ purchase }) => (purchase.kind === "ticket" ? [purchase.id] : []));
}
