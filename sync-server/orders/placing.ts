import type { Sku, StoreId } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { addMoney, subtractMoney, sumMoney, timesMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { TillOrder } from "#domain/orders/facts.ts";
import type { DeliveryWish, OrderLine } from "#domain/orders/order.ts";
import { isCountable, isPayable, type WantedOrder } from "#domain/orders/place.ts";
import { doesOrders } from "#domain/orders/policy.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import { typedText } from "#domain/ticket/typed-text.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import { withKnownCustomer } from "../customers/known-customer.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** What a line is taxed as while nobody knows what it is. */
const UNKNOWN_TAX_CLASS = idOf<"TaxClass">("standard");

/**
 * A shop's order with its lines looked up in the catalogue. Number and lines come into tills' tickets, whose journal takes no half of an emoji: what a shop that cuts
 * texts off leaves of one is marked. Refused when it is to be collected where nothing can be.
 */
export async function wantedByShop(
  tx: ReadTransaction,
  request: ShopOrderRequest,
): Promise<Result<WantedOrder, "noSuchStore" | "noPickupThere" | "wrongCurrency" | "amountTooLarge">> {
  const delivery = await deliveryOf(tx, request.delivery);
  if (!delivery.ok) return delivery;
  const { currency, payment } = request;
  const paying = { currency, payment: payment.kind, delivery: delivery.value };
  if (!isPayable(paying, await tx.stores())) return refused("wrongCurrency");
  const amounts = request.lines.flatMap(({ unitPrice, discounts = [] }) => [
    unitPrice,
    ...discounts.map(({ amount }) => amount),
  ]);
  if (amounts.some((amount) => amount.currency !== currency)) return refused("wrongCurrency");
  if (!isCountable(request.lines, [request.shipping, request.total, payment.paid]))
    return refused("amountTooLarge");
  const lines: OrderLine[] = [];
  for (const [index, line] of request.lines.entries()) lines.push(await lineOf(tx, line, index));
  const zero = zeroMoney(currency);
  const shipping = request.shipping ?? zero;
  const known = [shipping, ...lines.map(({ total }) => total)].every(
    (amount) => amount.currency === currency,
  );
  if (!known) return refused("wrongCurrency");
  const goods = sumMoney(
    lines.map((line) => line.total),
    currency,
  );
  const total = request.total ?? addMoney(goods, shipping);
  const { kind, paid = kind === "paid" ? total : zero } = payment;
  return ok({
    channel: request.channel,
    externalId: request.id,
    number: typedText(request.number ?? request.id.slice(0, 60)),
    currency,
    ...(await contactOf(tx, request.customer)),
    lines,
    shipping,
    paid,
    total,
    payment: kind,
    delivery: delivery.value,
    maySplit: request.maySplit,
    note: request.note,
    placedBy: null,
  });
}

async function contactOf(
  tx: ReadTransaction,
  { id, name, email, phone }: ShopOrderRequest["customer"],
): Promise<Pick<WantedOrder, "contact" | "namesCustomer">> {
  const contact = await withKnownCustomer(tx, { customer: id ?? null, name, email, phone });
  // One that was merged since is named as well.
  const isNamed = id !== undefined && (await tx.customer(id)) !== null;
  return isNamed ? { contact, namesCustomer: true } : { contact };
}

async function deliveryOf(
  tx: ReadTransaction,
  wish: ShopOrderRequest["delivery"],
): Promise<Result<DeliveryWish, "noSuchStore" | "noPickupThere">> {
  if (wish.kind === "ship") return ok(wish);
  const store: StoreSettings | null = await tx.storeByCode(wish.store);
  if (store === null) return refused("noSuchStore");
  return doesOrders(store, "pickup") ? ok({ kind: "pickup", store: store.store }) : refused("noPickupThere");
}

async function lineOf(
  tx: ReadTransaction,
  { id, sku, name, quantity, unitPrice, discounts = [], total }: ShopOrderRequest["lines"][number],
  index: number,
): Promise<OrderLine> {
  const found = await articleBySku(tx, sku);
  return {
    id: id ?? idOf<"Line">(String(index + 1)),
    variant: found?.variant ?? null,
    sku: idOf<"Sku">(typedText(sku)),
    name: typedText(name ?? found?.name ?? sku),
    options: found?.options ?? [],
    taxClass: found?.taxClass ?? UNKNOWN_TAX_CLASS,
    quantity,
    unitPrice,
    total:
      total ??
      discounts.reduce((left, { amount }) => subtractMoney(left, amount), timesMoney(unitPrice, quantity)),
  };
}

/** What the catalogue says of a SKU; null when it does not know it. */
export async function articleBySku(
  tx: ReadTransaction,
  sku: Sku,
): Promise<
  | (Pick<OrderLine, "name" | "options" | "taxClass"> & {
      readonly variant: NonNullable<OrderLine["variant"]>;
    })
  | null
> {
  const owner = await tx.variantBySku(sku);
  const product = owner === null ? null : await tx.product(owner.product);
  const variant = product?.variants.find(({ id }) => id === owner?.variant);
  if (product === null || variant === undefined) return null;
  return {
    variant: variant.id,
    name: product.title,
    options: variant.options,
    taxClass: product.taxClass,
  };
}

/** An order that a colleague placed: paid by the ticket it came with, and called by that ticket's number, which the customer has on the receipt. */
export function wantedAtTill({
  order,
  ticket,
  store,
  staff,
}: {
  readonly order: TillOrder;
  readonly ticket: Ticket;
  readonly store: StoreId;
  readonly staff: JournalEntry["staff"];
}): WantedOrder {
  const goods = sumMoney(
    ticket.lines.filter((line) => orderLineOf(line)?.order === order.id).map((line) => line.total),
    ticket.currency,
  );
  // A ticket that pays for nothing else pays the tax on top as well, where prices are without it.
  const isAlone = ticket.lines.every((line) => orderLineOf(line)?.order === order.id);
  const paid = isAlone ? ticket.totals.total : addMoney(goods, order.shipping);
  return {
    channel: TILL_CHANNEL,
    externalId: order.id,
    number: ticket.number,
    currency: ticket.currency,
    contact: order.contact,
    lines: order.lines,
    shipping: order.shipping,
    paid,
    total: paid,
    payment: "paid",
    delivery: order.delivery,
    maySplit: order.delivery.kind === "ship",
    note: order.note,
    placedBy: { store, staff },
  };
}
