import type { LineId } from "#domain/ids.ts";
import {
  addMoney,
  compareMoney,
  isZero,
  lesserMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
} from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order, Parcel } from "#domain/orders/order.ts";
import { refundedByShop, returnsOf } from "#domain/orders/order-return.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { OrderNews } from "../port.ts";
import { returnsElsewhere } from "../return-words.ts";
import type { FulfillmentOrder, OrderThere, Transaction } from "./order-there.ts";

/** Pieces to be fulfilled there in one go, all of one fulfillment order. */
export interface FulfilmentDue {
  readonly fulfillmentOrder: string;
  readonly lines: readonly { readonly id: string; readonly quantity: number }[];
  readonly parcels: readonly Parcel[];
}

/** What was handed out or sent here and is not fulfilled there yet. `held`: some of it is where Shopify lets nobody fulfil (on hold). */
export function fulfilmentsDue(
  order: Order,
  there: OrderThere,
): { readonly due: readonly FulfilmentDue[]; readonly held: boolean } {
  const known = new Map(there.fulfilled);
  const remaining = new Map(
    there.fulfillmentOrders.flatMap((each) => each.lines.map(({ id, remaining: left }) => [id, left])),
  );
  const due: FulfilmentDue[] = [];
  let held = false;
  for (const { lines, parcels } of order.fulfilments) {
    const needs = new Map<LineId, number>();
    for (const { line, handed } of lines) {
      const already = take(known, line, handed);
      if (handed > already) needs.set(line, (needs.get(line) ?? 0) + handed - already);
    }
    for (const fulfillmentOrder of there.fulfillmentOrders) {
      if (!fulfillmentOrder.canFulfil) continue;
      const taken = fulfillmentOrder.lines.flatMap(({ id, line }) => {
        const quantity = take(remaining, id, needs.get(line) ?? 0);
        needs.set(line, (needs.get(line) ?? 0) - quantity);
        return quantity > 0 ? [{ id, quantity }] : [];
      });
      if (taken.length > 0) due.push({ fulfillmentOrder: fulfillmentOrder.id, lines: taken, parcels });
    }
    held ||= there.fulfillmentOrders.some(
      (each) =>
        !each.canFulfil &&
        each.lines.some(({ line, remaining: left }) => left > 0 && (needs.get(line) ?? 0) > 0),
    );
  }
  return { due, held };
}

/** Takes up to `wanted` out of what is left under a key, and says how much that was. */
function take<Key>(left: Map<Key, number>, key: Key, wanted: number): number {
  const taken = Math.max(0, Math.min(left.get(key) ?? 0, wanted));
  left.set(key, (left.get(key) ?? 0) - taken);
  return taken;
}

/** Fulfillment orders whose customer may come: once every part that is collected lies ready, for Shopify tells them so for the whole of it. */
export function readyToTell(order: Order, there: OrderThere): readonly FulfillmentOrder[] {
  const pickups = order.fulfilments.filter(({ kind, state }) => kind === "pickup" && isOpen(state));
  if (pickups.length === 0 || pickups.some(({ state }) => state !== "ready")) return [];
  return there.fulfillmentOrders.filter(
    ({ isPickup, lines }) => isPickup && lines.some(({ remaining }) => remaining > 0),
  );
}

export interface RefundDue {
  /** To be given back beyond what was given back there. */
  readonly amount: Money;
  /** By which payments; in all no more than they have left. */
  readonly shares: readonly { readonly payment: Transaction; readonly amount: Money }[];
  readonly pieces: readonly { readonly line: LineId; readonly quantity: number }[];
}

/**
 * What is to be given back there, and which pieces come off. An order that was cancelled there is left alone: who cancels there decides there
 * what is given back. Null for nothing.
 */
export function refundDue(order: Order, there: OrderThere): RefundDue | null {
  if (there.isCancelled) return null;
  const zero = zeroMoney(order.currency);
  const counts = ({ status }: Transaction) => status === "SUCCESS" || status === "PENDING";
  const back = there.transactions.filter((each) => each.kind === "REFUND" && counts(each));
  const givenBack = sumMoney(
    back.map((each) => each.amount),
    order.currency,
  );
  const toGiveBack = refundedByShop(order);
  const isMore = compareMoney(toGiveBack, givenBack) > 0;
  const amount = isMore ? subtractMoney(toGiveBack, givenBack) : zero;
  const isWholeCancelled = order.cancelledAt !== null && handedOf(order) === 0;
  const pieces = isWholeCancelled ? [] : piecesOff(order, there);
  if (isZero(amount) && pieces.length === 0) return null;
  const shares: { readonly payment: Transaction; readonly amount: Money }[] = [];
  let left = amount;
  for (const payment of there.transactions) {
    if (!["SALE", "CAPTURE"].includes(payment.kind) || payment.status !== "SUCCESS") continue;
    const used = sumMoney(
      back.filter(({ parent }) => parent === payment.id).map((each) => each.amount),
      order.currency,
    );
    const share = lesserMoney(left, subtractMoney(payment.amount, lesserMoney(used, payment.amount)));
    if (isZero(share)) continue;
    shares.push({ payment, amount: share });
    left = subtractMoney(left, share);
  }
  return { amount, shares, pieces };
}

function piecesOff(order: Order, there: OrderThere): RefundDue["pieces"] {
  const given = new Map<LineId, number>();
  // Pieces for which the customer has money already stay: Shopify would say that it owes money for them.
  const cameBack = returnsOf(order).flatMap(({ byShop, lines }) => (isZero(byShop) ? [] : lines));
  for (const { line, quantity } of [...order.givenUp, ...cameBack])
    given.set(line, (given.get(line) ?? 0) + quantity);
  return [...given].flatMap(([line, quantity]) => {
    const off = there.takenOff.get(line);
    return off !== undefined && quantity > off ? [{ line, quantity: quantity - off }] : [];
  });
}

/** What is still to be added to the order's note: returns that its customer has the money for. Null for nothing. */
export function noteDue(news: Pick<OrderNews, "order" | "stores">, there: OrderThere): string | null {
  const missing = returnsElsewhere(news).filter(({ mark }) => !there.note.includes(mark));
  if (missing.length === 0) return null;
  return [there.note, ...missing.map(({ words }) => words)].filter((text) => text !== "").join("\n");
}

/** What the shares of a refund come to. */
export function givenBackBy({ shares, amount }: RefundDue): Money {
  return shares.reduce((sum, share) => addMoney(sum, share.amount), zeroMoney(amount.currency));
}
