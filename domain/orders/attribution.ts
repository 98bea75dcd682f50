import type { ChannelId, StaffId, StoreId } from "../ids.ts";
import { allocateMoney } from "../money/allocate.ts";
import { addMoney, subtractMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { shareMoney } from "../money/share.ts";
import { totalOfPieces } from "./line-total.ts";
import type { Order, OrderLine } from "./order.ts";
import { returnedPiecesOf, returnsOf } from "./order-return.ts";

/** Parts per million of an order's value that count for whoever placed it and for the stores that fulfil it. Both may have all of it. */
export interface AttributionRules {
  readonly placedPpm: number;
  readonly fulfilledPpm: number;
}

/** Both sides count the whole order: no store loses by serving an online customer, no channel by sending one to a store. */
export const DEFAULT_ATTRIBUTION: AttributionRules = { placedPpm: 1_000_000, fulfilledPpm: 1_000_000 };

/** `returned`: it took goods of the order back. What stands there was given back and is nobody's turnover: it is shown, and counts neither for nor against the store. */
export type StoreRole = "placed" | "fulfilled" | "returned";

export type Credited =
  | { readonly kind: "channel"; readonly channel: ChannelId }
  | { readonly kind: "store"; readonly store: StoreId; readonly role: StoreRole }
  | { readonly kind: "staff"; readonly staff: StaffId };

export interface Credit {
  readonly to: Credited;
  readonly amount: Money;
}

/**
 * Who is credited with an order and why: the channel or store that placed it, the colleague who helped, each store by the goods it handed over. What came back
 * is taken off whoever was credited with it, wherever it came back; a store that takes goods back loses nothing by it. Other
 * rules count from the next order on: `now`, the rules of today, are for orders that were placed before rules were kept with them.
 */
export function creditsOf(order: Order, now: AttributionRules): readonly Credit[] {
  const rules = order.attribution ?? now;
  const value = subtractMoney(order.payment.total, order.payment.refunded);
  const placed = shareMoney({ amount: value, ppm: rules.placedPpm });
  const by = order.placedBy;
  return [
    by === null
      ? { to: { kind: "channel", channel: order.channel }, amount: placed }
      : { to: { kind: "store", store: by.store, role: "placed" }, amount: placed },
    ...(by?.staff == null ? [] : [{ to: { kind: "staff", staff: by.staff } as const, amount: placed }]),
    ...fulfilledBy(order).map(([store, goods]) => ({
      to: { kind: "store", store, role: "fulfilled" } as const,
      amount: shareMoney({ amount: goods, ppm: rules.fulfilledPpm }),
    })),
    ...takenBackBy(order).map(([store, amount]) => ({
      to: { kind: "store", store, role: "returned" } as const,
      amount,
    })),
  ];
}

/** The value of the pieces that each store handed over or sent, less that of pieces that came back since. */
function fulfilledBy(order: Order): readonly (readonly [StoreId, Money])[] {
  const byStore = new Map<StoreId, Money>();
  const kept = order.lines.flatMap((line) => keptWorths(order, line));
  for (const { store, worth } of kept)
    byStore.set(store, addMoney(byStore.get(store) ?? zeroMoney(order.currency), worth));
  return [...byStore];
}

/** Nobody can tell which piece came back: each store that handed some of the line over bears its share, every cent kept. */
function keptWorths(
  order: Order,
  line: OrderLine,
): readonly { readonly store: StoreId; readonly worth: Money }[] {
  const handed = order.fulfilments.flatMap(({ store, lines }) =>
    lines
      .filter((each) => each.line === line.id && each.handed > 0)
      .map((each) => ({ store, pieces: each.handed })),
  );
  const all = handed.reduce((sum, { pieces }) => sum + pieces, 0);
  const back = Math.min(all, returnedPiecesOf(order, line.id));
  const worthBack = subtractMoney(totalOfPieces(line, all), totalOfPieces(line, all - back));
  const shares = allocateMoney({ total: worthBack, weights: handed.map(({ pieces }) => pieces) });
  return handed.map(({ store, pieces }, index) => {
    const worth = totalOfPieces(line, pieces);
    return { store, worth: subtractMoney(worth, shares[index] ?? zeroMoney(worth.currency)) };
  });
}

/** What each store gave back for goods of the order that came to it. */
function takenBackBy(order: Order): readonly (readonly [StoreId, Money])[] {
  const byStore = new Map<StoreId, Money>();
  for (const { store, counted } of returnsOf(order))
    if (store !== null)
      byStore.set(store, addMoney(byStore.get(store) ?? zeroMoney(order.currency), counted));
  return [...byStore];
}
