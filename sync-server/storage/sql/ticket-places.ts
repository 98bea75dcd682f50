/**
 * Tickets lie by their store. One that is asked for without it (by id, by number, the newest of all) is found through `ticket_places`, which also sees that an id is
 * booked once in the whole chain. `p` is the place, `t` the ticket.
 */
export const TICKETS_BY_PLACE = "ticket_places p JOIN tickets t ON t.store = p.store AND t.cursor = p.cursor";

/** The ticket `t` that a column holds the id of, joined to what stands before. */
export function joinTicket(id: string): string {
  return `JOIN ticket_places p ON p.id = ${id} JOIN tickets t ON t.store = p.store AND t.cursor = p.cursor`;
}
