import { type Instant, idOf, type StoreId } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { basketFactsOf, shiftFactsOf } from "#domain/reports/basket-facts.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import { orderFactsOf } from "#domain/reports/order-facts.ts";
import { lastMomentOf } from "#domain/reports/order-sale-facts.ts";
import type { BookedShift } from "#domain/shift/booked-shift.ts";
import type { WriteTransaction } from "../storage/port.ts";
import type { Uncounted } from "./across-port.ts";
import { factsOf } from "./book.ts";
import { countMailReturn, countOrderSale } from "./book-order-sale.ts";
import { timeZonesOf } from "./time-zones.ts";

/** Counts an order as it stands now, in the transaction that saves it: for reports across channels, and what it sold without a ticket among the sales. */
export async function countOrder(tx: WriteTransaction, order: Order, at: Instant): Promise<void> {
  const stores = [
    order.placedBy?.store,
    ...order.fulfilments.map(({ store }) => store),
    ...returnStores(order),
  ];
  const timeZoneOf = await timeZonesOf(
    tx,
    stores.flatMap((store) => store ?? []),
  );
  const { attribution } = await tx.retailerRules();
  const facts = orderFactsOf(order, { attribution, timeZoneOf });
  await tx.putAcrossFacts({ kind: "order", id: order.id }, facts);
  await countOrderSale(tx, order, at);
}

function returnStores({ returns }: Order): readonly (StoreId | null)[] {
  return returns?.map(({ store }) => store) ?? [];
}

/** Counts the basket that a ticket is, and what it takes back. */
export async function countBasket(tx: WriteTransaction, ticket: TicketFacts): Promise<void> {
  await tx.putAcrossFacts({ kind: "ticket", id: ticket.ticket }, basketFactsOf(ticket));
}

/** Counts a drawer that was closed. */
export async function countShift(tx: WriteTransaction, shift: BookedShift): Promise<void> {
  await tx.putAcrossFacts({ kind: "shift", id: shift.shift }, shiftFactsOf(shift));
}

/** So many at a time, so that sales get their turn between. */
const COUNTED_AT_A_TIME = 50;

/** Counts the next of what was there before these reports; false when all is counted. */
export async function countOlderFacts(tx: WriteTransaction): Promise<boolean> {
  const all = await tx.notReported(COUNTED_AT_A_TIME);
  for (const one of all) {
    await countOne(tx, one);
    await tx.dropUncounted(one);
  }
  return all.length > 0;
}

async function countOne(tx: WriteTransaction, { kind, id }: Uncounted): Promise<void> {
  if (kind === "order") {
    const order = await tx.order(idOf<"Order">(id));
    if (order !== null) await countOrder(tx, order, lastMomentOf(order));
  } else if (kind === "mailReturn") {
    const mailReturn = await tx.mailReturn(id);
    if (mailReturn !== null) await countMailReturn(tx, mailReturn);
  } else if (kind === "promoted") {
    const found = await tx.ticket(idOf<"Ticket">(id));
    if (found !== null) await tx.putPromotedArticles(await factsOf(tx, found.ticket));
  } else if (kind === "shift") {
    const shift = await tx.shift(idOf<"Shift">(id));
    if (shift !== null) await countShift(tx, shift);
  } else {
    const ticket = await tx.ticketFacts(idOf<"Ticket">(id));
    if (ticket !== null) await countBasket(tx, ticket);
  }
}
