import type { OrderId } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { basketFactsOf } from "#domain/reports/basket-facts.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import { type SoldBefore, ticketFactsOf } from "#domain/reports/ticket-facts.ts";
import { orderLineOf, type Ticket, type TicketLine } from "#domain/ticket/ticket.ts";
import { lineAtTheTill } from "../staff/book-commission.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";

/**
 * Counts a ticket for reports, in the transaction that books it; once. What came back of it at a till that told of that earlier is counted anew:
 * only now is known who had sold it, through which channel and at what cost.
 */
export async function bookReports(tx: WriteTransaction, ticket: Ticket): Promise<void> {
  if (!(await counted(tx, ticket))) return;
  for (const id of await tx.ticketsTakingBack(ticket.id)) {
    const found = await tx.ticket(id);
    if (found === null || id === ticket.id) continue;
    await tx.takeTicketFacts(id);
    await counted(tx, found.ticket);
  }
}

async function counted(tx: WriteTransaction, ticket: Ticket): Promise<boolean> {
  const facts = await factsOf(tx, ticket);
  const isNew = await tx.addTicketFacts(facts);
  if (isNew) await tx.addAcrossFacts(basketFactsOf(facts));
  return isNew;
}

/** What reports count of a ticket, by what is known now. */
export async function factsOf(tx: ReadTransaction, ticket: Ticket): Promise<TicketFacts> {
  const goods = await tx.goodsFacts([...new Set(ticket.lines.map(({ variant }) => variant))]);
  const orders = new Map<OrderId, Order | null>();
  const before = new Map<number, SoldBefore | null>();
  for (const [position, line] of ticket.lines.entries()) {
    const order = orderOf(line);
    if (order !== null && !orders.has(order)) orders.set(order, await tx.order(order));
    before.set(position, await soldBefore(tx, line));
  }
  return ticketFactsOf(ticket, {
    timeZone: (await tx.store(ticket.store))?.timeZone ?? "UTC",
    article: (variant) => goods.get(variant)?.article ?? null,
    costOf: (variant) => goods.get(variant)?.cost ?? null,
    order: (id) => orders.get(id) ?? null,
    before: (position) => before.get(position) ?? null,
  });
}

function orderOf(line: TicketLine): OrderId | null {
  if (line.kind === "sale") return orderLineOf(line)?.order ?? null;
  return line.of?.purchase.kind === "order" ? line.of.purchase.id : null;
}

async function soldBefore(tx: ReadTransaction, line: TicketLine): Promise<SoldBefore | null> {
  if (line.kind === "sale" || line.of === null) return null;
  const at = await lineAtTheTill(tx, line.of);
  const { purchase, position } = at;
  return { of: { ticket: purchase.id, position }, sold: (await tx.soldLine(at))?.sold ?? null };
}

/** Tickets of before there were reports are counted so many at a time, so that sales get their turn between. */
const COUNTED_AT_A_TIME = 50;

/** Counts the next tickets of before there were reports, the newest first; false when all are counted. */
export async function countOlderTickets(tx: WriteTransaction): Promise<boolean> {
  const before = await tx.uncountedBelow();
  if (before === null) return false;
  const records = await tx.tickets({ store: null, before, limit: COUNTED_AT_A_TIME });
  for (const { ticket } of records) await bookReports(tx, ticket);
  await tx.putUncountedBelow(records.at(-1)?.cursor ?? null);
  return records.length > 0;
}
