import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { RECEIPTS_FEED } from "../sync/feeds.ts";
import { PURCHASES, type Publication } from "../sync/publisher.ts";
import { judgeAnew } from "./judge.ts";
import { boughtByOrder, boughtByTicket } from "./purchase-of.ts";

/** Tells a store's tills what a new ticket bought. What another till took back of it already, before this sale was known, is judged now. */
export async function publishTicketPurchase(publication: Publication, ticket: Ticket): Promise<void> {
  const purchase = await boughtByTicket(publication.tx, ticket);
  if (purchase === null) return;
  await publication.putPurchase(purchase);
  await judgeAnew(publication, purchase.ref);
}

/** Tells the chain's tills what an order's customer bought, once something of it was handed out or sent, and whenever that becomes another purchase. */
export async function publishOrderPurchase(publication: Publication, order: Order): Promise<void> {
  if (handedOf(order) === 0) return;
  const { tx } = publication;
  const ref: PurchaseRef = { kind: "order", id: order.id };
  const known = await tx.orderPurchase(order.id);
  const purchase = await boughtByOrder(tx, order);
  if (purchase === null) {
    if (known !== null) await publication.forgetReceipt(RECEIPTS_FEED, `${PURCHASES}${purchaseKey(ref)}`);
    return;
  }
  if (JSON.stringify(purchase) === JSON.stringify(known)) return;
  const { externalId, payment } = order;
  await tx.putOrderPurchase(purchase, { externalId, paidMinor: payment.total.minor });
  await publication.putPurchase(purchase);
  await judgeAnew(publication, ref);
}
