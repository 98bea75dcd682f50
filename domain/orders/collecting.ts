import type { Instant } from "../ids.ts";
import { isZero, subtractMoney, timesMoney, zeroMoney } from "../money/arithmetic.ts";
import { money } from "../money/money.ts";
import { isBeingPaid } from "../payments/card-request.ts";
import { ok, type Result, refused } from "../result.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { Basket, BasketLine } from "../ticket/basket.ts";
import type { HandOver } from "./act.ts";
import { dueAtPickup } from "./hand-over.ts";
import { chargedLines, totalOfPieces } from "./line-total.ts";
import type { OrderLine, StoreOrder } from "./order.ts";

/** The reason that a receipt gives for a price below the shelf's: it was promised online. */
export const ONLINE_PRICE = "Online price";

/**
 * An empty basket that collects an order: with the order's lines at their promised prices where something is to be paid, else with none, for what the
 * customer buys on top. Where the shop's prices are without tax and `taxMode`, the till's, adds none (`inclusive`), the lines cost what the shop's total makes
 * of them; else it is the till that adds the tax. Refused when the basket holds something else already.
 */
export function collectInto({
  basket,
  order,
  handOver,
  taxMode,
  at,
}: {
  readonly basket: Basket;
  readonly order: StoreOrder;
  readonly handOver: HandOver;
  readonly taxMode: TaxMode;
  readonly at: Instant;
}): Result<Basket, "basketNotEmpty"> {
  if (!isBlank(basket)) return refused("basketNotEmpty");
  const { payment, fulfilment } = order;
  const isPaid = isZero(dueAtPickup(order));
  const lines = taxMode === "inclusive" ? pricedWithTax(order) : order.lines;
  return ok({
    ...basket,
    label: order.number,
    // Whoever was at the till already, where the order does not say whose it is.
    customer: order.contact.customer ?? basket.customer,
    updatedAt: at,
    lines: isPaid ? [] : lines.flatMap((line) => paidLine(order, line)),
    collecting: {
      fulfilment: fulfilment.id,
      order: order.order,
      paidOnline: isPaid ? zeroMoney(payment.total.currency) : payment.paid,
      handOver,
    },
  });
}

/** Nothing is in it or comes back with it, nothing was paid, and it is not about any order. */
export function isBlank(basket: Basket): boolean {
  const { lines, collecting, ordering, returning } = basket;
  const isEmpty = lines.length === 0 && !isBeingPaid(basket) && returning === undefined;
  return isEmpty && collecting === undefined && ordering === undefined;
}

/** The basket without the order that it collected: what the customer bought on top stays. */
export function withoutCollecting({ collecting: _, ...basket }: Basket, at: Instant): Basket {
  const lines = basket.lines.filter(({ order }) => order === undefined);
  return {
    ...basket,
    lines,
    label: "",
    discount: lines.length === 0 ? null : basket.discount,
    updatedAt: at,
  };
}

/** The lines at what the customer pays for them in all; what their pieces cost above that goes off again with the line's discount. */
function pricedWithTax(order: StoreOrder): readonly OrderLine[] {
  return chargedLines(order).map((line, index) => {
    const onTop = line.total.minor - (order.lines[index]?.total ?? line.total).minor;
    const { minor, currency } = line.unitPrice;
    return { ...line, unitPrice: money(minor + Math.ceil(Math.max(0, onTop) / line.quantity), currency) };
  });
}

/** A line that went short is paid as far as it is there; its discount goes with the pieces. */
function paidLine(order: StoreOrder, line: OrderLine): readonly BasketLine[] {
  const due = order.fulfilment.lines.find((each) => each.line === line.id);
  if (due === undefined) return [];
  const quantity = due.quantity - due.missing;
  if (quantity <= 0) return [];
  const off = subtractMoney(timesMoney(line.unitPrice, quantity), totalOfPieces(line, quantity));
  return [
    {
      id: line.id,
      variant: due.variant,
      sku: line.sku,
      name: line.name,
      options: line.options,
      taxClass: line.taxClass,
      unitPrice: line.unitPrice,
      quantity,
      discount: isZero(off) ? null : { kind: "amount", amount: off, reason: ONLINE_PRICE },
      order: { order: order.order, line: line.id },
    },
  ];
}
