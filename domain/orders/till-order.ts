import { sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Basket, Ordering } from "../ticket/basket.ts";
import { orderLineOf, type Ticket, type TicketLine } from "../ticket/ticket.ts";
import type { TillOrder } from "./facts.ts";
import { MAX_LINES_PER_ORDER, MAX_PIECES_PER_ORDER_LINE } from "./order.ts";

/** Why a basket cannot become an order as it is; null when it can. */
export function orderingRefusal({
  lines,
}: Pick<Basket, "lines">): "tooManyLines" | "quantityOutOfRange" | "giftCardLine" | "notOrderable" | null {
  // Value is on its card as soon as it is paid for; an order is of goods.
  if (lines.some(({ giftCard }) => giftCard !== undefined)) return "giftCardLine";
  // Nobody elsewhere can pick the very package that was weighed here.
  if (lines.some(({ weighed }) => weighed !== undefined)) return "notOrderable";
  if (lines.length > MAX_LINES_PER_ORDER) return "tooManyLines";
  return lines.some(({ quantity }) => quantity > MAX_PIECES_PER_ORDER_LINE) ? "quantityOutOfRange" : null;
}

/**
 * What a ticket sells as lines of the order that its basket asks for: such goods leave no stock here. What is charged with goods is of their line of the order. Marked
 * once all is priced: lines of an order that was placed before keep their price, and these are only just sold.
 */
export function orderedLines(
  lines: readonly TicketLine[],
  ordering: Ordering | undefined,
): readonly TicketLine[] {
  if (ordering === undefined) return lines;
  const { order } = ordering;
  return lines.map((line) =>
    line.kind === "sale" && line.order === undefined
      ? { ...line, order: { order, line: line.linked?.to ?? line.id } }
      : line,
  );
}

/** The order that a ticket pays, with its lines at the prices that were paid. Deposits, levies and bags are no goods to pick: they are in what their goods cost. */
export function tillOrderOf({
  ordering,
  ticket,
  confirmed,
}: {
  readonly ordering: Ordering;
  readonly ticket: Ticket;
  readonly confirmed: boolean;
}): TillOrder {
  const paidFor = ticket.lines.filter((line) => orderLineOf(line)?.order === ordering.order);
  return {
    id: ordering.order,
    contact: { ...ordering.contact, customer: ordering.contact.customer ?? ticket.customer },
    delivery: ordering.delivery,
    lines: paidFor
      .filter((line) => orderLineOf(line)?.line === line.id)
      .map(({ id, variant, sku, name, options, taxClass, quantity, unitPrice }) => ({
        id,
        variant,
        sku,
        name,
        options,
        taxClass,
        quantity,
        unitPrice,
        total: sumMoney(
          paidFor.flatMap((line) => (orderLineOf(line)?.line === id ? [line.total] : [])),
          ticket.currency,
        ),
      })),
    shipping: zeroMoney(ticket.currency),
    note: "",
    confirmed,
  };
}
