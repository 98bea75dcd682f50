import type { Instant } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { Place } from "./distance.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What the retailer may rank stores by, the first rule first. */
export type RoutingRule = "customersStore" | "inStock" | "nearest" | "capacity" | "cheapest";

/** When the customer signs for what is handed out: never, where no pickup code was shown, or always. */
export const SIGNATURE_RULES = ["never", "withoutCode", "always"] as const;
export type SignatureRule = (typeof SIGNATURE_RULES)[number];

/** How a store takes part in orders; decided at HQ. Times are milliseconds. */
export interface OrderPolicy {
  readonly pickup: boolean;
  readonly shipFromStore: boolean;
  /** Pieces of each variant that are never promised online. */
  readonly safetyStock: number;
  /** Orders this store takes in a day; null: no limit. */
  readonly ordersPerDay: number | null;
  /** Pickups that are promised within one hour of its clocks; absent: no limit. */
  readonly pickupsPerHour?: number;
  /** From being placed until the customer was told it would be ready. */
  readonly promiseMs: number;
  /** Nobody accepts it for this long: it goes to another store. */
  readonly acceptWithinMs: number;
  /** A parcel that nobody collects goes back on sale after this long. */
  readonly keepReadyMs: number;
  /** A reminder goes out this long before. */
  readonly remindBeforeMs: number;
  /** Register number of the till that ready orders are leased to; null: the till that picked them. */
  readonly collectDesk: number | null;
  /** A store whose tills were silent for longer is asked last, and it is said. */
  readonly silentAfterMs: number;
  readonly location: Place | null;
  /** What sending a parcel from here costs. */
  readonly shippingCost: Money | null;
  /** Absent: where no pickup code was shown. */
  readonly signature?: SignatureRule;
}

export const DEFAULT_ORDER_POLICY: OrderPolicy = {
  pickup: true,
  shipFromStore: true,
  safetyStock: 0,
  ordersPerDay: null,
  promiseMs: 2 * HOUR_MS,
  acceptWithinMs: 4 * HOUR_MS,
  keepReadyMs: 7 * DAY_MS,
  remindBeforeMs: 2 * DAY_MS,
  collectDesk: null,
  silentAfterMs: DAY_MS,
  location: null,
  shippingCost: null,
};

export function signatureRuleOf({ signature }: Pick<OrderPolicy, "signature">): SignatureRule {
  return signature ?? "withoutCode";
}

export function orderPolicyOf({ orders }: { readonly orders?: OrderPolicy }): OrderPolicy {
  return orders ?? DEFAULT_ORDER_POLICY;
}

/** Pieces of each variant that a store never promises: all of them once it was closed for good. */
export function safetyStockOf(store: { readonly orders?: OrderPolicy; readonly closedAt?: Instant }): number {
  return store.closedAt === undefined ? orderPolicyOf(store).safetyStock : Number.MAX_SAFE_INTEGER;
}

/** Whether a store does orders of a kind now: one that was closed for good does none. */
export function doesOrders(
  store: { readonly orders?: OrderPolicy; readonly closedAt?: Instant },
  kind: "pickup" | "ship",
): boolean {
  const { pickup, shipFromStore } = orderPolicyOf(store);
  return store.closedAt === undefined && (kind === "pickup" ? pickup : shipFromStore);
}
