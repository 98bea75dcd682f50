import { type Currency, type Money, money } from "../money/money.ts";
import type { StoreSettings } from "./store.ts";

/**
 * A store that has sold nothing yet, in another currency: its limits, its drawer's amounts and what a parcel costs are as many minor units of that one, until HQ says others. What the retailer has
 * decided for all of its stores is not the store's.
 */
export function inCurrency<S extends Omit<StoreSettings, "store" | "code">>(store: S, currency: Currency): S {
  if (store.currency === currency) return store;
  const { offlinePolicy, cash, orders } = store;
  const now = (amount: Money | null) => (amount === null ? null : money(amount.minor, currency));
  const { maxRefund, maxCredit, maxPoints, ...policy } = offlinePolicy;
  return {
    ...store,
    currency,
    offlinePolicy: {
      ...policy,
      maxRefund: money(maxRefund.minor, currency),
      ...(maxCredit === undefined ? {} : { maxCredit: money(maxCredit.minor, currency) }),
      ...(maxPoints === undefined ? {} : { maxPoints: money(maxPoints.minor, currency) }),
    },
    ...(cash === undefined
      ? {}
      : {
          cash: {
            ...cash,
            variance: money(cash.variance.minor, currency),
            float: now(cash.float),
            pickupAbove: now(cash.pickupAbove),
          },
        }),
    ...(orders === undefined ? {} : { orders: { ...orders, shippingCost: now(orders.shippingCost) } }),
  };
}
