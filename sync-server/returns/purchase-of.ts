import type { Order, OrderLine } from "#domain/orders/order.ts";
import { paidWithOfOrder } from "#domain/returns/paid-with.ts";
import { returnDaysOf, returnPolicyOf } from "#domain/returns/policy.ts";
import type { Purchase, PurchaseRef } from "#domain/returns/purchase.ts";
import { type PiecesBought, purchaseOfOrder } from "#domain/returns/purchase-of-order.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import { roundingOfOrder } from "#domain/returns/rounding-shares.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { taxAt } from "#domain/tax/tax-plan.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReadTransaction } from "../storage/port.ts";

/**
 * What was bought, as the server knows it now; null where it knows of no such purchase, or where nothing of it can be brought back. Of an order
 * the pieces count that `pieces` names.
 */
export async function purchaseOf(
  tx: ReadTransaction,
  { ref, pieces }: { readonly ref: PurchaseRef; readonly pieces: PiecesBought },
): Promise<Purchase | null> {
  if (ref.kind === "order") {
    const order = await tx.order(ref.id);
    return order === null ? null : boughtByOrder(tx, order, pieces);
  }
  const record = await tx.ticket(ref.id);
  return record === null ? null : boughtByTicket(tx, record.ticket);
}

export async function boughtByTicket(tx: ReadTransaction, ticket: Ticket): Promise<Purchase | null> {
  const saysSo = ticket.lines.every((line) => line.kind !== "sale" || line.returnDays !== undefined);
  return boughtInStore(ticket, saysSo ? null : await tx.store(ticket.store));
}

/** Lines say for how long they may be brought back; for those of before they did, the policy of its store as it is now stands in. */
export function boughtInStore(ticket: Ticket, store: StoreSettings | null): Purchase | null {
  return purchaseOfTicket(ticket, { usualDays: returnPolicyOf(store ?? {}).windowDays });
}

/** Taxes, days and time zone are those of the store that stands for the order; without any store it stays what it was, for nobody takes it back. */
export async function boughtByOrder(
  tx: ReadTransaction,
  order: Order,
  pieces: PiecesBought,
): Promise<Purchase | null> {
  const store = await storeFor(tx, order);
  const known = await tx.orderPurchase(order.id);
  if (store === null) return known;
  const tickets = await tx.ticketsPaying(order.id);
  return purchaseOfOrder(order, {
    pieces,
    tax: taxAt(store.tax, { at: order.placedAt, timeZone: store.timeZone }),
    timeZone: store.timeZone,
    daysOf: await daysByLine(tx, order, store),
    paidWith: paidWithOfOrder(order, tickets),
    rounding: roundingOfOrder(order, tickets),
    known,
  });
}

/** The store that stands for an order: where it is collected, where it was placed, else the first that keeps its currency. */
export async function storeFor(
  tx: ReadTransaction,
  { delivery, placedBy, currency }: Order,
): Promise<StoreSettings | null> {
  const named = delivery.kind === "pickup" ? delivery.store : placedBy?.store;
  const store = named === undefined ? null : await tx.store(named);
  return store ?? (await tx.stores()).find((each) => each.currency === currency) ?? null;
}

async function daysByLine(
  tx: ReadTransaction,
  order: Order,
  store: StoreSettings,
): Promise<(line: OrderLine) => number> {
  const policy = returnPolicyOf(store);
  const days = new Map<OrderLine["id"], number>();
  // Without windows of their own, categories need not be looked up.
  for (const line of policy.windows.length === 0 ? [] : order.lines) {
    const owner = await tx.variantBySku(line.sku);
    const product = owner === null ? null : await tx.product(owner.product);
    if (product !== null) days.set(line.id, returnDaysOf(policy, product.category));
  }
  return ({ id }) => days.get(id) ?? policy.windowDays;
}
