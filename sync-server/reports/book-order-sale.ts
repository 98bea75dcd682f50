import type { Instant, VariantId } from "#domain/ids.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { mailReturnFactsOf } from "#domain/reports/mail-return-facts.ts";
import { channelOfOrder } from "#domain/reports/order-facts.ts";
import { orderSaleOf } from "#domain/reports/order-sale.ts";
import { isOfOrder, orderSaleFactsOf } from "#domain/reports/order-sale-facts.ts";
import { isCountedTooHigh } from "#domain/reports/order-sale-steps.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import type { PurchaseLineRef } from "#domain/returns/purchase.ts";
import { boughtByOrder, storeFor } from "../returns/purchase-of.ts";
import { lineAtTheTill } from "../staff/book-commission.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";
import type { SoldAt } from "./port.ts";
import { timeZonesOf } from "./time-zones.ts";

/** Counts what an order sold without a ticket as it stands now, in the transaction that saves it. `at`: when what it does not date came about. */
export async function countOrderSale(tx: WriteTransaction, order: Order, at: Instant): Promise<void> {
  if (order.placedBy !== null) return;
  const facts = await tx.factsOfOrder(order.id);
  const counted = facts.filter((each) => isOfOrder(each, order));
  if (handedOf(order) === 0 && counted.length === 0) return;
  const isOnTickets = (await tx.ticketsPaying(order.id)).length > 0;
  const store = await storeFor(tx, order);
  const sale = orderSaleOf({
    order,
    purchase: isOnTickets ? null : await boughtByOrder(tx, order, "handedOut"),
    rounding: store?.tax.rounding ?? "line",
  });
  const isAnew = isCountedTooHigh({ order, sale, counted });
  if (isAnew) for (const { ticket } of counted) await tx.takeTicketFacts(ticket);
  if (sale.length === 0) return;
  const goods = await tx.goodsFacts(variantsOf(order));
  const timeZoneOf = await timeZonesOf(
    tx,
    order.fulfilments.map((each) => each.store),
  );
  const documents = orderSaleFactsOf({
    order,
    sale,
    counted: isAnew ? [] : counted,
    around: {
      at,
      timeZoneOf,
      article: (variant) => goods.get(variant)?.article ?? null,
      costOf: (variant) => goods.get(variant)?.cost ?? null,
    },
  });
  await tx.addTicketFacts(documents);
}

function variantsOf({ lines }: Order): readonly VariantId[] {
  return [...new Set(lines.flatMap(({ variant }) => variant ?? []))];
}

/** Counts what came back by mail, of a ticket or an order, once its money went; once. */
export async function countMailReturn(tx: WriteTransaction, mailReturn: MailReturn): Promise<void> {
  const { refund, purchase } = mailReturn;
  if (refund === null) return;
  const sold = new Map<number, SoldAt | null>();
  for (const { position } of refund.act.lines)
    sold.set(position, await soldAt(tx, { purchase: purchase.ref, position }));
  const otherwise = await soldBy(tx, mailReturn);
  if (otherwise === null) return;
  const timeZoneOf = await timeZonesOf(tx, [
    otherwise.store,
    ...[...sold.values()].flatMap((each) => each?.store ?? []),
  ]);
  const facts = mailReturnFactsOf(mailReturn, {
    timeZoneOf,
    soldOf: (position) => sold.get(position) ?? null,
    otherwise,
  });
  await tx.addTicketFacts(facts);
}

async function soldAt(tx: ReadTransaction, line: PurchaseLineRef): Promise<SoldAt | null> {
  return tx.soldLine(await lineAtTheTill(tx, line));
}

/** Where and how a purchase was sold, of which no line was counted; null where no store is known. */
async function soldBy(
  tx: ReadTransaction,
  { purchase }: MailReturn,
): Promise<Parameters<typeof mailReturnFactsOf>[1]["otherwise"] | null> {
  if (purchase.ref.kind === "ticket")
    return purchase.store === null ? null : { store: purchase.store, channel: "store" };
  const order = await tx.order(purchase.ref.id);
  if (order === null) return purchase.store === null ? null : { store: purchase.store, channel: "online" };
  const handed = order.fulfilments.find(({ lines }) => lines.some((each) => each.handed > 0));
  const store = handed?.store ?? (await storeFor(tx, order))?.store ?? null;
  return store === null ? null : { store, channel: channelOfOrder(order) };
}
