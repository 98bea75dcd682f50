import type { TicketId } from "../ids.ts";
import { ticketOf } from "../journal/effects.ts";
import type { Fact } from "../journal/entry.ts";
import { isAfter } from "../journal/order-of-entries.ts";
import type { JournalPlace } from "./day-state.ts";
import type { DayReport } from "./report.ts";

/**
 * The tickets that a Z report should tell of, by a till's entries in their order. `place`: where the report stands. One that was carried over into a later epoch
 * names the places of before; what the server did not take in there stands before the report now. A ticket may come twice.
 */
export function ticketsOfReport(
  { span: { from, until } }: DayReport,
  place: JournalPlace,
  entries: Iterable<JournalPlace & { readonly fact: Fact }>,
): readonly TicketId[] {
  const inSpan: TicketId[] = [];
  let carried: TicketId[] = [];
  for (const entry of entries) {
    if (!isAfter(place, entry)) break;
    const ticket = ticketOf(entry.fact);
    const isCarried = entry.epoch > until.epoch;
    if (isCarried && entry.fact.type === "day.closed") carried = [];
    if (ticket === null || isAfter(from, entry)) continue;
    if (isCarried) carried.push(ticket.id);
    else if (!isAfter(entry, until)) inSpan.push(ticket.id);
  }
  return [...inSpan, ...carried];
}
