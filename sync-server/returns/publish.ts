import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { returnsOf } from "#domain/orders/order-return.ts";
import type { Publication } from "../sync/publisher.ts";
import { judgeAnew } from "./judge.ts";
import { boughtByOrder } from "./purchase-of.ts";

/**
 * Tells the chain's tills what an order's customer bought, once something of it was handed out or sent, or came back, and whenever that becomes another purchase.
 * What came back of it is judged anew; where it comes back just now, whoever books that judges it.
 */
export async function publishOrderPurchase(
  publication: Publication,
  { before, after }: { readonly before: Order | null; readonly after: Order },
): Promise<void> {
  const returns = returnsOf(after).length;
  if (handedOf(after) === 0 && returns === 0) return;
  const { tx } = publication;
  const known = await tx.orderPurchase(after.id);
  const purchase = await boughtByOrder(tx, after, "handedOut");
  if (purchase === null) return;
  if (JSON.stringify(purchase) !== JSON.stringify(known)) {
    const { externalId, payment } = after;
    await tx.putOrderPurchase(purchase, { externalId, paidMinor: payment.total.minor });
    await publication.putPurchase(purchase);
  }
  const isBooked = before !== null && returns > returnsOf(before).length;
  if (returns > 0 && !isBooked) await judgeAnew(publication, purchase.ref);
}
