import type { DeviceId, Instant, LineId, StaffId, StoreId } from "../ids.ts";
import { addMoney, lesserMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { ReturnAct } from "../returns/returned.ts";
import type { Order, OrderPayment } from "./order.ts";

/** Pieces of an order that came back after the customer had them. */
export interface OrderReturn {
  /** The act's: of the ticket that says so, or of the return by mail. */
  readonly id: string;
  /** The receipt's number; empty where there is none. */
  readonly number: string;
  readonly at: Instant;
  /** Where they were taken back. */
  readonly store: StoreId | null;
  readonly device: DeviceId | null;
  readonly staff: StaffId | null;
  readonly lines: readonly { readonly line: LineId; readonly quantity: number; readonly total: Money }[];
  /** All that was given back for them, in whatever way. */
  readonly amount: Money;
  /** What of it counts as given back of the order: no more than was paid is, whatever was given. */
  readonly counted: Money;
  /** What of `counted` the shop gives back, to how the order was paid there. The rest the customer has already. */
  readonly byShop: Money;
}

/**
 * An order of which something came back, once by the act's id: what was given back counts as refunded. `byShop` is what the till left to the shop to give back.
 * What the customer has already counts first: of goods that were refunded twice the shop does not give back what is not there any more. Amounts in another
 * currency than the order's are noted and count for nothing.
 */
export function withOrderReturn(
  order: Order,
  { act, number, byShop }: { readonly act: ReturnAct; readonly number: string; readonly byShop: Money },
): Order {
  if (returnsOf(order).some(({ id }) => id === act.id)) return order;
  const { payment, currency } = order;
  const { id, at, store, device, staff, settled } = act;
  const none = zeroMoney(currency);
  const given = settled.currency === currency && settled.minor > 0 ? settled : none;
  const atShop = byShop.currency === currency ? lesserMoney(byShop, given) : none;
  const counted = lesserMoney(given, openOf(payment));
  const here = lesserMoney(counted, subtractMoney(given, atShop));
  const made: OrderReturn = {
    id,
    number,
    at,
    store,
    device,
    staff,
    lines: act.lines.flatMap(({ position, pieces, total }) => {
      const line = order.lines[position];
      return line === undefined || pieces === 0 ? [] : [{ line: line.id, quantity: pieces, total }];
    }),
    amount: settled,
    counted,
    byShop: subtractMoney(counted, here),
  };
  const refunded = addMoney(payment.refunded, counted);
  const isAllBack =
    payment.state === "paid" && payment.paid.minor > 0 && refunded.minor >= payment.paid.minor;
  return {
    ...order,
    returns: [...returnsOf(order), made],
    payment: { ...payment, refunded, state: isAllBack ? "refunded" : payment.state },
  };
}

export function returnsOf({ returns }: Pick<Order, "returns">): readonly OrderReturn[] {
  return returns ?? [];
}

/** What was paid and not given back. What is authorised is taken as the goods go out, and without goods nothing comes back. */
function openOf({ state, total, paid, refunded }: OrderPayment): Money {
  const taken = state === "authorised" ? total : paid;
  return money(Math.max(0, taken.minor - refunded.minor), taken.currency);
}

/** Pieces of a line that came back after the customer had them. */
export function returnedPiecesOf(order: Pick<Order, "returns">, line: LineId): number {
  return returnsOf(order)
    .flatMap(({ lines }) => lines)
    .reduce((sum, each) => sum + (each.line === line ? each.quantity : 0), 0);
}

/** What of an order's refunds was given back for pieces that came back. */
export function refundedForReturns(order: Pick<Order, "returns" | "currency">): Money {
  return sumMoney(
    returnsOf(order).map(({ counted }) => counted),
    order.currency,
  );
}

/** What of an order's refunds the customer got elsewhere than from its shop, over a counter. */
export function refundedElsewhere(order: Pick<Order, "returns" | "currency">): Money {
  return sumMoney(
    returnsOf(order).map(({ counted, byShop }) => subtractMoney(counted, byShop)),
    order.currency,
  );
}

/** What of an order's refunds its shop is to have given back, in all. */
export function refundedByShop(order: Pick<Order, "returns" | "currency" | "payment">): Money {
  return subtractMoney(order.payment.refunded, refundedElsewhere(order));
}

/** What of it was given back for other reasons than that pieces came back: a gesture of the shop's, pieces that nobody delivers. */
export function refundedBesideReturns(order: Pick<Order, "returns" | "currency" | "payment">): Money {
  const leftToShop = sumMoney(
    returnsOf(order).map(({ byShop }) => byShop),
    order.currency,
  );
  return subtractMoney(refundedByShop(order), leftToShop);
}
