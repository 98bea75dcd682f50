import { idOf } from "#domain/ids.ts";
import type { TicketPlace } from "./port.ts";
import type { ReportQuestion } from "./question.ts";

/** A question as the query of an address asks it. `stores`: their codes. */
export function queryOf(
  { group, period, channels, categories }: ReportQuestion,
  stores: readonly string[] | null,
): URLSearchParams {
  const query = new URLSearchParams({ from: period.from, until: period.until, by: group });
  for (const store of stores ?? []) query.append("stores", store);
  for (const channel of channels ?? []) query.append("channels", channel);
  for (const category of categories ?? []) query.append("categories", category);
  return query;
}

/** The query by which the tickets of a row are asked for; `key` null: those of all rows. */
export function ticketsQueryOf(
  question: ReportQuestion,
  {
    key,
    currency,
    stores,
  }: { readonly key: string | null; readonly currency: string; readonly stores: readonly string[] | null },
): string {
  const query = queryOf(question, stores);
  query.set("currency", currency);
  if (key !== null) query.set("key", key);
  return query.toString();
}

/** The place that `next` of an answer named; null where the text names none. */
export function placeOfText(text: string): TicketPlace | null {
  const [day, store, ticket, ...more] = text.split(" ");
  if (day === undefined || store === undefined || ticket === undefined || more.length > 0) return null;
  return {
    day: idOf<"BusinessDay">(day),
    store: idOf<"Store">(store),
    ticket: idOf<"Ticket">(ticket),
  };
}

export function textOfPlace({ day, store, ticket }: TicketPlace): string {
  return [day, store, ticket].join(" ");
}
