import type { OrderId, TicketId } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { basketFactsOf } from "#domain/reports/basket-facts.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import { type SoldBefore, ticketFactsOf } from "#domain/reports/ticket-facts.ts";
import type { PurchaseLineRef } from "#domain/returns/purchase.ts";
import { orderLineOf, type Ticket, type TicketLine } from "#domain/ticket/ticket.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";
import { countedAtOnce, type TakingBack, takingBack } from "./taking-back.ts";
import { timeZonesOf } from "./time-zones.ts";

/**
 * Counts tickets for reports, in the transaction that books them; each once, and together as they would be one by one in their order. What came back of one at a till
 * that told of that earlier is counted anew: only now is known who had sold it, through which channel and at what cost.
 */
export async function bookReports(tx: WriteTransaction, tickets: readonly Ticket[]): Promise<void> {
  let left: readonly TakingBack[] = await Promise.all(
    onceEach(tickets).map((ticket) => takingBack(tx, ticket)),
  );
  while (left.length > 0) {
    const known = await tx.ticketsTakingBack(left.map(({ ticket }) => ticket.id));
    const { some, cameBack } = countedAtOnce(left, (id) => known.has(id));
    const isNew = await counted(tx, some);
    if (cameBack !== null && isNew.has(cameBack)) await countAnewWhatTook(tx, cameBack);
    left = left.slice(some.length);
  }
}

function onceEach(tickets: readonly Ticket[]): readonly Ticket[] {
  const all = new Map<TicketId, Ticket>();
  for (const ticket of tickets) if (!all.has(ticket.id)) all.set(ticket.id, ticket);
  return [...all.values()];
}

async function countAnewWhatTook(tx: WriteTransaction, sold: TicketId): Promise<void> {
  for (const id of (await tx.ticketsTakingBack([sold])).get(sold) ?? []) {
    const found = await tx.ticket(id);
    if (found === null || id === sold) continue;
    await tx.takeTicketFacts(id);
    await counted(tx, [await takingBack(tx, found.ticket)]);
  }
}

async function counted(tx: WriteTransaction, tickets: readonly TakingBack[]): Promise<ReadonlySet<TicketId>> {
  const facts = await factsOfAll(tx, tickets);
  const isNew = await tx.addTicketFacts(facts);
  await tx.addAcrossFacts(facts.filter(({ ticket }) => isNew.has(ticket)).flatMap(basketFactsOf));
  return isNew;
}

/** What reports count of a ticket, by what is known now. */
export async function factsOf(tx: ReadTransaction, ticket: Ticket): Promise<TicketFacts> {
  const [facts] = await factsOfAll(tx, [await takingBack(tx, ticket)]);
  if (facts === undefined) throw new Error("a ticket has facts of its own");
  return facts;
}

async function factsOfAll(
  tx: ReadTransaction,
  tickets: readonly TakingBack[],
): Promise<readonly TicketFacts[]> {
  const lines = tickets.flatMap(({ ticket }) => ticket.lines);
  const goods = await tx.goodsFacts([...new Set(lines.map(({ variant }) => variant))]);
  const timeZoneOf = await timeZonesOf(
    tx,
    tickets.map(({ ticket }) => ticket.store),
  );
  const orders = await ordersOf(tx, lines);
  const all: TicketFacts[] = [];
  for (const { ticket, sold } of tickets) {
    const before = await soldBefore(tx, sold);
    all.push(
      ticketFactsOf(ticket, {
        timeZone: timeZoneOf(ticket.store),
        article: (variant) => goods.get(variant)?.article ?? null,
        costOf: (variant) => goods.get(variant)?.cost ?? null,
        order: (id) => orders.get(id) ?? null,
        before: (position) => before.get(position) ?? null,
      }),
    );
  }
  return all;
}

async function ordersOf(
  tx: ReadTransaction,
  lines: readonly TicketLine[],
): Promise<ReadonlyMap<OrderId, Order | null>> {
  const orders = new Map<OrderId, Order | null>();
  for (const id of new Set(lines.flatMap((line) => orderOf(line) ?? []))) orders.set(id, await tx.order(id));
  return orders;
}

function orderOf(line: TicketLine): OrderId | null {
  if (line.kind === "sale") return orderLineOf(line)?.order ?? null;
  return line.of?.purchase.kind === "order" ? line.of.purchase.id : null;
}

async function soldBefore(
  tx: ReadTransaction,
  lines: ReadonlyMap<number, PurchaseLineRef>,
): Promise<ReadonlyMap<number, SoldBefore>> {
  const before = new Map<number, SoldBefore>();
  for (const [position, at] of lines) {
    const of = { ticket: at.purchase.id, position: at.position };
    before.set(position, { of, sold: (await tx.soldLine(at))?.sold ?? null });
  }
  return before;
}

/** Tickets of before there were reports are counted so many at a time, so that sales get their turn between. */
const COUNTED_AT_A_TIME = 50;

/** Counts the next tickets of before there were reports, the newest first; false when all are counted. */
export async function countOlderTickets(tx: WriteTransaction): Promise<boolean> {
  const before = await tx.uncountedBelow();
  if (before === null) return false;
  const records = await tx.tickets({ store: null, before, limit: COUNTED_AT_A_TIME });
  await bookReports(
    tx,
    records.map(({ ticket }) => ticket),
  );
  await tx.putUncountedBelow(records.at(-1)?.cursor ?? null);
  return records.length > 0;
}
