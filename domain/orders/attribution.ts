import type { ChannelId, StaffId, StoreId } from "../ids.ts";
import { subtractMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { shareMoney } from "../money/share.ts";
import { totalOfPieces } from "./line-total.ts";
import type { Order } from "./order.ts";

/** Parts per million of an order's value that count for whoever placed it and for the stores that fulfil it. Both may have all of it. */
export interface AttributionRules {
  readonly placedPpm: number;
  readonly fulfilledPpm: number;
}

/** Both sides count the whole order: no store loses by serving an online customer, no channel by sending one to a store. */
export const DEFAULT_ATTRIBUTION: AttributionRules = { placedPpm: 1_000_000, fulfilledPpm: 1_000_000 };

export type Credited =
  | { readonly kind: "channel"; readonly channel: ChannelId }
  | { readonly kind: "store"; readonly store: StoreId; readonly role: "placed" | "fulfilled" }
  | { readonly kind: "staff"; readonly staff: StaffId };

export interface Credit {
  readonly to: Credited;
  readonly amount: Money;
}

/**
 * Who is credited with an order and why: the channel or store that placed it, the colleague who helped, each store by the goods it handed over. Other
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
  ];
}

/** The value of the pieces that each store handed over or sent. */
function fulfilledBy(order: Order): readonly (readonly [StoreId, Money])[] {
  const byStore = new Map<StoreId, Money>();
  for (const { store, lines } of order.fulfilments) {
    for (const { line, handed } of lines) {
      const ordered = order.lines.find((each) => each.id === line);
      if (ordered === undefined || handed === 0) continue;
      const before = byStore.get(store) ?? zeroMoney(order.currency);
      const minor = before.minor + totalOfPieces(ordered, handed).minor;
      byStore.set(store, { ...before, minor });
    }
  }
  return [...byStore];
}
