import { allocateMoney } from "../money/allocate.ts";
import { subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { handedOf } from "../orders/giving-up.ts";
import type { Order } from "../orders/order.ts";
import { refundedBesideReturns } from "../orders/order-return.ts";
import type { Purchase } from "../returns/purchase.ts";
import { computeTax } from "../tax/compute.ts";
import type { TaxAmount, TaxRounding } from "../tax/tax.ts";

/** What one line of an order comes to so far; `position` is its place in the order, that of the delivery charge the one after the last. */
export interface OrderSaleLine {
  readonly position: number;
  /** That customers have. */
  readonly pieces: number;
  /** What was charged for them, tax in it. */
  readonly total: Money;
  readonly taxes: readonly TaxAmount[];
  /** What of that was given back without goods, or never paid: the shop's gestures, a coupon off the total alone. */
  readonly off: Money;
  readonly offTaxes: readonly TaxAmount[];
}

/**
 * What an order sold that no ticket tells of, as it stands now: what was paid online and handed over or sent. `purchase`: what of it the customer has. Nothing where a
 * ticket pays for it, or where it is to be paid in a store.
 */
export function orderSaleOf({
  order,
  purchase,
  rounding,
}: {
  readonly order: Order;
  readonly purchase: Purchase | null;
  /** As the store that stands for the order rounds taxes. */
  readonly rounding: TaxRounding;
}): readonly OrderSaleLine[] {
  if (purchase === null || order.placedBy !== null || isPaidInStore(order) || handedOf(order) === 0)
    return [];
  const goods = purchase.lines.filter(({ quantity }) => quantity > 0);
  const delivery = deliveryTaxes(order, goods, rounding);
  const charged = [
    ...goods.map(({ position, quantity, total, taxes }) => ({ position, pieces: quantity, total, taxes })),
    ...(order.shipping.minor === 0
      ? []
      : [{ position: order.lines.length, pieces: 0, total: order.shipping, taxes: delivery }]),
  ];
  const off = allocateMoney({
    total: offOf(order, charged),
    weights: charged.map(({ total }) => total.minor),
  });
  return charged.map((line, index) => {
    const own = off[index] ?? money(0, order.currency);
    return { ...line, off: own, offTaxes: taxesWithin(line, own) };
  });
}

/** Nothing was paid online: its ticket tells of it, once there is one. */
function isPaidInStore({ payment }: Order): boolean {
  return payment.state === "toPayAtPickup" && payment.paid.minor === 0;
}

/** A charge for delivery is taxed as the goods that it brings, each by its share. */
function deliveryTaxes(
  { shipping }: Order,
  goods: Purchase["lines"],
  rounding: TaxRounding,
): readonly TaxAmount[] {
  if (goods.length === 0) return [];
  const shares = allocateMoney({ total: shipping, weights: goods.map(({ total }) => total.minor) });
  return computeTax({
    taxables: goods.map(({ taxes }, index) => ({
      amount: shares[index] ?? money(0, shipping.currency),
      rates: taxes.map(({ rate }) => rate),
    })),
    mode: "inclusive",
    rounding,
  }).totals;
}

/** What of the charges was not paid, or was given back for another reason than that pieces came back or were never delivered. */
function offOf(order: Order, charged: readonly { readonly total: Money }[]): Money {
  const { payment, currency } = order;
  const sold = sumMoney(
    charged.map(({ total }) => total),
    currency,
  );
  const paid = payment.state === "authorised" ? payment.total : payment.paid;
  const kept = Math.max(0, paid.minor - refundedBesideReturns(order).minor);
  return money(Math.max(0, sold.minor - kept), currency);
}

/** The tax in a part of what was charged: as much of each rate's as of the whole, to the nearest minor unit. */
export function taxesWithin(
  { total, taxes }: { readonly total: Money; readonly taxes: readonly TaxAmount[] },
  part: Money,
): readonly TaxAmount[] {
  const own = taxes.map(({ tax }) =>
    money(total.minor === 0 ? 0 : shareOf(tax.minor, part.minor, total.minor), part.currency),
  );
  const net = subtractMoney(part, sumMoney(own, part.currency));
  return taxes.map(({ rate }, index) => ({ rate, net, tax: own[index] ?? money(0, part.currency) }));
}

/** `of` x part / whole, half up; exact however large. */
function shareOf(of: number, part: number, whole: number): number {
  const [size, by] = [BigInt(of) * BigInt(part), BigInt(whole)];
  return Number((2n * size + by) / (2n * by));
}
