import type { TicketRow } from "#protocol/hq/console.ts";
import type { ReadTransaction, TicketRecord } from "../storage/port.ts";

/** What people call the stores, by their ids. */
export async function codesByStore(tx: ReadTransaction): Promise<ReadonlyMap<string, string>> {
  return new Map((await tx.stores()).map((store) => [store.store, store.code]));
}

/** A ticket as one line of HQ's list. */
export function ticketRowOf(
  { cursor, ticket, receivedAt, register }: TicketRecord,
  codes: ReadonlyMap<string, string>,
): TicketRow {
  return {
    cursor,
    id: ticket.id,
    number: ticket.number,
    store: codes.get(ticket.store) ?? "",
    register,
    completedAt: ticket.completedAt,
    receivedAt,
    total: ticket.totals.due,
    pieces: ticket.lines.reduce((sum, line) => sum + line.quantity, 0),
    ticket,
  };
}
