import { idOf, instant } from "#domain/ids.ts";
import { isLineFamily } from "#domain/reports/families.ts";
import type { ReportTicket, TicketPlace, TicketsAnswer, TicketsAsk } from "../../reports/port.ts";
import type { Database, Row } from "./database.ts";
import { SUMMED, toSums } from "./report-columns.ts";
import { type Where, whereLines } from "./report-rows.ts";

/** The tickets of a figure, added up from their own lines and payments and not from the sums that the figure was read from. */
export async function reportTicketsOf(database: Database, ask: TicketsAsk): Promise<TicketsAnswer> {
  const { table, where } = behind(ask);
  const whole = await database.get(
    `SELECT count(*) AS count, ${SUMMED} FROM (SELECT ${SUMMED} FROM ${table} WHERE ${where.sql} GROUP BY day, store, ticket) AS each`,
    ...where.values,
  );
  if (ask.after !== null) {
    const { day, store, ticket } = ask.after;
    where.and("(day, store, ticket) < (?, ?, ?)", day, store, ticket);
  }
  const rows = await database.all(
    `SELECT p.*, t.number, t.at, t.order_id FROM (${ticketsPage(table, where)}) p JOIN report_tickets t ON t.ticket = p.ticket
      ORDER BY p.day DESC, p.store DESC, p.ticket DESC`,
    ...where.values,
    ask.limit + 1,
  );
  const tickets = rows.slice(0, ask.limit).map(toTicket);
  return {
    tickets,
    next: rows.length > ask.limit ? placeOf(tickets.at(-1)) : null,
    count: Number(whole?.count ?? 0),
    sums: toSums(whole ?? {}),
  };
}

/** Goes through the table backwards and stops when the page is full. */
export function ticketsPage(table: string, where: Where): string {
  return `SELECT day, store, ticket, ${SUMMED} FROM ${table} WHERE ${where.sql} GROUP BY day, store, ticket
    ORDER BY day DESC, store DESC, ticket DESC LIMIT ?`;
}

/** The tickets of an article are found by it; all others in the order of their days, which is that of the table: `+` keeps the index of articles out of it. */
export function behind({ filter, days, currency }: TicketsAsk): {
  readonly table: string;
  readonly where: Where;
} {
  const isOfLines = filter.family === "article" || isLineFamily(filter.family);
  const where = isOfLines ? whereLines(filter) : whereParts(filter);
  const isByArticle = filter.family === "article" && filter.values !== null;
  where.and(isByArticle ? "currency = ?" : "+currency = ?", currency);
  if (days !== null) where.and("day IN (SELECT value FROM json_each(?))", JSON.stringify(days));
  return { table: isOfLines ? "report_lines" : "report_parts", where };
}

function whereParts({ family, values, ...rest }: TicketsAsk["filter"]): Where {
  const where = whereLines({ ...rest, family: "category", values: null, categories: null });
  where.and("family = ?", family);
  if (values !== null) where.and("value IN (SELECT value FROM json_each(?))", JSON.stringify(values));
  return where;
}

function placeOf(last: ReportTicket | undefined): TicketPlace | null {
  return last === undefined ? null : { day: last.day, store: last.store, ticket: last.ticket };
}

function toTicket(row: Row): ReportTicket {
  return {
    day: idOf<"BusinessDay">(String(row.day)),
    store: idOf<"Store">(String(row.store)),
    ticket: idOf<"Ticket">(String(row.ticket)),
    order: row.order_id === null ? null : idOf<"Order">(String(row.order_id)),
    number: idOf<"ReceiptNumber">(String(row.number)),
    at: instant(Number(row.at)),
    sums: toSums(row),
  };
}
