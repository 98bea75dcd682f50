import { zeroMoney } from "../money/arithmetic.ts";
import type { Basket, Ordering } from "../ticket/basket.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { TillOrder } from "./facts.ts";
import { MAX_LINES_PER_ORDER, MAX_PIECES_PER_ORDER_LINE } from "./order.ts";

/** Why a basket cannot become an order as it is; null when it can. */
export function orderingRefusal({
  lines,
}: Pick<Basket, "lines">): "tooManyLines" | "quantityOutOfRange" | "giftCardLine" | null {
  // Value is on its card as soon as it is paid for; an order is of goods.
  if (lines.some(({ giftCard }) => giftCard !== undefined)) return "giftCardLine";
  if (lines.length > MAX_LINES_PER_ORDER) return "tooManyLines";
  return lines.some(({ quantity }) => quantity > MAX_PIECES_PER_ORDER_LINE) ? "quantityOutOfRange" : null;
}

/** The basket with every line as a line of its order: such goods leave no stock here. Any other basket stays as it is. */
export function asOrdered(basket: Basket): Basket {
  const { ordering } = basket;
  if (ordering === undefined) return basket;
  const { order } = ordering;
  return { ...basket, lines: basket.lines.map((line) => ({ ...line, order: { order, line: line.id } })) };
}

/** The order that a ticket pays, with its lines at the prices that were paid. */
export function tillOrderOf({
  ordering,
  ticket,
  confirmed,
}: {
  readonly ordering: Ordering;
  readonly ticket: Ticket;
  readonly confirmed: boolean;
}): TillOrder {
  return {
    id: ordering.order,
    contact: { ...ordering.contact, customer: ordering.contact.customer ?? ticket.customer },
    delivery: ordering.delivery,
    lines: ticket.lines.map(({ id, variant, sku, name, options, taxClass, quantity, unitPrice, total }) => ({
      id,
      variant,
      sku,
      name,
      options,
      taxClass,
      quantity,
      unitPrice,
      total,
    })),
    shipping: zeroMoney(ticket.currency),
    note: "",
    confirmed,
  };
}
