import type { EntryId, Instant } from "#domain/ids.ts";
import type { DayReport } from "#domain/shift/report.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ClosedDay, SoldTicket } from "#protocol/hq/events.ts";
import type { OutgoingEvent } from "./port.ts";

/** What other programs can be told of sales in stores. */
export const SALE_EVENTS = {
  "ticket.booked": "A sale, return or exchange of a till was booked.",
} as const;

/** What other programs can be told of the days of tills. */
export const DAY_EVENTS = {
  "day.closed": "A till closed its day: its Z report came.",
} as const;

/** The event of a ticket, to be added in the transaction that books it; `store` is the store's code. */
export function ticketEvent({
  ticket,
  register,
  store,
  at,
}: {
  readonly ticket: Ticket;
  readonly register: number;
  readonly store: string;
  readonly at: Instant;
}): OutgoingEvent {
  const { id, number, businessDay, completedAt, totals } = ticket;
  const told: SoldTicket = {
    ticket: id,
    number,
    store,
    register,
    businessDay,
    completedAt,
    due: totals.due,
    tax: totals.tax,
  };
  return { id: `ticket:${id}`, type: "ticket.booked", order: null, at, data: JSON.stringify(told) };
}

/** The event of a Z report, to be added in the transaction that books it; `store` is the store's code. */
export function dayEvent({
  entry,
  report: { number, register, businessDay, madeAt, turnover },
  store,
  at,
}: {
  readonly entry: EntryId;
  readonly report: DayReport;
  readonly store: string;
  readonly at: Instant;
}): OutgoingEvent {
  const told: ClosedDay = { report: entry, number, store, register, businessDay, madeAt, turnover };
  return { id: `day:${entry}`, type: "day.closed", order: null, at, data: JSON.stringify(told) };
}
