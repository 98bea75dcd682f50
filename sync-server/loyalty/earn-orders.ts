import { type EarningGoods, earnedOn, paidWithPoints } from "#domain/loyalty/earn.ts";
import { earnedInYear } from "#domain/loyalty/lots.ts";
import { tierOf } from "#domain/loyalty/programme.ts";
import { addMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import { chargedLines, totalOfPieces } from "#domain/orders/line-total.ts";
import type { Order } from "#domain/orders/order.ts";
import { statusOf } from "#domain/orders/routing.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { holderOf } from "./account.ts";
import { bookPoints } from "./book.ts";
import { burnedId } from "./shop-burn.ts";
import { earnedId } from "./take-back.ts";

/** An order earns once, when all of it has come to the customer or is given up: what they got of it, whatever was paid with points taken off. */
export async function earnForOrder(publication: Publication, order: Order): Promise<void> {
  const { tx, at } = publication;
  const asked = order.contact.customer;
  if (asked === null || statusOf(order) !== "completed") return;
  const ref = { kind: "order", id: order.id } as const;
  const programme = await tx.loyaltyProgramme();
  if (programme === null || (await tx.pointsEntry(earnedId(ref))) !== null) return;
  const { customer, ids } = await holderOf(tx, asked);
  const tier = tierOf(programme, earnedInYear(await tx.pointsEntries(ids), at));
  const { points, shares } = earnedOn({
    goods: await goodsOf(tx, order),
    programme,
    tier,
    withPoints: await paidInPoints(tx, order),
  });
  if (points === 0) return;
  await bookPoints(publication, {
    id: earnedId(ref),
    kind: "earned",
    customer,
    points,
    at,
    purchase: purchaseKey(ref),
    shares,
    number: order.number,
    store: null,
    device: null,
    staff: null,
  });
}

/** What the customer got of the order, line by line. */
async function goodsOf(tx: ReadTransaction, order: Order): Promise<readonly EarningGoods[]> {
  const goods: EarningGoods[] = [];
  for (const [position, line] of chargedLines(order).entries()) {
    const pieces = Math.min(line.quantity, handedOf(order, line.id));
    if (pieces === 0) continue;
    const product = line.variant === null ? null : await tx.productWith(line.variant);
    const category = product?.category ?? null;
    goods.push({ position, pieces, category, paid: totalOfPieces(line, pieces) });
  }
  return goods;
}

/** What of it was paid with points: in its shop, or at a till that took its money. */
async function paidInPoints(
  tx: ReadTransaction,
  { id, channel, externalId, currency }: Order,
): Promise<Money> {
  const burned = await tx.pointsEntry(burnedId({ channel, order: externalId }));
  const inShop = burned?.amount?.currency === currency ? burned.amount : zeroMoney(currency);
  const tickets = await tx.ticketsPaying(id);
  return tickets
    .filter((ticket) => ticket.currency === currency)
    .reduce((sum, ticket) => addMoney(sum, paidWithPoints(ticket)), inShop);
}
