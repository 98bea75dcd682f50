import { type Instant, instant } from "../ids.ts";
import { lesserMoney, subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { givenUpOf } from "../orders/giving-up.ts";
import { chargedLines, totalOfPieces } from "../orders/line-total.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { refundedForReturns } from "../orders/order-return.ts";
import type { FulfilmentActType } from "../orders/transitions.ts";
import { businessDayOf } from "../store/business-day.ts";
import { computeTax } from "../tax/compute.ts";
import type { TaxSetup } from "../tax/tax.ts";
import { lastReturnDay } from "./policy.ts";
import type { PaidWith, Purchase, PurchasedLine } from "./purchase.ts";

/** The acts by which goods come to the customer. */
const HANDING: ReadonlySet<FulfilmentActType> = new Set(["handedOver", "shipped"]);

export interface OrderPurchaseTerms {
  /** The taxes of the day of sale: their classes and how they are rounded. Prices count as with tax. */
  readonly tax: Pick<TaxSetup, "classes" | "rounding">;
  /** Of the store that stands for the order (IANA name). */
  readonly timeZone: string;
  /** Until how many days after the last hand-out (the placing, before any) a line may be brought back; 0: it is a final sale. */
  readonly daysOf: (line: OrderLine) => number;
  /** How it was paid where a till took the money; null: online. */
  readonly paidWith: readonly PaidWith[] | null;
  /** What was said of it before: its lines keep the taxes of the day of sale, whatever the law says since. Null: it was not spoken of yet. */
  readonly known: Purchase | null;
}

/**
 * What was bought by an order: its lines, each at its place in the order, less the pieces that nobody will deliver. A line's total has all in it that the customer
 * paid for it (`chargedLines`), tax and other extras too; shipping is not to be returned. Null: nothing of the order is left.
 */
export function purchaseOfOrder(order: Order, terms: OrderPurchaseTerms): Purchase | null {
  const kept = chargedLines(order).flatMap((line, position) => {
    const quantity = line.quantity - givenUpOf(order, line.id);
    return quantity > 0 ? [{ line, position, quantity, total: totalOfPieces(line, quantity) }] : [];
  });
  if (kept.length === 0) return null;
  const { id, currency, placedAt, delivery } = order;
  const { lines: taxes } = computeTax({
    taxables: kept.map(({ line, position, total }) => ({
      amount: total,
      rates: knownLine(terms.known, position)?.taxes.map(({ rate }) => rate) ?? ratesOf(line, terms),
    })),
    mode: "inclusive",
    rounding: terms.tax.rounding,
  });
  const dayOf = (at: Instant) => businessDayOf({ at, timeZone: terms.timeZone });
  const day = dayOf(placedAt);
  const from = dayOf(lastHandOut(order) ?? placedAt);
  const goods = sumMoney(
    kept.map(({ total }) => total),
    currency,
  );
  const settled = lesserMoney(goods, paidForGoods(order));
  return {
    ref: { kind: "order", id },
    number: order.number,
    channel: order.channel,
    store: delivery.kind === "pickup" ? delivery.store : null,
    at: placedAt,
    day,
    currency,
    taxMode: "inclusive",
    customer: order.contact.customer,
    lines: kept.map(({ line, position, quantity, total }, index) => {
      const { variant, sku, name, options, taxClass, unitPrice } = line;
      const days = terms.daysOf(line);
      return {
        position,
        variant,
        sku,
        name,
        options,
        taxClass,
        quantity,
        unitPrice,
        total,
        taxes: sameAsKnown(terms.known, { position, quantity, total }) ?? taxes[index] ?? [],
        returnBy: lastReturnDay({ day: from, days }),
        discounts: [],
      };
    }),
    paidWith: terms.paidWith ?? (settled.minor === 0 ? [] : [{ kind: "online", amount: settled, order: id }]),
    settled,
  };
}

function ratesOf({ taxClass }: OrderLine, { tax }: OrderPurchaseTerms): TaxSetup["classes"][number]["rates"] {
  return tax.classes.find(({ id }) => id === taxClass)?.rates ?? [];
}

function knownLine(known: Purchase | null, position: number): PurchasedLine | undefined {
  return known?.lines.find((each) => each.position === position);
}

/** Taxes are rounded over all lines: those of a line that is as it was stay as they are to the cent, since some of them may have been given back. */
function sameAsKnown(
  known: Purchase | null,
  { position, quantity, total }: Pick<PurchasedLine, "position" | "quantity" | "total">,
): PurchasedLine["taxes"] | null {
  const line = knownLine(known, position);
  return line !== undefined && line.quantity === quantity && line.total.minor === total.minor
    ? line.taxes
    : null;
}

/**
 * What of the money is for goods: paid, less shipping and what was given back for other reasons than that goods came back, which is told with those. What is authorised counts as paid: its shop takes the money as the goods go out, and
 * without goods nothing is brought back.
 */
function paidForGoods(order: Order): Money {
  const { payment, shipping } = order;
  const paid = payment.state === "authorised" ? payment.total : payment.paid;
  const given = subtractMoney(payment.refunded, refundedForReturns(order));
  const left = subtractMoney(subtractMoney(paid, shipping), given);
  return money(Math.max(0, left.minor), left.currency);
}

function lastHandOut({ fulfilments }: Order): Instant | null {
  const moments = fulfilments.flatMap(({ trace }) =>
    trace.flatMap(({ act, at }) => (HANDING.has(act) ? [Number(at)] : [])),
  );
  return moments.length === 0 ? null : instant(Math.max(...moments));
}
