import { type Instant, instant } from "../ids.ts";
import { addMoney, lesserMoney, subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { takesGoodsAway } from "../orders/act.ts";
import { givenUpOf, handedOf } from "../orders/giving-up.ts";
import { chargedLines, totalOfPieces } from "../orders/line-total.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { refundedBesideReturns, returnedPiecesOf, returnsOf } from "../orders/order-return.ts";
import { businessDayOf } from "../store/business-day.ts";
import { computeTax } from "../tax/compute.ts";
import type { TaxSetup } from "../tax/tax.ts";
import { lastReturnDay } from "./policy.ts";
import type { PaidWith, Purchase, PurchasedLine } from "./purchase.ts";

/**
 * Which pieces of an order count as bought. `handedOut`: those that the customer has or that were sent. `ordered`: those too that are still to be handed out,
 * as its confirmation names them.
 */
export type PiecesBought = "handedOut" | "ordered";

export interface OrderPurchaseTerms {
  readonly pieces: PiecesBought;
  /** The taxes of the day of sale: their classes and how they are rounded. Prices count as with tax. */
  readonly tax: Pick<TaxSetup, "classes" | "rounding">;
  /** Of the store that stands for the order (IANA name). */
  readonly timeZone: string;
  /** Until how many days after the last hand-out (the placing, before any) a line may be brought back; 0: it is a final sale. */
  readonly daysOf: (line: OrderLine) => number;
  /** How it was paid where a till took the money; null: online. */
  readonly paidWith: readonly PaidWith[] | null;
  /** What cash roundings at tills added to what was paid for it, or took off. */
  readonly rounding: Money;
  /** What was said of it before: its lines keep the taxes of the day of sale, whatever the law says since. Null: it was not spoken of yet. */
  readonly known: Purchase | null;
}

/** Of a line of an order what counts as bought. */
interface BoughtLine {
  readonly line: OrderLine;
  /** Its place in the order. */
  readonly position: number;
  /** 0 where it came back and nobody told of handing it out. */
  readonly quantity: number;
  readonly total: Money;
}

/**
 * What was bought by an order: its lines, each at its place in the order, with the pieces that count. A line's total has all in it that the customer paid for
 * it (`chargedLines`), tax and other extras too; shipping is not to be returned. Null: nothing was, and nothing came back of it either.
 */
export function purchaseOfOrder(order: Order, terms: OrderPurchaseTerms): Purchase | null {
  const bought = boughtLines(order, terms.pieces);
  if (bought.length === 0) return null;
  const { id, currency, placedAt, delivery } = order;
  const { lines: taxes } = computeTax({
    taxables: bought.map(({ line, position, total }) => ({
      amount: total,
      rates: knownLine(terms.known, position)?.taxes.map(({ rate }) => rate) ?? ratesOf(line, terms),
    })),
    mode: "inclusive",
    rounding: terms.tax.rounding,
  });
  const dayOf = (at: Instant) => businessDayOf({ at, timeZone: terms.timeZone });
  const from = dayOf(lastHandOut(order) ?? placedAt);
  const settled = settledFor(order, bought, terms);
  return {
    ref: { kind: "order", id },
    number: order.number,
    channel: order.channel,
    store: delivery.kind === "pickup" ? delivery.store : null,
    at: placedAt,
    day: dayOf(placedAt),
    currency,
    taxMode: "inclusive",
    customer: order.contact.customer,
    lines: bought.map(({ line, position, quantity, total }, index) => {
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

/** What came back stays among them, whatever is known of it: else nobody could say that it was refunded twice. */
function boughtLines(order: Order, pieces: PiecesBought): readonly BoughtLine[] {
  const all = chargedLines(order).map((line, position): BoughtLine => {
    const handed = Math.min(line.quantity, handedOf(order, line.id));
    const quantity =
      pieces === "handedOut" ? handed : Math.max(handed, line.quantity - givenUpOf(order, line.id));
    return { line, position, quantity, total: totalOfPieces(line, quantity) };
  });
  const bought = all.filter(({ line, quantity }) => quantity > 0 || returnedPiecesOf(order, line.id) > 0);
  return bought.length > 0 || returnsOf(order).length === 0 ? bought : all;
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

/** What was really paid for the pieces that count, the coins' rounding in it. */
function settledFor(order: Order, bought: readonly BoughtLine[], { rounding }: OrderPurchaseTerms): Money {
  const goods = sumMoney(
    bought.map(({ total }) => total),
    order.currency,
  );
  if (goods.minor === 0) return goods;
  const exact = lesserMoney(goods, paidForGoods(order));
  return money(Math.max(0, addMoney(exact, rounding).minor), order.currency);
}

/**
 * What of the money is for goods: paid, less shipping and what was given back beside returns, which are told with what came back. What is authorised counts
 * as paid: its shop takes the money as the goods go out.
 */
function paidForGoods(order: Order): Money {
  const { payment, shipping } = order;
  const paid = payment.state === "authorised" ? payment.total : payment.paid;
  const left = subtractMoney(subtractMoney(paid, shipping), refundedBesideReturns(order));
  return money(Math.max(0, left.minor), left.currency);
}

function lastHandOut({ fulfilments }: Order): Instant | null {
  const moments = fulfilments.flatMap(({ trace }) =>
    trace.flatMap(({ act, at }) => (takesGoodsAway(act) ? [Number(at)] : [])),
  );
  return moments.length === 0 ? null : instant(Math.max(...moments));
}
